// Plain JavaScript, because the launcher asks for the holder before anything is installed.
import { execFileSync } from "node:child_process";
import { linkSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

function linuxIdentity(pid) {
  let stat;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return null;
  }
  // The command name stands in brackets and may hold anything, so count fields from its end.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return null;
  const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  return `${boot}/${fields[19]}`;
}

function psIdentity(pid) {
  try {
    const text = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return text === "" || text.startsWith("Z") ? null : text.replace(/^\S+\s+/, "");
  } catch {
    return null;
  }
}

export function processIdentity(pid) {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return process.platform === "linux" ? linuxIdentity(pid) : psIdentity(pid);
}

export function databasePlace(dataDir) {
  const path = join(resolve(dataDir), "postgres");
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function readLock(file) {
  try {
    const text = readFileSync(file, "utf8");
    const [pid, identity] = text.split("\n");
    return { text, pid: Number(pid), identity };
  } catch {
    return null;
  }
}

function livingHolder(lock) {
  return lock !== null && lock.identity !== "" && processIdentity(lock.pid) === lock.identity;
}

export function findHolder(dataDir) {
  const lock = readLock(join(databasePlace(dataDir), "lock"));
  return livingHolder(lock) ? lock.pid : null;
}

/** Takes a dead holder's file away; puts it back if another start was quicker and holds it by now. */
function removeStale(file, stale) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readLock(aside)?.text !== stale.text) {
    try {
      linkSync(aside, file);
    } catch {
      // Somebody else has it already: the next look will tell.
    }
  }
  rmSync(aside, { force: true });
}

export function acquireLock(file) {
  const mine = `${file}.${process.pid}`;
  const text = `${process.pid}\n${processIdentity(process.pid)}\n`;
  writeFileSync(mine, text, { mode: 0o644 });
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        linkSync(mine, file);
        return {
          release: () => {
            if (readLock(file)?.text === text) rmSync(file, { force: true });
          },
        };
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      }
      const held = readLock(file);
      if (livingHolder(held)) return { heldBy: held.pid };
      if (held) removeStale(file, held);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw new Error(`The lock file ${file} could not be taken.`);
}
