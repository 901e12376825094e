import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { PlainError } from "~/lib/plain-error";
import { acquireLock, databasePlace, findHolder, processIdentity } from "./data-dir-lock.mjs";
import { chooseUser, findBinaries, findPlace, giveTo, type RunAs } from "./embedded-place.server";

const OWNER = "belay_owner";
const DATABASE = "belay";
const START_ATTEMPTS = 40;
const START_PAUSE_MS = 250;
const READY_TIMEOUT_MS = 300_000;
const FAST_STOP_MS = 20_000;
const MAX_LOG_BYTES = 5_000_000;

/** What the embedded server is started with. `durable: false` is for tests: nothing survives a crash. */
export type EmbeddedOptions = {
  dataDir: string;
  log: (line: string) => void;
  durable?: boolean;
  maxConnections?: number;
};

/** A running embedded server. `exited` resolves when PostgreSQL ends, asked or not. */
export type Embedded = {
  ownerUrl: string;
  pid: number;
  exited: Promise<void>;
  stop(): Promise<void>;
};

/** Another living process holds the data directory. */
export class DataDirInUseError extends PlainError {
  constructor(dataDir: string, pid: number) {
    super(
      `Belay is already running on the data directory ${dataDir} (process ${pid}). Stop it first, or set DATA_DIR to another directory.`,
    );
    this.name = "DataDirInUseError";
  }
}

/** Refuses with `DataDirInUseError` when a living process holds the data directory. */
export function assertDataDirFree(dataDir: string): void {
  const holder = findHolder(dataDir);
  if (holder !== null && holder !== process.pid) throw new DataDirInUseError(dataDir, holder);
}

type Postmaster = { pid: number; port: number; ready: boolean; lines: string[] };

function readPostmaster(cluster: string): Postmaster | null {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    return {
      pid: Number(lines[0]),
      port: Number(lines[3]),
      ready: lines[7]?.trim() === "ready",
      lines,
    };
  } catch {
    return null;
  }
}

/** Whether that process is the PostgreSQL of this cluster, and not another program with a recycled pid. */
function isServerOf(pid: number, cluster: string): boolean {
  if (processIdentity(pid) === null) return false;
  if (process.platform !== "linux") {
    const { stdout } = spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], {
      encoding: "utf8",
    });
    return stdout.includes("postgres") && stdout.includes(cluster);
  }
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    if (basename(args[0] ?? "") !== "postgres") return false;
    return args.includes(cluster) || readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return false;
  }
}

async function until(done: () => boolean, timeoutMs: number): Promise<boolean> {
  for (const end = performance.now() + timeoutMs; performance.now() < end; await sleep(20)) {
    if (done()) return true;
  }
  return done();
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ESRCH") return;
    throw new PlainError(
      `An earlier PostgreSQL (process ${pid}) still runs on this data directory and belongs to another user. Stop it, then start again.`,
      { cause: error },
    );
  }
}

/**
 * Stops a server that an earlier run left behind (its node was killed). A pid file whose number now
 * belongs to another program, or to a zombie, is made to name ourselves: PostgreSQL overlooks its parent
 * there, and goes on to check by shared memory whether anything still uses the cluster.
 */
async function settleEarlierRun(cluster: string, log: (line: string) => void): Promise<void> {
  const left = readPostmaster(cluster);
  if (!left) return;
  if (!isServerOf(left.pid, cluster)) {
    writeFileSync(
      join(cluster, "postmaster.pid"),
      [process.pid, ...left.lines.slice(1)].join("\n"),
    );
    return;
  }
  log("An earlier run left its PostgreSQL running; stopping it");
  const gone = () => processIdentity(left.pid) === null;
  signal(left.pid, "SIGINT");
  if (await until(gone, FAST_STOP_MS)) return;
  signal(left.pid, "SIGQUIT");
  if (!(await until(gone, FAST_STOP_MS))) {
    throw new PlainError(
      `PostgreSQL (process ${left.pid}) of an earlier run does not stop. End it, then start again.`,
    );
  }
}

function ownerPassword(place: string): string {
  const file = join(place, "owner-password");
  if (!existsSync(file)) {
    if (existsSync(join(place, "cluster"))) {
      throw new PlainError(
        `${file} is gone, and the database cannot be opened without it. Bring it back from a copy.`,
      );
    }
    writeFileSync(`${file}.new`, randomBytes(24).toString("hex"), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, "utf8").trim();
}

/** Makes the cluster in a directory aside and renames it when it is whole, so that a kill leaves no half of one. */
async function makeCluster(
  place: string,
  bin: string,
  runAs: RunAs,
  log: (line: string) => void,
): Promise<void> {
  for (const name of readdirSync(place)) {
    if (name.startsWith("cluster.new-"))
      rmSync(join(place, name), { recursive: true, force: true });
  }
  const password = ownerPassword(place);
  log("Making a new PostgreSQL database");
  const fresh = join(place, `cluster.new-${process.pid}`);
  const data = join(fresh, "data");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const passwordFile = join(fresh, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(fresh, runAs);
  const args = [
    `--pgdata=${data}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    // Built into the server: the same order and case rules on every platform.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
  ];
  const child = spawn(join(bin, "initdb"), args, {
    ...runAs,
    cwd: "/",
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (output += String(chunk)));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("close", resolve);
    child.on("error", reject);
  });
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new PlainError(
      `PostgreSQL could not make its database in ${place}:\n${output.trim().slice(-2000)}`,
    );
  }
  renameSync(data, join(place, "cluster"));
  rmSync(fresh, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function serverSettings(options: EmbeddedOptions, port: number): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: options.maxConnections ?? 100,
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_messages: "warning",
    // Statements hold personal data: not even failing ones are logged.
    log_min_error_statement: "panic",
    ...(options.durable === false
      ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }
      : {}),
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Starts postgres in a session of its own: Ctrl-C reaches only us, and we stop it when our work is done. */
function spawnServer(
  bin: string,
  cluster: string,
  logFile: string,
  args: string[],
  runAs: RunAs,
): ChildProcess {
  if (existsSync(logFile) && statSync(logFile).size > MAX_LOG_BYTES) rmSync(logFile);
  const out = openSync(logFile, "a", 0o600);
  try {
    return spawn(join(bin, "postgres"), ["-D", cluster, ...args], {
      ...runAs,
      cwd: "/",
      detached: true,
      stdio: ["ignore", out, out],
    });
  } finally {
    closeSync(out);
  }
}

type Running = { child: ChildProcess; pid: number; port: number; exited: Promise<void> };

async function tryStart(
  bin: string,
  place: string,
  options: EmbeddedOptions,
  runAs: RunAs,
): Promise<Running | null> {
  const cluster = join(place, "cluster");
  const port = await freePort();
  const child = spawnServer(
    bin,
    cluster,
    join(place, "server.log"),
    serverSettings(options, port),
    runAs,
  );
  let gone = false;
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      gone = true;
      resolve();
    };
    child.on("exit", end);
    child.on("error", end);
  });
  const started = performance.now();
  const isReady = () => {
    const now = readPostmaster(cluster);
    return now !== null && now.pid === child.pid && now.ready;
  };
  if (!(await until(() => gone || isReady(), 5_000))) {
    options.log("PostgreSQL is recovering from an earlier crash; this can take a while");
    await until(() => gone || isReady(), READY_TIMEOUT_MS);
  }
  if (gone || child.pid === undefined) return null;
  if (!isReady()) {
    child.kill("SIGQUIT");
    throw new PlainError(
      `PostgreSQL was not ready after ${Math.round((performance.now() - started) / 1000)} s; see ${join(place, "server.log")}.`,
    );
  }
  return { child, pid: child.pid, port, exited };
}

/** A start can lose its port to another program, or come while the last backends of a killed server leave. */
async function startServer(
  bin: string,
  place: string,
  options: EmbeddedOptions,
  runAs: RunAs,
): Promise<Running> {
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const running = await tryStart(bin, place, options, runAs);
    if (running) return running;
    await sleep(START_PAUSE_MS);
  }
  const logFile = join(place, "server.log");
  const tail = existsSync(logFile)
    ? readFileSync(logFile, "utf8").trim().split("\n").slice(-6).join("\n")
    : "";
  throw new PlainError(`PostgreSQL does not start on ${place}. Its last words:\n${tail}`);
}

function urlOf(port: number, password: string, database = DATABASE): string {
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}

async function makeDatabase(port: number, password: string): Promise<void> {
  const sql = postgres(urlOf(port, password, "postgres"), { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function assertOurs(place: string, runAs: RunAs): void {
  const cluster = join(place, "cluster");
  try {
    accessSync(place, constants.W_OK);
    if (runAs || !existsSync(cluster) || statSync(cluster).uid === process.getuid?.()) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EACCES") throw error;
  }
  throw new PlainError(
    `The database in ${place} belongs to another user (${statSync(place).uid}). Start Belay as that user, or set DATA_DIR to another directory.`,
  );
}

function stopper(running: Running, release: () => void): () => Promise<void> {
  const onExit = () => running.child.kill("SIGINT");
  process.once("exit", onExit);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    running.child.kill("SIGINT");
    const slow = sleep(FAST_STOP_MS, "slow" as const, { ref: false });
    if ((await Promise.race([running.exited, slow])) === "slow") running.child.kill("SIGQUIT");
    await running.exited;
    process.off("exit", onExit);
    release();
  };
  return () => (stopping ??= stop());
}

/**
 * Starts the embedded PostgreSQL of a data directory and returns when it takes connections: makes the
 * cluster the first time, and stops or clears what a killed run left. Only one process at a time can
 * hold a data directory (`DataDirInUseError`). As root the server runs as an unprivileged user. Throws
 * `PlainError` for everything that the person at the terminal can mend.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, log } = options;
  assertDataDirFree(dataDir);
  const runAs = chooseUser();
  const bin = findBinaries(runAs, log);
  await settleEarlierRun(join(databasePlace(dataDir), "cluster"), log);
  const place = findPlace(dataDir, runAs, log);
  assertOurs(place, runAs);
  const lock = acquireLock(join(place, "lock"));
  if ("heldBy" in lock) throw new DataDirInUseError(dataDir, lock.heldBy);
  try {
    const cluster = join(place, "cluster");
    if (existsSync(cluster)) await settleEarlierRun(realpathSync(cluster), log);
    else await makeCluster(place, bin, runAs, log);
    const password = ownerPassword(place);
    giveTo(cluster, runAs);
    const running = await startServer(bin, place, options, runAs);
    const stop = stopper(running, lock.release);
    try {
      await makeDatabase(running.port, password);
    } catch (error) {
      await stop();
      throw error;
    }
    return {
      ownerUrl: urlOf(running.port, password),
      pid: running.pid,
      exited: running.exited,
      stop,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The owner's connection string of the server that runs on this data directory, or null when none does. */
export function findRunningEmbedded(dataDir: string): string | null {
  const place = databasePlace(dataDir);
  if (findHolder(dataDir) === null) return null;
  try {
    const now = readPostmaster(realpathSync(join(place, "cluster")));
    return now?.ready ? urlOf(now.port, ownerPassword(place)) : null;
  } catch {
    return null;
  }
}

/** Removes the embedded database for good. Refuses while a process holds it. */
export async function removeEmbedded(dataDir: string, log: (line: string) => void): Promise<void> {
  assertDataDirFree(dataDir);
  const place = databasePlace(dataDir);
  await settleEarlierRun(join(place, "cluster"), log);
  rmSync(place, { recursive: true, force: true });
  rmSync(join(dataDir, "postgres"), { recursive: true, force: true });
}
