// The demo site on a data directory of its own, for scripts that look at pages.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const READY_MS = 180_000;

const freePort = () =>
  new Promise((done, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

/** Starts the demo site, hands its address to `work`, and leaves nothing behind. */
export async function withDemoSite(work) {
  const dataDir = mkdtempSync(join(tmpdir(), "belay-demo-"));
  // PostgreSQL's own user must get through, when we are root.
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  const site = spawn(process.execPath, ["app/server/launch.mjs", "start"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: "",
      MIGRATE_DATABASE_URL: "",
      APP_URL: "",
      DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: "warn",
    },
  });
  const ended = new Promise((done) => site.on("close", done));
  try {
    const base = `http://localhost:${port}`;
    for (const end = Date.now() + READY_MS; ; ) {
      const answer = await fetch(`${base}/readyz`).catch(() => null);
      if (answer?.status === 200) break;
      if (site.exitCode !== null || Date.now() > end)
        throw new Error("the demo site did not start");
      await new Promise((done) => setTimeout(done, 200));
    }
    return await work(base);
  } finally {
    site.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}
