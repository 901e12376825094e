// The one entry of every command. Plain JavaScript on Node alone: it installs and builds what is missing, then
// loads TypeScript in this same process, so that signals meet one node and nothing is left between.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findHolder } from "../../db/data-dir-lock.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const INSTALL_STAMP = join(root, "node_modules", ".belay-lock-hash");
const BUILD_STAMP = join(root, "build", ".belay-source-hash");
const BUILD_INPUTS = [
  "app",
  "db",
  "emails",
  "public",
  "package-lock.json",
  "package.json",
  "remix.config.js",
  "tsconfig.json",
  "vite.config.ts",
];

const HELP = {
  start: `npm start
  Installs and builds what has changed, starts the database and the site, and says where to go.
  With DATABASE_URL set it uses that PostgreSQL (15 or newer); otherwise its own, kept in DATA_DIR.
  Settings are environment variables, also read from a file .env; .env.example lists them all.
  Ctrl-C stops everything.`,
  dev: `npm run dev
  The same site for working on it: pages reload as files are saved. Restart it after changes in app/server or db.`,
  check: `npm run check
  Types (tsc), format and lint (Biome), import rules (dependency-cruiser). Exit code 1 when one of them fails.`,
  db: `npm run db -- <command>
  url        prints the owner's connection string of the running embedded database (npm run -s db -- url)
  migrate    brings the database to the present schema
  generate   writes a migration from the changes in db/schema; further arguments go to drizzle-kit generate
  reset      deletes the embedded database for good; needs --yes, and that Belay is not running`,
  operator: `npm run operator -- <command> <email>
  grant              makes the person with that address an operator
  reset-second-step  turns off the second step of somebody who has lost the authenticator and the recovery codes; they are
                     signed out everywhere and told by mail. Make sure first that it is they who ask
  Both work while Belay runs and while it does not, and are written to the audit trail.`,
  ledger: `npm run ledger -- <command>
  Reads and proves the book; npm run ledger -- --help lists its commands.`,
  log: `npm run log -- <command>
  status         how long the public log is, what is signed, what waits
  verify         makes the log anew from the entries, and opens every checkpoint that was ever signed
  key [NAME]     prints the log's public keys; with a NAME (as belay.example/log) a new signing key for LOG_SIGNING_KEY
  rotate         announces the new key; it and the one before sign together for 90 days. Without DATABASE_URL the new key is
                 made; otherwise put it first in LOG_SIGNING_KEY, the old one after it, and restart Belay`,
  verify: `npm run verify -- FILE|URL [--vkey KEY] [--since OLDER]
  Proves a teacher's record from its bundle, /teachers/HANDLE/track-record.json: that it is in the public log, whole and
  unchanged, and that every number is what its entries give. Prints line by line what is recomputed and what is only stated.
  --vkey KEY     the log's key, as /log/vkey gives it; may be given more than once. A file needs it. With a URL the key of
                 that same server is trusted where none is given, which shows no more than that it agrees with itself
  --since OLDER  an earlier bundle (a file or a URL): nothing of it may be gone or changed; with a URL, the whole log since
  Exit code 0: true. 1: a lie, which a line beginning with LIE names. 2: incomplete, or nothing could be proven.`,
};

const USAGE = `Belay

${Object.values(HELP).join("\n\n")}
`;

const children = new Set();
/** Progress of commands whose answer stands on stdout goes to stderr. */
let progress = process.stdout;

function say(line) {
  progress.write(`${line}\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function stopChildren(name) {
  for (const child of children) {
    try {
      process.kill(-child.pid, name);
    } catch {
      // It has ended by itself.
    }
  }
}

/** Until the command itself takes over: a signal ends the install or the build with all of its processes. */
function onEarlySignal(name) {
  stopChildren(name);
  const code = name === "SIGINT" ? 130 : 143;
  if (children.size === 0) process.exit(code);
  setTimeout(() => {
    stopChildren("SIGKILL");
    process.exit(code);
  }, 3_000).unref();
  process.exitCode = code;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
function watchSignals() {
  for (const name of SIGNALS) process.on(name, onEarlySignal);
}
function leaveSignals() {
  for (const name of SIGNALS) process.off(name, onEarlySignal);
}

/** npm tells its shell of a signal, and some shells die of it without telling us: their end is ours too. */
function endWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 250);
  watch.unref();
}

/** Runs a program to its end, with its output shown, and answers its exit code. */
function run(command, args, { env = {}, note = "" } = {}) {
  const out = progress === process.stderr ? 2 : 1;
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    detached: process.platform !== "win32",
    shell: process.platform === "win32",
    stdio: ["ignore", out, 2],
  });
  children.add(child);
  const started = Date.now();
  const beat = note
    ? setInterval(() => say(`… ${note} (${Math.round((Date.now() - started) / 1000)} s)`), 10_000)
    : undefined;
  return new Promise((done) => {
    const end = (code) => {
      clearInterval(beat);
      children.delete(child);
      if (process.exitCode && children.size === 0) process.exit();
      done(code);
    };
    child.on("error", (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      end(1);
    });
    child.on("close", (code) => end(code ?? 1));
  });
}

function hashOf(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function readStamp(path) {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "";
}

/** Whether npm's own record of node_modules has every package of the lock file (somebody ran npm by hand). */
function installedByHand() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages ?? {};
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages ?? {};
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" || entry.optional || installed[path]?.integrity === entry.integrity,
  );
}

/** Installs from the lock file unless that has been done for exactly this lock file. */
export async function install() {
  const lock = join(root, "package-lock.json");
  const wanted = hashOf(lock);
  if (readStamp(INSTALL_STAMP) === wanted) return;
  if (!installedByHand()) {
    say("Installing packages from the lock file (about a minute the first time)");
    rmSync(INSTALL_STAMP, { force: true });
    const code = await run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], {
      note: "still installing",
    });
    if (code !== 0)
      fail("Installing failed: see the lines above. Is the network there? Start again to go on.");
  }
  writeFileSync(INSTALL_STAMP, `${wanted}\n`);
}

function listFiles(path, found = []) {
  const full = join(root, path);
  if (!existsSync(full)) return found;
  if (!statSync(full).isDirectory()) return [...found, path];
  const names = readdirSync(full).sort();
  return names.reduce((all, name) => listFiles(`${path}/${name}`, all), found);
}

function sourceHash() {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0]);
  for (const path of BUILD_INPUTS.flatMap((input) => listFiles(input))) {
    if (/\.test\.tsx?$/.test(path)) continue;
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest("hex");
}

/** Builds the pages unless that has been done from exactly these sources. */
export async function build() {
  const wanted = sourceHash();
  if (readStamp(BUILD_STAMP) === wanted && existsSync(join(root, "build/server/index.js"))) return;
  say("Building the pages");
  rmSync(BUILD_STAMP, { force: true });
  const code = await run("npm", ["run", "--silent", "build"], {
    env: { NODE_ENV: "production" },
    note: "still building",
  });
  if (code !== 0) fail("The build failed: see the lines above.");
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, `${wanted}\n`);
}

/** Asks for the port before the slow work; a process that holds our data directory is left to tell that itself. */
async function refuseTakenPort() {
  const port = Number(process.env.PORT || 3000);
  const host = process.env.HOST || "127.0.0.1";
  if (!Number.isInteger(port) || port < 1 || port > 65535) return;
  const taken = await new Promise((done) => {
    const probe = createServer();
    probe.on("error", (error) => done(error.code === "EADDRINUSE"));
    probe.listen(port, host, () => probe.close(() => done(false)));
  });
  if (taken)
    fail(
      `Port ${port} is taken by another program. Stop it, or choose another: PORT=${port + 1} npm start`,
    );
}

function heldBySomebody() {
  return !process.env.DATABASE_URL && findHolder(process.env.DATA_DIR || ".data") !== null;
}

/** Lets this process import TypeScript, with the aliases of tsconfig.json. */
export async function loadTypeScript() {
  const { register } = await import("tsx/esm/api");
  register({ tsconfig: join(root, "tsconfig.json") });
}

async function runTypeScript(path, ...args) {
  await loadTypeScript();
  const module = await import(pathToFileURL(join(root, path)).href);
  leaveSignals();
  const code = await module.main(...args);
  if (typeof code === "number") process.exitCode = code;
}

async function check() {
  const node = process.execPath;
  const steps = [
    ["Types", [join("node_modules", "typescript", "bin", "tsc"), "--noEmit"]],
    [
      "Format and lint",
      [
        join("node_modules", "@biomejs", "biome", "bin", "biome"),
        "ci",
        "--no-errors-on-unmatched",
        ".",
      ],
    ],
    [
      "Import rules",
      [
        join("node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs"),
        "--config",
        ".dependency-cruiser.cjs",
        ...["app", "db", "emails"].filter((room) => existsSync(join(root, room))),
      ],
    ],
  ];
  const failed = [];
  for (const [title, args] of steps) {
    say(`\n== ${title}`);
    if ((await run(node, args)) !== 0) failed.push(title);
  }
  if (failed.length > 0) fail(`\nFailed: ${failed.join(", ")}`);
  say("\nAll checks passed");
}

const commands = {
  async start() {
    process.env.NODE_ENV = "production";
    // A second start on one data directory must neither install nor build under the first one's feet.
    if (!heldBySomebody() || !existsSync(INSTALL_STAMP)) {
      await refuseTakenPort();
      await install();
      await build();
    }
    await runTypeScript("app/server/start.ts", { dev: false });
  },
  async dev() {
    process.env.NODE_ENV = "development";
    if (!heldBySomebody()) await refuseTakenPort();
    await install();
    await runTypeScript("app/server/start.ts", { dev: true });
  },
  async check() {
    await install();
    await check();
  },
  async db(args) {
    progress = process.stderr;
    await install();
    await runTypeScript("app/server/db-cli.ts", args);
  },
  async operator(args) {
    progress = process.stderr;
    await install();
    await runTypeScript("app/server/operator-cli.ts", args);
  },
  async ledger(args) {
    progress = process.stderr;
    await install();
    await runTypeScript("app/server/ledger-cli.ts", args);
  },
  async log(args) {
    progress = process.stderr;
    await install();
    await runTypeScript("app/server/log-cli.ts", args);
  },
  async verify(args) {
    progress = process.stderr;
    await install();
    await runTypeScript("app/server/verify-cli.ts", args);
  },
};

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Belay needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org.`,
  );
}

async function main([name, ...args]) {
  refuseOldNode();
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(USAGE);
    return;
  }
  if (!Object.hasOwn(commands, name)) {
    process.stderr.write(USAGE);
    fail(`\nThere is no command '${name}'.`);
  }
  const wantsHelp = args.includes("--help") || args.includes("-h");
  if (wantsHelp && name !== "ledger") {
    process.stdout.write(`${HELP[name]}\n`);
    return;
  }
  process.chdir(root);
  if (existsSync(".env")) process.loadEnvFile(".env");
  watchSignals();
  endWithParent();
  await commands[name](args);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(process.argv.slice(2));
