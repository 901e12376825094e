import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { closeDb, getDb } from "#db/client.server";
import { SYSTEM } from "~/auth/actor";
import { getClock, loadClock } from "~/auth/clock.server";
import { getEnv } from "~/env.server";
import { announceKey } from "~/features/public-log/announce-key.server";
import { auditLog } from "~/ledger/log/audit-log.server";
import { sha256, verifyEd25519 } from "~/ledger/log/crypto.server";
import { formatSigningKey, openNote, parseVkey, type VerifierKey } from "~/ledger/log/note";
import { getLogPlace, keepNewKey, makeSigningKey, readMark } from "~/ledger/log/place.server";
import { allCheckpoints, getPublished, listVkeys } from "~/ledger/log/published.server";
import { PlainError } from "~/lib/plain-error";
import { withDatabase } from "./with-database";

const USAGE = "Say which: npm run log -- status, verify, key or rotate (--help tells more).\n";
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function status(): Promise<number> {
  const place = getLogPlace();
  const db = getDb();
  const published = await getPublished(db);
  const [row] = await db.execute<{ size: string; waiting: string; oldest: string | null }>(sql`
    SELECT (SELECT size FROM log_state)::text AS size, count(q.entry_id)::text AS waiting, min(e.recorded_at)::text AS oldest
    FROM log_queue q JOIN journal_entries e ON e.id = q.entry_id`);
  say(
    `The log ${place.origin} has ${row?.size} leaves, of which ${published?.size ?? 0} are signed.`,
  );
  say(`${row?.waiting} entries wait${row?.oldest ? `, the oldest since ${row.oldest}` : ""}.`);
  const mark = readMark(place);
  say(
    mark
      ? `The high-water mark in ${place.folder} is ${mark.size} leaves.`
      : `Nothing was signed from ${place.folder} yet.`,
  );
  for (const { vkey } of place.keys) say(`key ${vkey}`);
  return mark && mark.size > Number(row?.size ?? 0) ? 1 : 0;
}

async function verify(): Promise<number> {
  const db = getDb();
  const wrong = await auditLog(db, (done, of) => {
    if (process.stderr.isTTY) process.stderr.write(`  ${done} of ${of} leaves\r`);
  });
  if (wrong !== null) {
    say(`wrong: ${wrong}`);
    return 1;
  }
  const known = [...(await listVkeys(db)), ...getLogPlace().keys.map(({ vkey }) => vkey)];
  const keys = known
    .map((vkey) => parseVkey(sha256, vkey))
    .filter((key): key is VerifierKey => key !== null);
  let signed = 0;
  for await (const notes of allCheckpoints(db))
    for (const note of notes) {
      if ((await openNote(note, keys, verifyEd25519)) === null) {
        say(`wrong: a checkpoint is not signed by a key of the log:\n${note}`);
        return 1;
      }
      signed += 1;
    }
  say(`The log is what its entries make it; ${signed} checkpoints are signed by its keys.`);
  return 0;
}

/** Keys need no database. */
function key([name, ...more]: string[]): number {
  if (more.length > 0) return 2;
  if (name === undefined) {
    for (const { vkey } of getLogPlace().keys) say(vkey);
    return 0;
  }
  const made = makeSigningKey(name);
  say(formatSigningKey(made));
  process.stderr.write(
    `Its public form, which the log shows: ${made.vkey}\nKeep the key secret.\n`,
  );
  return 0;
}

async function rotate(): Promise<number> {
  await loadClock();
  const place = getLogPlace();
  const { production } = getEnv();
  if (production && place.keys.length < 2)
    throw new PlainError(
      `Make a new key (npm run log -- key ${place.origin}), put it first in LOG_SIGNING_KEY and the present one after it, and run this again.`,
    );
  const next = production ? place.keys[0] : makeSigningKey(place.origin);
  if (!next) throw new PlainError("The log has no key yet: start Belay once.");
  if (!production) keepNewKey(place, next);
  const announced = await announceKey({
    actor: SYSTEM,
    input: { vkey: next.vkey },
    idempotencyKey: randomUUID(),
    now: getClock().now(),
  });
  if (!announced.ok) throw new Error(`refused: ${announced.error.code}`);
  say(
    `Announced: ${next.vkey}\nIt signs from the next checkpoint on, the one before it beside it for 90 days.`,
  );
  return 0;
}

const COMMANDS: Record<string, () => Promise<number>> = { status, verify, rotate };

/** `npm run log -- status|verify|key|rotate`. Answers the exit code; a failure is one plain message on stderr. */
export async function main([name = "", ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const code = name === "key" ? key(args) : 2;
  if (name === "key" && code === 0) return 0;
  if (!command || args.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  return withDatabase(async () => {
    const answer = await command();
    await closeDb();
    return answer;
  });
}
