import { asc, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { claims, journalEntries } from "#db/schema/index";
import type { EntryKind } from "~/ledger/kinds";

const WORDS: Partial<Record<EntryKind, string>> = {
  deposit: "a deposit",
  withdrawal_requested: "a withdrawal",
  withdrawal_paid: "a withdrawal that was paid",
  offer_funded: "the funding of an offer",
  offer_signed: "the signing of an offer",
  investment: "an investment",
  gain: "the declaration of a gain",
  gain_deferred: "the deferral of a payment",
  evidence: "a grade of evidence",
  distribution: "a distribution",
  resale_reserved: "a wish to sell shares",
  resale_funded: "the funding of a purchase",
  resale: "a resale of shares",
  parting: "a parting",
  mark: "a mark",
  lot_ended: "the end of a lot",
  claim_repaid: "a repayment",
  nothing_declared: "a yearly declaration",
};

/** What an entry was, as messages say it. */
export const whatItWas = (kind: EntryKind): string => WORDS[kind] ?? "an entry";

/** The log id of an entry. Throws where there is none. */
export async function logIdOfEntry(db: Queryable, entryId: bigint): Promise<string> {
  const [row] = await db
    .select({ logId: journalEntries.logId })
    .from(journalEntries)
    .where(eq(journalEntries.id, entryId));
  if (!row) throw new Error("an entry vanished");
  return row.logId;
}

/** What a person still owes since reversals, the oldest first, with the reversal's log id. */
export async function listClaimsOf(db: Queryable, debtorId: string) {
  return db
    .select({
      reversalLogId: journalEntries.logId,
      creditorId: claims.creditorId,
      leftCents: sql<bigint>`${claims.cents} - ${claims.repaidCents}`.mapWith(BigInt),
    })
    .from(claims)
    .innerJoin(journalEntries, eq(journalEntries.id, claims.entryId))
    .where(sql`${claims.debtorId} = ${debtorId} AND ${claims.cents} > ${claims.repaidCents}`)
    .orderBy(asc(claims.entryId), asc(claims.creditorId));
}
