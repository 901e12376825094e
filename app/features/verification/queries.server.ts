import { and, asc, count, desc, eq, gt, min } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { investorVerifications, persons } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { mayLookAt } from "~/auth/permissions";
import { utcDay } from "~/lib/dates";
import { isId } from "~/lib/ids";

/** Whether a person is a verified investor at `now`: an operator approved them and the approval has not run out (T18). */
export async function isVerifiedInvestor(
  db: Queryable,
  personId: string,
  now: Date,
): Promise<boolean> {
  const [row] = await db
    .select({ id: investorVerifications.id })
    .from(investorVerifications)
    .where(
      and(
        eq(investorVerifications.personId, personId),
        eq(investorVerifications.state, "approved"),
        gt(investorVerifications.expiresAt, now),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** How a person stands as an investor at `now`: until which day they are verified, and their requests, newest first. */
export async function getStanding(actor: Actor, now: Date) {
  const rows = await getDb()
    .select()
    .from(investorVerifications)
    .where(eq(investorVerifications.personId, actor.id))
    .orderBy(desc(investorVerifications.requestedAt));
  const ends = rows.flatMap((row) =>
    row.expiresAt && row.expiresAt > now ? [row.expiresAt.getTime()] : [],
  );
  return {
    // The last day on which it holds: it ends at that day's midnight.
    verifiedUntil: ends.length > 0 ? utcDay(new Date(Math.max(...ends) - 1)) : null,
    waiting: rows.some((row) => row.state === "requested"),
    requests: rows.map((row) => ({
      id: row.id,
      state: row.state,
      askedOn: utcDay(row.requestedAt),
      reason: row.reason,
    })),
  };
}

const withPerson = {
  id: investorVerifications.id,
  state: investorVerifications.state,
  basis: investorVerifications.basis,
  statement: investorVerifications.statement,
  requestedAt: investorVerifications.requestedAt,
  decidedAt: investorVerifications.decidedAt,
  reason: investorVerifications.reason,
  expiresAt: investorVerifications.expiresAt,
  personId: persons.id,
  displayName: persons.displayName,
  legalName: persons.legalName,
  country: persons.country,
  handle: persons.handle,
};

/** Requests that wait for an operator, the oldest first. */
export async function listVerificationsToDecide(limit = 100) {
  return getDb()
    .select(withPerson)
    .from(investorVerifications)
    .innerJoin(persons, eq(persons.id, investorVerifications.personId))
    .where(eq(investorVerifications.state, "requested"))
    .orderBy(asc(investorVerifications.requestedAt))
    .limit(limit);
}

/** How many requests wait for an operator, and since when the oldest does. */
export async function countVerificationsToDecide(): Promise<{
  waiting: number;
  since: Date | null;
}> {
  const [row] = await getDb()
    .select({ waiting: count(), since: min(investorVerifications.requestedAt) })
    .from(investorVerifications)
    .where(eq(investorVerifications.state, "requested"));
  return { waiting: row?.waiting ?? 0, since: row?.since ?? null };
}

/** One request for the operator who decides it; null where there is none, or where it is the operator's own. */
export async function findVerificationToDecide(actor: Actor, id: string | undefined) {
  if (!isId(id)) return null;
  const [row] = await getDb()
    .select(withPerson)
    .from(investorVerifications)
    .innerJoin(persons, eq(persons.id, investorVerifications.personId))
    .where(eq(investorVerifications.id, id));
  if (!row || !mayLookAt(actor, "verification.decide", { person: row.personId })) return null;
  return row;
}
