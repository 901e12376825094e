// `npm test`: everything that the tests need, then all of them, then one line with the count.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, install, loadTypeScript } from "../../app/server/launch.mjs";
import { isDebianRoot, run as runAlone } from "./find-chromium.mjs";

const HELP = `npm test                     all tests: unit, property, integration, then the browser's
npm test -- unit [filter]    only those without a browser; a filter is part of a file's name
npm test -- e2e [filter]     only the browser's
  Installs and builds what is missing, Chromium and hledger too, and ends with "N passed, N failed".
  CHROMIUM_PATH names a Chromium of your own.
`;

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const MAX_CONNECTIONS = 400;
const children = new Set();
let stopping = false;

function run(args, env) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    children.add(child);
    const end = (code) => {
      children.delete(child);
      done(code ?? 1);
    };
    child.on("error", () => end(1));
    child.on("close", end);
  });
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

/** A runner that failed without a failed test (it crashed, or a file did not load) counts as one failure. */
function settle(name, code, passed, failed) {
  const uncounted = code !== 0 && failed === 0 ? 1 : 0;
  if (uncounted) process.stdout.write(`${name} ended with code ${code} although no test failed\n`);
  const none = code === 0 && passed + failed === 0 ? 1 : 0;
  if (none) process.stdout.write(`${name} found no tests\n`);
  return { passed, failed: failed + uncounted + none };
}

async function runVitest(scratch, ownerUrl, filter) {
  const report = join(scratch, "vitest.json");
  const args = [
    "run",
    "--config",
    "tests/setup/vitest.config.ts",
    "--reporter=default",
    "--reporter=json",
  ];
  const program = join("node_modules", "vitest", "vitest.mjs");
  const code = await run([program, ...args, `--outputFile.json=${report}`, ...filter], {
    TEST_OWNER_URL: ownerUrl,
    NODE_ENV: "test",
  });
  const json = readJson(report);
  const broken = (json?.testResults ?? []).filter(
    (file) =>
      file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return settle(
    "Vitest",
    code,
    json?.numPassedTests ?? 0,
    (json?.numFailedTests ?? 0) + broken.length,
  );
}

function freePort() {
  return new Promise((done, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** One part of the browser's tests: see tests/e2e/playwright.config.ts. A filter may leave a part without tests. */
async function runPart(part, executable, scratch, filter) {
  const report = join(scratch, `${part}.json`);
  const program = join("node_modules", "@playwright", "test", "cli.js");
  const args = ["test", "--config", "tests/e2e/playwright.config.ts", "--reporter=list,json"];
  const code = await run([program, ...args, "--pass-with-no-tests", ...filter], {
    CHROMIUM_PATH: executable,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    E2E_PART: part,
    E2E_PORT: String(await freePort()),
    E2E_DATA_DIR: join(scratch, "e2e"),
  });
  const stats = readJson(report)?.stats;
  return {
    code,
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
  };
}

async function runPlaywright(scratch, filter) {
  const { findChromium } = await import("./find-chromium.mjs");
  const executable = await findChromium();
  if (!executable) {
    process.stdout.write(
      "No Chromium could be found or installed. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install --with-deps chromium), or name yours in CHROMIUM_PATH.\n",
    );
    return { passed: 0, failed: 1 };
  }
  const parts = await Promise.all(
    ["walk", "site"].map((part) => runPart(part, executable, scratch, filter)),
  );
  const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
  const code = parts.find((part) => part.code !== 0)?.code ?? 0;
  return settle("Playwright", code, sum("passed"), sum("failed"));
}

/** The referee of the exported journals; its tests are skipped, with a message, where it is not to be had. */
async function findHledger() {
  const present = () => spawnSync("hledger", ["--version"], { stdio: "ignore" }).status === 0;
  if (present() || !isDebianRoot()) return;
  process.stdout.write("There is no hledger to check the journals with yet; installing it\n");
  await runAlone("apt-get", ["update"]);
  await runAlone("apt-get", ["install", "-y", "--no-install-recommends", "hledger"]);
}

/** One PostgreSQL for all test files, as fast as it can be: nothing in it must last. */
async function withTestDatabase(scratch, work) {
  const { startEmbedded, removeEmbedded } = await import("../../db/embedded.server.ts");
  const log = () => {};
  const dataDir = join(scratch, "database");
  const server = await startEmbedded({
    dataDir,
    log,
    durable: false,
    maxConnections: MAX_CONNECTIONS,
  });
  try {
    return await work(server.ownerUrl);
  } finally {
    await server.stop();
    await removeEmbedded(dataDir, log);
  }
}

function watchSignals(scratch) {
  const stop = (code) => {
    if (stopping) return;
    stopping = true;
    for (const child of children) child.kill("SIGTERM");
    setTimeout(() => {
      for (const child of children) child.kill("SIGKILL");
      rmSync(scratch, { recursive: true, force: true });
      // Leaving also stops PostgreSQL.
      process.exit(code);
    }, 3_000);
  };
  process.on("SIGINT", () => stop(130));
  process.on("SIGTERM", () => stop(143));
}

async function main(argv) {
  if (argv.includes("--help") || argv.includes("-h")) {
    process.stdout.write(HELP);
    return;
  }
  const [first, ...rest] = argv;
  const only = first === "unit" || first === "e2e" ? first : null;
  const filter = only ? rest : argv;
  process.chdir(root);
  await install();
  await build();
  await loadTypeScript();
  const scratch = mkdtempSync(join(tmpdir(), "belay-test-"));
  // PostgreSQL's own user must get through, when we are root.
  chmodSync(scratch, 0o755);
  watchSignals(scratch);
  const counts = [];
  try {
    if (only !== "e2e") {
      await findHledger();
      counts.push(await withTestDatabase(scratch, (url) => runVitest(scratch, url, filter)));
    }
    if (only !== "unit" && !stopping) counts.push(await runPlaywright(scratch, filter));
  } catch (error) {
    process.stdout.write(
      `The tests could not run: ${error instanceof Error ? error.message : error}\n`,
    );
    counts.push({ passed: 0, failed: 1 });
  } finally {
    if (existsSync(scratch)) rmSync(scratch, { recursive: true, force: true });
  }
  if (stopping) return;
  const total = (key) => counts.reduce((sum, count) => sum + count[key], 0);
  process.stdout.write(`${total("passed")} passed, ${total("failed")} failed\n`);
  process.exitCode = total("failed") > 0 ? 1 : 0;
}

await main(process.argv.slice(2));
