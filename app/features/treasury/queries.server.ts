import { and, asc, desc, eq, inArray, or, sql } from "drizzle-orm";
import { getDb } from "#db/client.server";
import {
  accounts,
  deposits,
  gains,
  offerParts,
  offers,
  persons,
  tokens,
  withdrawals,
} from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { type Refusal, refuseInput } from "~/auth/command.server";
import { USD } from "~/ledger/entries";
import { getBalance } from "~/ledger/read.server";
import { formatCents } from "~/lib/money";
import { err, ok, type Result } from "~/lib/result";
import { findHold } from "./hold.server";
import { differenceOf } from "./rules";
import {
  depositDecisionSchema,
  depositSchema,
  withdrawalDecisionSchema,
  withdrawalSchema,
} from "./schema";

/** A person's money on the platform, in cents: what they can use, and what waits in escrow for what. */
export async function getWallet(actor: Actor) {
  const db = getDb();
  const cashCents = await getBalance(db, "cash", actor.id);
  const held = await db
    .select({
      cents: accounts.balance,
      offerId: offers.id,
      state: offers.state,
      student: persons.displayName,
    })
    .from(accounts)
    .innerJoin(offerParts, eq(offerParts.id, accounts.ownerId))
    .innerJoin(offers, eq(offers.id, offerParts.offerId))
    .innerJoin(persons, eq(persons.id, offers.studentId))
    .where(
      and(
        eq(accounts.purpose, "escrow"),
        eq(accounts.asset, USD),
        eq(offerParts.investorId, actor.id),
        sql`${accounts.balance} > 0`,
      ),
    )
    .orderBy(asc(offers.createdAt));
  const leaving = await db
    .select({ cents: sql<string>`coalesce(sum(${withdrawals.amountCents}), 0)` })
    .from(withdrawals)
    .where(and(eq(withdrawals.personId, actor.id), eq(withdrawals.state, "requested")));
  const withdrawalCents = BigInt(leaving[0]?.cents ?? 0);
  const offerCents = held.reduce((sum, row) => sum + (row.cents ?? 0n), 0n);
  return {
    cashCents,
    withdrawalCents,
    offerCents,
    escrowCents: withdrawalCents + offerCents,
    held,
  };
}

/** A person's own deposits, those that wait first, then the newest. */
export async function listDepositsOf(actor: Actor, limit = 20) {
  return getDb()
    .select()
    .from(deposits)
    .where(eq(deposits.personId, actor.id))
    .orderBy(sql`${deposits.state} <> 'requested'`, desc(deposits.requestedAt))
    .limit(limit);
}

/** A person's own withdrawals, those that wait first, then the newest. */
export async function listWithdrawalsOf(actor: Actor, limit = 20) {
  return getDb()
    .select()
    .from(withdrawals)
    .where(eq(withdrawals.personId, actor.id))
    .orderBy(sql`${withdrawals.state} <> 'requested'`, desc(withdrawals.requestedAt))
    .limit(limit);
}

/** Announcing a deposit, read but not done. Refuses `invalid_input`. */
export function previewDeposit(
  input: unknown,
): Result<{ amountCents: bigint; reference: string }, Refusal> {
  const parsed = depositSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  return ok({ amountCents: parsed.data.amount, reference: parsed.data.reference });
}

/** What a withdrawal would move, nothing being moved. Refuses `invalid_input`, `withdrawals_held` and `insufficient_balance` (on `amount`). */
export async function previewWithdrawal(
  actor: Actor,
  input: unknown,
  now: Date,
): Promise<Result<{ amountCents: bigint; destination: string; afterCents: bigint }, Refusal>> {
  const parsed = withdrawalSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const hold = await findHold(getDb(), actor.id, now);
  if (hold) return err({ code: "withdrawals_held", facts: hold });
  const cashCents = await getBalance(getDb(), "cash", actor.id);
  const { amount, destination } = parsed.data;
  if (amount > cashCents) return err({ code: "insufficient_balance", field: "amount" });
  return ok({ amountCents: amount, destination, afterCents: cashCents - amount });
}

/** Who an offer is between, by the id of the offer or of one of its parts: what statement lines are about. */
export async function listOffersAbout(ids: string[]) {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map<string, { offerId: string; student: string }>();
  const rows = await getDb()
    .select({ partId: offerParts.id, offerId: offers.id, student: persons.displayName })
    .from(offers)
    .innerJoin(offerParts, eq(offerParts.offerId, offers.id))
    .innerJoin(persons, eq(persons.id, offers.studentId))
    .where(or(inArray(offers.id, wanted), inArray(offerParts.id, wanted)));
  return new Map(
    rows.flatMap(({ partId, ...about }) => [
      [partId, about] as const,
      [about.offerId, about] as const,
    ]),
  );
}

/** Whose gains these are, by the gain's id: their public page shows each of them. */
export async function listGainsAbout(ids: string[]) {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0)
    return new Map<string, { ownerId: string; owner: string; handle: string }>();
  const rows = await getDb()
    .select({
      gainId: gains.id,
      ownerId: persons.id,
      owner: persons.displayName,
      handle: persons.handle,
    })
    .from(gains)
    .innerJoin(tokens, eq(tokens.id, gains.tokenId))
    .innerJoin(persons, eq(persons.id, tokens.ownerId))
    .where(inArray(gains.id, wanted));
  return new Map(rows.map(({ gainId, ...about }) => [gainId, about] as const));
}

/** What an operator's decision on a deposit would do; null for what does not apply. Refuses `invalid_input`. */
export function previewDepositDecision(
  announcedCents: bigint,
  input: unknown,
): Result<{ arrived: string | null; difference: string; reason: string | null }, Refusal> {
  const parsed = depositDecisionSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const decision = parsed.data;
  if (decision.decision === "refuse")
    return ok({ arrived: null, difference: "", reason: decision.reason });
  return ok({
    arrived: formatCents(decision.arrived),
    difference: differenceOf(announcedCents, decision.arrived),
    reason: null,
  });
}

/** What an operator's decision on a withdrawal says; `reason` is null where it is paid. Refuses `invalid_input`. */
export function previewWithdrawalDecision(
  input: unknown,
): Result<{ reason: string | null }, Refusal> {
  const parsed = withdrawalDecisionSchema.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  return ok({ reason: parsed.data.decision === "refuse" ? parsed.data.reason : null });
}
