import { and, asc, count, eq, isNotNull, isNull, min } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { getDb } from "#db/client.server";
import { deposits, persons, withdrawals } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { mayLookAt } from "~/auth/permissions";
import { isId } from "~/lib/ids";

const who = {
  personId: persons.id,
  displayName: persons.displayName,
  legalName: persons.legalName,
  handle: persons.handle,
};

/** The operator who recorded what the second is to confirm. */
const firstOperator = alias(persons, "first_operator");

/** How many things wait in a queue of the desk, and since when the oldest does. */
export type Waiting = { waiting: number; since: Date | null };

/** What a queue holds: what no operator has recorded yet, or what waits for the second. */
export type Turn = "first" | "second";
const turnIs = (turn: Turn, firstBy: typeof deposits.firstBy | typeof withdrawals.firstBy) =>
  turn === "first" ? isNull(firstBy) : isNotNull(firstBy);

/** Deposits that wait for an operator, the oldest first. For operators alone: the caller has asked. */
export async function listDepositsToDecide(turn: Turn, limit = 100) {
  return getDb()
    .select({
      id: deposits.id,
      amountCents: deposits.amountCents,
      reference: deposits.reference,
      requestedAt: deposits.requestedAt,
      firstBy: deposits.firstBy,
      firstAt: deposits.firstAt,
      ...who,
    })
    .from(deposits)
    .innerJoin(persons, eq(persons.id, deposits.personId))
    .where(and(eq(deposits.state, "requested"), turnIs(turn, deposits.firstBy)))
    .orderBy(asc(deposits.requestedAt))
    .limit(limit);
}

/** Withdrawals that wait to be paid, the oldest first. For operators alone: the caller has asked. */
export async function listWithdrawalsToDecide(turn: Turn, limit = 100) {
  return getDb()
    .select({
      id: withdrawals.id,
      amountCents: withdrawals.amountCents,
      requestedAt: withdrawals.requestedAt,
      firstBy: withdrawals.firstBy,
      firstAt: withdrawals.firstAt,
      ...who,
    })
    .from(withdrawals)
    .innerJoin(persons, eq(persons.id, withdrawals.personId))
    .where(and(eq(withdrawals.state, "requested"), turnIs(turn, withdrawals.firstBy)))
    .orderBy(asc(withdrawals.requestedAt))
    .limit(limit);
}

/** How many deposits and withdrawals wait for the first operator, or for the second. */
export async function countMoneyToDecide(
  turn: Turn,
): Promise<{ deposits: Waiting; withdrawals: Waiting }> {
  const db = getDb();
  const [ins] = await db
    .select({ waiting: count(), since: min(deposits.requestedAt) })
    .from(deposits)
    .where(and(eq(deposits.state, "requested"), turnIs(turn, deposits.firstBy)));
  const [outs] = await db
    .select({ waiting: count(), since: min(withdrawals.requestedAt) })
    .from(withdrawals)
    .where(and(eq(withdrawals.state, "requested"), turnIs(turn, withdrawals.firstBy)));
  const none = { waiting: 0, since: null };
  return { deposits: ins ?? none, withdrawals: outs ?? none };
}

/** One deposit for the operator who decides it; null where there is none, or where it is the operator's own. */
export async function findDepositToDecide(actor: Actor, id: string | undefined) {
  if (!isId(id)) return null;
  const [row] = await getDb()
    .select({ deposit: deposits, first: firstOperator.displayName, ...who })
    .from(deposits)
    .innerJoin(persons, eq(persons.id, deposits.personId))
    .leftJoin(firstOperator, eq(firstOperator.id, deposits.firstBy))
    .where(eq(deposits.id, id));
  return row && mayLookAt(actor, "deposit.decide", { person: row.personId }) ? row : null;
}

/** One withdrawal for the operator who decides it; null where there is none, or where it is the operator's own. */
export async function findWithdrawalToDecide(actor: Actor, id: string | undefined) {
  if (!isId(id)) return null;
  const [row] = await getDb()
    .select({ withdrawal: withdrawals, first: firstOperator.displayName, ...who })
    .from(withdrawals)
    .innerJoin(persons, eq(persons.id, withdrawals.personId))
    .leftJoin(firstOperator, eq(firstOperator.id, withdrawals.firstBy))
    .where(eq(withdrawals.id, id));
  return row && mayLookAt(actor, "withdrawal.decide", { person: row.personId }) ? row : null;
}
