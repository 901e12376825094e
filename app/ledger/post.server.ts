import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { err, ok, type Result } from "~/lib/result";
import { canonicalJson, type Json } from "./canonical";
import type { EntryInput } from "./entries";
import type { LedgerRefusal } from "./refusals";

/** A journal entry as it stands in the book; `replayed` when the same key had already been posted. */
export type Posted = {
  entryId: bigint;
  logId: string;
  recordedAt: Date;
  replayed: boolean;
};

/** SHA-256 of the canonical form of what a caller was asked, in hex. */
export function inputHash(input: Json): string {
  return createHash("sha256").update(canonicalJson(input)).digest("hex");
}

type Answer =
  | {
      ok: true;
      entryId: string;
      logId: string;
      recordedAt: string;
      replayed: boolean;
    }
  | { ok: false; code: LedgerRefusal };

/**
 * Posts one journal entry in the caller's transaction, in one round trip (L1–L9). Accounts are opened as needed
 * and locked in id order. A refusal is a value and changes nothing; bugs and outages throw; never retries.
 */
export async function post(tx: Tx, entry: EntryInput): Promise<Result<Posted, LedgerRefusal>> {
  const request = {
    kind: entry.kind,
    recordedAt: entry.recordedAt.toISOString(),
    effectiveAt: (entry.effectiveAt ?? entry.recordedAt).toISOString(),
    actorId: entry.actorId,
    idempotencyKey: entry.idempotencyKey,
    inputHash: inputHash(entry.input),
    aboutType: entry.about.type,
    aboutId: entry.about.id,
    memo: entry.memo ?? null,
    data: entry.data,
    postings: entry.postings.map((p) => ({
      fromPurpose: p.from.purpose,
      fromOwner: p.from.owner,
      toPurpose: p.to.purpose,
      toOwner: p.to.owner,
      asset: p.asset,
      amount: String(p.amount),
    })),
    locks: entry.locks ?? [],
  };
  const rows = await tx.execute<{ answer: Answer }>(
    sql`SELECT ledger_post(${JSON.stringify(request)}::jsonb) AS answer`,
  );
  const answer = rows[0]?.answer;
  if (!answer) throw new Error("ledger_post gave no answer");
  if (!answer.ok) return err(answer.code);
  return ok({
    entryId: BigInt(answer.entryId),
    logId: answer.logId,
    recordedAt: new Date(answer.recordedAt),
    replayed: answer.replayed,
  });
}
