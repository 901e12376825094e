import { asc, count, desc, eq, lt, min } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { auditEvents, deposits, persons, withdrawals } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { isId } from "~/lib/ids";

const who = {
  personId: persons.id,
  displayName: persons.displayName,
  legalName: persons.legalName,
  handle: persons.handle,
};

/** How many things wait in a queue of the desk, and since when the oldest does. */
export type Waiting = { waiting: number; since: Date | null };

/** Deposits that wait for an operator, the oldest first. For operators alone: the caller has asked. */
export async function listDepositsToDecide(limit = 100) {
  return getDb()
    .select({
      id: deposits.id,
      amountCents: deposits.amountCents,
      reference: deposits.reference,
      requestedAt: deposits.requestedAt,
      ...who,
    })
    .from(deposits)
    .innerJoin(persons, eq(persons.id, deposits.personId))
    .where(eq(deposits.state, "requested"))
    .orderBy(asc(deposits.requestedAt))
    .limit(limit);
}

/** Withdrawals that wait to be paid, the oldest first. For operators alone: the caller has asked. */
export async function listWithdrawalsToDecide(limit = 100) {
  return getDb()
    .select({
      id: withdrawals.id,
      amountCents: withdrawals.amountCents,
      requestedAt: withdrawals.requestedAt,
      ...who,
    })
    .from(withdrawals)
    .innerJoin(persons, eq(persons.id, withdrawals.personId))
    .where(eq(withdrawals.state, "requested"))
    .orderBy(asc(withdrawals.requestedAt))
    .limit(limit);
}

/** How many deposits and withdrawals wait. */
export async function countMoneyToDecide(): Promise<{ deposits: Waiting; withdrawals: Waiting }> {
  const db = getDb();
  const [ins] = await db
    .select({ waiting: count(), since: min(deposits.requestedAt) })
    .from(deposits)
    .where(eq(deposits.state, "requested"));
  const [outs] = await db
    .select({ waiting: count(), since: min(withdrawals.requestedAt) })
    .from(withdrawals)
    .where(eq(withdrawals.state, "requested"));
  const none = { waiting: 0, since: null };
  return { deposits: ins ?? none, withdrawals: outs ?? none };
}

/** One deposit for the operator who decides it; null where there is none, or where it is the operator's own. */
export async function findDepositToDecide(actor: Actor, id: string | undefined) {
  if (!isId(id)) return null;
  const [row] = await getDb()
    .select({ deposit: deposits, ...who })
    .from(deposits)
    .innerJoin(persons, eq(persons.id, deposits.personId))
    .where(eq(deposits.id, id));
  return row && !denial(actor, "deposit.decide", { person: row.personId }) ? row : null;
}

/** One withdrawal for the operator who decides it; null where there is none, or where it is the operator's own. */
export async function findWithdrawalToDecide(actor: Actor, id: string | undefined) {
  if (!isId(id)) return null;
  const [row] = await getDb()
    .select({ withdrawal: withdrawals, ...who })
    .from(withdrawals)
    .innerJoin(persons, eq(persons.id, withdrawals.personId))
    .where(eq(withdrawals.id, id));
  return row && !denial(actor, "withdrawal.decide", { person: row.personId }) ? row : null;
}

/**
 * Audit events, newest first, older than the id `olderThan` if that is given; `before` asks for the next page. For
 * operators alone: the caller has asked.
 */
export async function listAuditEvents(olderThan: string | null, limit = 100) {
  const older =
    olderThan && /^\d{1,18}$/.test(olderThan) ? lt(auditEvents.id, BigInt(olderThan)) : undefined;
  const rows = await getDb()
    .select({
      id: auditEvents.id,
      at: auditEvents.at,
      action: auditEvents.action,
      subjectType: auditEvents.subjectType,
      subjectId: auditEvents.subjectId,
      data: auditEvents.data,
      actor: persons.displayName,
    })
    .from(auditEvents)
    .leftJoin(persons, eq(persons.id, auditEvents.actorId))
    .where(older)
    .orderBy(desc(auditEvents.id))
    .limit(limit + 1);
  const events = rows.slice(0, limit);
  return { events, before: rows.length > limit ? String(events.at(-1)?.id) : null };
}
