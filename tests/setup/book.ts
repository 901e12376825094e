import { createHash, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { getDb, inTransaction, type Tx } from "#db/client.server";
import { applications, enrolments } from "#db/schema/applications";
import { cohorts } from "#db/schema/cohorts";
import { agreements, offerParts, offers, persons, tokens, withdrawals } from "#db/schema/index";
import { investorVerifications } from "#db/schema/people";
import { deposits } from "#db/schema/treasury";
import * as entries from "~/ledger/entries";
import { type Posted, post } from "~/ledger/post.server";
import { getLogId } from "~/ledger/read.server";
import type { LedgerRefusal } from "~/ledger/refusals";
import type { Result } from "~/lib/result";

/** The ledger tests' own small world: rows without commands, so that the ledger alone is under test. */
export const START = new Date("2026-01-01T00:00:00.000Z");
let serial = 0;

/** A key that no other entry has. */
export const newKey = (): string => `test:${randomUUID()}`;

/** An act at an instant, under a new key. */
export function actAt(now: Date = START, key: string = newKey()): entries.Act {
  return { actorId: null, now, idempotencyKey: key, input: { key } };
}

export async function makeBarePerson(): Promise<string> {
  serial += 1;
  const name = `p${process.pid}-${serial}`;
  const [row] = await getDb()
    .insert(persons)
    .values({
      email: `${name}@example.test`,
      emailVerifiedAt: START,
      passwordHash: "none",
      handle: name,
      displayName: name,
      legalName: name,
      dateOfBirth: "1990-01-01",
      country: "US",
      createdAt: START,
    })
    .returning({ id: persons.id });
  if (!row) throw new Error("no person");
  return row.id;
}

/** Posts in a transaction of its own, which is rolled back when the entry is refused. */
export async function postAlone(entry: entries.EntryInput): Promise<Result<Posted, LedgerRefusal>> {
  return inTransaction((tx) => post(tx, entry));
}

/** Posts and expects it to be accepted. */
export async function mustPost(entry: entries.EntryInput, tx?: Tx): Promise<Posted> {
  const result = tx ? await post(tx, entry) : await postAlone(entry);
  if (!result.ok) throw new Error(`refused: ${result.error}`);
  return result.value;
}

/** Gives a person cash by a confirmed deposit. */
export async function giveCash(
  personId: string,
  cents: bigint,
  now: Date = START,
): Promise<Posted> {
  const [row] = await getDb()
    .insert(deposits)
    .values({ personId, amountCents: cents, reference: newKey(), requestedAt: now })
    .returning();
  if (!row) throw new Error("no deposit");
  return mustPost(
    entries.depositConfirmed(actAt(now), { id: row.id, personId, arrivedCents: cents }),
  );
}

export async function makeWithdrawal(
  personId: string,
  amountCents: bigint,
): Promise<{ id: string; personId: string; amountCents: bigint }> {
  const [row] = await getDb()
    .insert(withdrawals)
    .values({ personId, amountCents, destination: "IBAN", requestedAt: START })
    .returning();
  if (!row) throw new Error("no withdrawal");
  return { id: row.id, personId, amountCents };
}

export type BareToken = { id: string; ownerId: string; logId: string };

/** A minted token of a new person. */
export async function makeToken(now: Date = START): Promise<BareToken> {
  const ownerId = await makeBarePerson();
  const text = "token agreement";
  const [agreement] = await getDb()
    .insert(agreements)
    .values({
      kind: "token",
      personId: ownerId,
      version: "1",
      text,
      textSha256: createHash("sha256").update(text).digest("hex"),
      typedLegalName: "x",
      signedAt: now,
    })
    .returning();
  if (!agreement) throw new Error("no agreement");
  const [row] = await getDb()
    .insert(tokens)
    .values({ ownerId, mintedAt: now, agreementId: agreement.id })
    .returning();
  if (!row) throw new Error("no token");
  const ownerLogId = await getLogId(getDb(), "person", ownerId);
  await mustPost(entries.tokenMinted(actAt(now), { id: row.id, ownerId, ownerLogId }));
  return { id: row.id, ownerId, logId: await getLogId(getDb(), "token", row.id) };
}

export type BareOffer = {
  id: string;
  token: BareToken;
  shares: bigint;
  parts: (entries.Part & { logId: string; shares: bigint })[];
};

/** An operator's decision that somebody may invest. */
export async function verifyBare(personId: string, decidedBy: string): Promise<void> {
  await getDb()
    .insert(investorVerifications)
    .values({
      personId,
      state: "approved",
      basis: "income",
      statement: "s",
      requestedAt: START,
      decidedAt: START,
      decidedBy,
      reason: "r",
      expiresAt: new Date("2036-01-01T00:00:00Z"),
    });
}

const START_OF_COHORT = new Date("2026-01-05T09:00:00Z");

/** An offer of one or several investors for a token's shares, open, its cash not yet in escrow. */
export async function makeBareOffer(
  token: BareToken,
  parts: { investorId: string; amountCents: bigint; shares: bigint }[],
): Promise<BareOffer> {
  serial += 1;
  const teacherId = parts[0]?.investorId ?? "";
  const db = getDb();
  const [cohort] = await db
    .insert(cohorts)
    .values({
      slug: `c${process.pid}-${serial}`,
      teacherId,
      title: "t",
      skill: "s",
      pitch: "p",
      capacity: 10,
      timeZone: "UTC",
      opensAt: START,
      closesAt: new Date(START.getTime() + 864e5),
      decisionsBy: START_OF_COHORT,
      startsAt: START_OF_COHORT,
      endsAt: new Date("2026-03-01T18:00:00Z"),
      amountCents: 100_000n,
      shares: 100_000n,
      createdAt: START,
      changedAt: START,
    })
    .returning();
  const [application] = await db
    .insert(applications)
    .values({
      cohortId: cohort?.id ?? "",
      applicantId: token.ownerId,
      formVersion: 1,
      createdAt: START,
      updatedAt: START,
    })
    .returning();
  const [enrolment] = await db
    .insert(enrolments)
    .values({
      cohortId: cohort?.id ?? "",
      personId: token.ownerId,
      applicationId: application?.id ?? "",
      enrolledAt: START,
    })
    .returning();
  for (const part of parts) await verifyBare(part.investorId, token.ownerId);
  const total = (pick: (p: (typeof parts)[number]) => bigint) =>
    parts.reduce((sum, p) => sum + pick(p), 0n);
  const [offer] = await db
    .insert(offers)
    .values({
      cohortId: cohort?.id ?? "",
      enrolmentId: enrolment?.id ?? "",
      studentId: token.ownerId,
      madeBy: teacherId,
      state: "funding",
      amountCents: total((p) => p.amountCents),
      shares: total((p) => p.shares),
      createdAt: START,
    })
    .returning();
  if (!offer) throw new Error("no offer");
  const rows = await db
    .insert(offerParts)
    .values(parts.map((p) => ({ offerId: offer.id, fundedAt: START, ...p })))
    .returning();
  await db
    .update(offers)
    .set({ state: "open", sentAt: START, expiresAt: new Date(START.getTime() + 7 * 864e5) })
    .where(eq(offers.id, offer.id));
  const made = await Promise.all(
    rows.map(async (r) => ({
      id: r.id,
      investorId: r.investorId,
      amountCents: r.amountCents,
      shares: r.shares,
      logId: await getLogId(db, "person", r.investorId),
    })),
  );
  return { id: offer.id, token, shares: offer.shares, parts: made };
}

/** Whom a bare offer's shares wait for. */
export const reservationsOf = (offer: BareOffer): entries.Reservation[] =>
  offer.parts.map((p) => ({ holderId: p.investorId, holderLogId: p.logId, shares: p.shares }));

/** The entry that signs a bare offer. */
export function signing(offer: BareOffer, act: entries.Act): entries.EntryInput {
  return entries.offerSigned(act, {
    id: offer.id,
    tokenId: offer.token.id,
    tokenLogId: offer.token.logId,
    ownerId: offer.token.ownerId,
    shares: offer.shares,
    reservations: reservationsOf(offer),
  });
}

/** The entry that settles a bare offer, without cap, sunset or finder. */
export function settling(offer: BareOffer, act: entries.Act): entries.EntryInput {
  return entries.investmentSettled(act, {
    offerId: offer.id,
    tokenId: offer.token.id,
    tokenLogId: offer.token.logId,
    tokenHandle: "somebody",
    ownerId: offer.token.ownerId,
    cohortSlug: null,
    parts: offer.parts.map((p) => ({
      ...p,
      investorLogId: p.logId,
      stakeShares: 0n,
      apart: false,
    })),
    lots: offer.parts.map((p) => ({
      lotId: randomUUID(),
      holderId: p.investorId,
      holderLogId: p.logId,
      shares: p.shares,
      costCents: p.amountCents,
      capCents: null,
      sunset: null,
      lockedUntil: null,
      finder: false,
    })),
  });
}
