// The demo site on a data directory of its own, for scripts and tests that look at its pages.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const READY_MS = 600_000;

const freePort = () =>
  new Promise((done, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

/** Starts the demo site; answers its address, and how to end it so that nothing is left. Its lines are kept back if `quiet`. */
export async function startDemoSite({ quiet = false } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), "belay-demo-"));
  // PostgreSQL's own user must get through, when we are root.
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  const site = spawn(process.execPath, ["app/server/launch.mjs", "start"], {
    cwd: root,
    stdio: ["ignore", quiet ? "ignore" : "inherit", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: "",
      MIGRATE_DATABASE_URL: "",
      APP_URL: "",
      DEMO: "",
      DATA_DIR: dataDir,
      PORT: String(port),
      LOG_LEVEL: "warn",
    },
  });
  const ended = new Promise((done) => site.on("close", done));
  // A test that is given up does not come to its end.
  const endWithUs = () => site.kill("SIGTERM");
  process.once("exit", endWithUs);
  const stop = async () => {
    process.off("exit", endWithUs);
    site.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  const base = `http://localhost:${port}`;
  for (const end = Date.now() + READY_MS; ; ) {
    const answer = await fetch(`${base}/readyz`).catch(() => null);
    if (answer?.status === 200) return { base, stop };
    if (site.exitCode !== null || Date.now() > end) {
      await stop();
      throw new Error("the demo site did not start");
    }
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** Starts the demo site, hands its address to `work`, and leaves nothing behind. */
export async function withDemoSite(work) {
  const { base, stop } = await startDemoSite();
  try {
    return await work(base);
  } finally {
    await stop();
  }
}
