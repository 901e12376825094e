import { createHash } from "node:crypto";
import { constraintName, inTransaction, rawClient, type Tx } from "#db/client.server";
import { err, ok, type Result } from "~/lib/result";
import { canonicalJson, type Json } from "./canonical";
import type { EntryInput } from "./entries";
import { type EntryColumns, toCashColumns, toColumns } from "./entry-columns";
import type { LedgerRefusal } from "./refusals";

/** A journal entry as it stands in the book; `replayed` when the same key had already been posted. */
export type Posted = {
  entryId: bigint;
  logId: string;
  recordedAt: Date;
  replayed: boolean;
};
export type PostResult = Result<Posted, LedgerRefusal>;

const SERIALIZATION_FAILURE = "40001";
/** How many entries `postMany` takes at once. */
export const MOST_ENTRIES = 8_000;

/** SHA-256 of the canonical form of what a caller was asked, in hex. */
export function inputHash(input: Json): string {
  return createHash("sha256").update(canonicalJson(input)).digest("hex");
}

const POST = `SELECT o_code::text AS code, o_id::text AS id, o_log::text AS log, o_at::text AS at, o_replayed::text AS replayed
  FROM ledger_post_many($1::text[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::uuid[],
    $8::text[], $9::bytea[], $10::text[], $11::uuid[], $12::text[], $13::bigint[], $14::jsonb[], $15::int[], $16::int[], $17::int[], $18::bigint[])`;
type Answer = { code: string; id: string; log: string; at: string; replayed: string };

const POST_CASH = `SELECT ledger_post_cash($1::text, $2::uuid, $3::text, $4::uuid, $5::bigint, $6::text, $7::timestamptz, $8::timestamptz, $9::uuid,
  $10::text, decode($11::text, 'hex'), $12::text, $13::uuid, $14::text, $15::jsonb)::text AS posted`;

/** What the database said of an entry that is in the book: ids, milliseconds, `t` or `f`. */
function toPosted(id = "", log = "", at = "", replayed = ""): Posted {
  return {
    entryId: BigInt(id),
    logId: log,
    recordedAt: new Date(Number(at)),
    replayed: replayed === "t",
  };
}

async function ask(tx: Tx, entries: EntryInput[]): Promise<PostResult[]> {
  const columns: EntryColumns = toColumns(entries, (entry) => inputHash(entry.input));
  // Prepared once a connection: the text is parsed and planned no more.
  const [answer] = await rawClient(tx)
    .unsafe<Answer[]>(POST, columns, { prepare: true })
    .catch(explain);
  if (!answer) throw new Error("ledger_post_many gave no answer");
  const [code, id, log, at, replayed] = (["code", "id", "log", "at", "replayed"] as const).map(
    (name) => answer[name].slice(1, -1).split(","),
  );
  return entries.map((_, i) => {
    const refusal = code?.[i];
    if (refusal !== "NULL") return err(refusal as LedgerRefusal);
    return ok(toPosted(id?.[i], log?.[i], at?.[i], replayed?.[i]));
  });
}

/** Asks for one entry of one posting of money: fewer statements than `ask`'s, and scalars where that sends arrays. */
async function askCash(tx: Tx, columns: (string | null)[]): Promise<PostResult> {
  const [answer] = await rawClient(tx)
    .unsafe<{ posted: string }[]>(POST_CASH, columns, { prepare: true })
    .catch(explain);
  if (!answer) throw new Error("ledger_post_cash gave no answer");
  const [code, id, log, at, replayed] = answer.posted.slice(1, -1).split(",");
  return code ? err(code as LedgerRefusal) : ok(toPosted(id, log, at, replayed));
}

/** A key that another transaction used at this very moment: run again, the entry meets that one's answer. */
function explain(error: unknown): never {
  if (constraintName(error) !== "journal_entries_idempotency_key_unique") throw error;
  throw Object.assign(new Error("a key was used at this moment", { cause: error }), {
    code: SERIALIZATION_FAILURE,
  });
}

/**
 * Posts one journal entry in the caller's transaction, in one round trip (L1–L9). Accounts are opened as needed
 * and locked in id order. A refusal is a value and changes nothing; bugs and outages throw; never retries.
 */
export async function post(tx: Tx, entry: EntryInput): Promise<PostResult> {
  const cash = toCashColumns(entry, (e) => inputHash(e.input));
  if (cash) return askCash(tx, cash);
  const [result] = await ask(tx, [entry]);
  if (!result) throw new Error("an entry was given no answer");
  return result;
}

/**
 * Posts up to 8,000 journal entries in one transaction and one round trip, in order, as if `post` had been asked for
 * each: every one is accepted or refused alone. Without `tx` it runs in a transaction of its own, which is rerun after
 * a deadlock or a serialisation failure. Throws a RangeError on more.
 */
export async function postMany(entries: EntryInput[], tx?: Tx): Promise<PostResult[]> {
  if (entries.length > MOST_ENTRIES) throw new RangeError("at most 8,000 entries at once");
  if (entries.length === 0) return [];
  return tx ? ask(tx, entries) : inTransaction((own) => ask(own, entries));
}
