import { randomInt } from "node:crypto";
import { and, asc, count, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import { cohorts, persons, referrals, scoutLinks } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { type Context, defineCommand } from "~/auth/command.server";
import { addDaysToInstant, type Deadline, deadlineOf, formatDate } from "~/lib/dates";
import { dayBegunEverywhere, isOfAge } from "~/lib/signing";
import { z } from "~/lib/zod";
import { policy } from "~/policy";
import { cohortField } from "./schema";

/** Letters and digits that nobody takes for one another; about 60 bits in twelve of them. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const newCode = (): string =>
  Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join("");

const isLive = (now: Date) => and(isNull(scoutLinks.revokedAt), gt(scoutLinks.expiresAt, now));

/**
 * A scout makes a link of their own, for a cohort or for any. It lasts some days (`scoutLinkDays`), for a cohort until its applications
 * close, if that is earlier. Holds the scout's row. Refusals: `under_age`, `too_many_links`; on `cohortId` `not_found`, `closed`.
 */
export const makeScoutLink = defineCommand({
  name: "make-scout-link",
  action: "referral.send",
  input: z.object({ cohortId: cohortField }),
  async run(tx, context) {
    const { input, now, person } = context;
    context.authorise({ person: person.id });
    const [scout] = await tx.select().from(persons).where(eq(persons.id, person.id)).for("update");
    if (!scout) throw new Error("a scout vanished");
    if (!isOfAge(scout, dayBegunEverywhere(now))) context.refuse({ code: "under_age" });
    const live = await tx.$count(scoutLinks, and(eq(scoutLinks.scoutId, scout.id), isLive(now)));
    if (live >= policy.scoutLinksLive.value) context.refuse({ code: "too_many_links" });
    const expiresAt = await endOf(tx, context, input.cohortId);
    const link = { scoutId: scout.id, code: newCode(), cohortId: input.cohortId };
    const [made] = await tx
      .insert(scoutLinks)
      .values({ ...link, madeAt: now, expiresAt })
      .returning({ id: scoutLinks.id });
    if (!made) throw new Error("a link vanished");
    return { linkId: made.id, code: link.code };
  },
});

async function endOf<I>(tx: Tx, context: Context<I>, cohortId: string | null): Promise<Date> {
  const end = addDaysToInstant(context.now, policy.scoutLinkDays.value);
  if (!cohortId) return end;
  const [cohort] = await tx
    .select({ closesAt: cohorts.closesAt })
    .from(cohorts)
    .where(and(eq(cohorts.id, cohortId), eq(cohorts.state, "published")));
  if (!cohort) return context.refuse({ code: "not_found" });
  if (cohort.closesAt <= context.now) context.refuse({ code: "closed", field: "cohortId" });
  return cohort.closesAt < end ? cohort.closesAt : end;
}

/** A scout ends a link of their own: nobody more comes by it; what it brought stays. Refusals: `not_found`, `link_over`. */
export const revokeScoutLink = defineCommand({
  name: "revoke-scout-link",
  action: "referral.send",
  input: z.object({ linkId: z.uuid() }),
  async run(tx, context) {
    const [link] = await tx
      .select()
      .from(scoutLinks)
      .where(eq(scoutLinks.id, context.input.linkId))
      .for("update");
    if (!link) return context.refuse({ code: "not_found" });
    context.authorise({ person: link.scoutId });
    if (link.revokedAt || link.expiresAt <= context.now) context.refuse({ code: "link_over" });
    await tx.update(scoutLinks).set({ revokedAt: context.now }).where(eq(scoutLinks.id, link.id));
    return { linkId: link.id };
  },
});

export type MyLink = {
  id: string;
  code: string;
  cohort: string | null;
  madeOn: string;
  until: Deadline;
  live: boolean;
  confirmed: number;
};

/** The asker's links, the latest first, each with how many talents confirmed them by it. */
export async function listMyLinks(
  actor: Actor,
  now: Date,
  db: Queryable = getDb(),
): Promise<MyLink[]> {
  const rows = await db
    .select({ link: scoutLinks, cohort: cohorts.title, confirmed: count(referrals.id) })
    .from(scoutLinks)
    .leftJoin(cohorts, eq(cohorts.id, scoutLinks.cohortId))
    .leftJoin(referrals, eq(referrals.linkId, scoutLinks.id))
    .where(eq(scoutLinks.scoutId, actor.id))
    .groupBy(scoutLinks.id, cohorts.id)
    .orderBy(desc(scoutLinks.madeAt), asc(scoutLinks.id))
    .limit(100);
  return rows.map(({ link, cohort, confirmed }) => ({
    ...{ id: link.id, code: link.code, cohort, confirmed },
    madeOn: formatDate(link.madeAt),
    until: deadlineOf(link.expiresAt, "UTC", now),
    live: !link.revokedAt && link.expiresAt > now,
  }));
}

export type LinkShown = {
  live: boolean;
  scoutId: string;
  scoutName: string;
  scoutHandle: string;
  until: Deadline;
  cohort: { title: string; slug: string; stake: string } | null;
};

/** What whoever follows a link sees: whose it is, for which cohort, whether it is still taken. Null for a code that there never was. */
export async function findLink(
  code: string,
  now: Date,
  db: Queryable = getDb(),
): Promise<LinkShown | null> {
  const [row] = await db
    .select({
      link: scoutLinks,
      name: persons.displayName,
      handle: persons.handle,
      title: cohorts.title,
      slug: cohorts.slug,
      bps: cohorts.finderStakeBps,
      cancelled: sql<boolean>`${cohorts.state} = 'cancelled'`,
    })
    .from(scoutLinks)
    .innerJoin(persons, eq(persons.id, scoutLinks.scoutId))
    .leftJoin(cohorts, eq(cohorts.id, scoutLinks.cohortId))
    .where(eq(scoutLinks.code, code));
  if (!row) return null;
  const { link, title, slug, bps } = row;
  return {
    live: !link.revokedAt && link.expiresAt > now && !row.cancelled,
    ...{ scoutId: link.scoutId, scoutName: row.name, scoutHandle: row.handle },
    until: deadlineOf(link.expiresAt, "UTC", now),
    cohort: title && slug ? { title, slug, stake: `${(bps ?? 0) / 100}%` } : null,
  };
}
