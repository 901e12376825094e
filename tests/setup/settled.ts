import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { journalEntries, persons } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import * as entries from "~/ledger/entries";
import {
  actAt,
  type BareToken,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  mustPost,
  signing,
} from "./book";

/** A bare person as the one who asks; an operator on demand. */
export async function actorOf(personId: string, operator = false): Promise<Actor> {
  const [row] = await getDb().select().from(persons).where(eq(persons.id, personId));
  if (!row) throw new Error("no such person");
  return {
    id: row.id,
    handle: row.handle,
    displayName: row.displayName,
    emailVerified: true,
    operator,
    proved: true,
  };
}

/** A new person who is an operator. */
export async function makeBareOperator(): Promise<Actor> {
  return actorOf(await makeBarePerson(), true);
}

export type Deal = {
  paidCents: bigint;
  shares: bigint;
  now: Date;
  investorId?: string;
  capCents?: bigint | null;
  sunset?: string | null;
  cohort?: string | null;
  lockedUntil?: string | null;
  finder?: boolean;
};

/** An investment that settled at `now`, by entries alone; a new investor unless one is given. */
export async function settle(
  token: BareToken,
  deal: Deal,
): Promise<{ lotId: string; investorId: string }> {
  const investorId = deal.investorId ?? (await makeBarePerson());
  await giveCash(investorId, deal.paidCents, deal.now);
  const offer = await makeBareOffer(token, [
    { investorId, amountCents: deal.paidCents, shares: deal.shares },
  ]);
  for (const part of offer.parts) await mustPost(entries.offerFunded(actAt(deal.now), part));
  await mustPost(signing(offer, actAt(deal.now)));
  const lotId = randomUUID();
  const { handle } = await actorOf(token.ownerId);
  await mustPost(
    entries.investmentSettled(actAt(deal.now), {
      offerId: offer.id,
      tokenId: token.id,
      tokenLogId: token.logId,
      tokenHandle: handle,
      ownerId: token.ownerId,
      cohortSlug: deal.cohort ?? null,
      parts: offer.parts.map((part) => ({
        ...part,
        investorLogId: part.logId,
        stakeShares: 0n,
        apart: false,
      })),
      lots: offer.parts.map((part) => ({
        lotId,
        holderId: investorId,
        holderLogId: part.logId,
        shares: part.shares,
        costCents: part.amountCents,
        capCents: deal.capCents ?? null,
        sunset: deal.sunset ?? null,
        lockedUntil: deal.lockedUntil ?? null,
        finder: deal.finder ?? false,
      })),
    }),
  );
  return { lotId, investorId };
}

/** The log id of the latest entry of a kind. */
export async function latestEntry(kind: string): Promise<string> {
  const rows = await getDb()
    .select({ logId: journalEntries.logId })
    .from(journalEntries)
    .where(eq(journalEntries.kind, kind))
    .orderBy(journalEntries.id);
  return rows.at(-1)?.logId ?? "";
}
