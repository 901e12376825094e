import { and, asc, count, eq, gt, isNull, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { applications, cohorts, offerParts, offers, persons } from "#db/schema/index";
import { staffs } from "~/features/cohorts/teachers.server";

/** What waits for a person to act: offers to answer, parts to fund, drafts to finish, applications to read by cohort. */
export async function getWaiting(personId: string, now: Date, db: Queryable = getDb()) {
  const [openOffers, parts, drafts, toReview] = await Promise.all([
    db
      .select({ id: offers.id, cohort: cohorts.title, expiresAt: offers.expiresAt })
      .from(offers)
      .innerJoin(cohorts, eq(cohorts.id, offers.cohortId))
      .where(
        and(eq(offers.studentId, personId), eq(offers.state, "open"), gt(offers.expiresAt, now)),
      )
      .orderBy(asc(offers.expiresAt)),
    listPartsToFund(personId, now, db),
    db
      .select({ slug: cohorts.slug, cohort: cohorts.title, closesAt: cohorts.closesAt })
      .from(applications)
      .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
      .where(
        and(
          eq(applications.applicantId, personId),
          eq(applications.state, "draft"),
          gt(cohorts.closesAt, now),
        ),
      )
      .orderBy(asc(cohorts.closesAt)),
    db
      .select({ slug: cohorts.slug, cohort: cohorts.title, applications: count() })
      .from(applications)
      .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
      .where(and(staffs(personId), eq(applications.state, "submitted")))
      .groupBy(cohorts.id, cohorts.slug, cohorts.title, cohorts.closesAt)
      .orderBy(asc(cohorts.closesAt)),
  ]);
  return { openOffers, parts, drafts, toReview };
}

/** Parts of others' and own offers that this person has neither funded nor declined yet, the nearest deadline first. */
async function listPartsToFund(personId: string, now: Date, db: Queryable) {
  return db
    .select({
      offerId: offers.id,
      student: persons.displayName,
      amountCents: sql<string>`${offerParts.amountCents}::text`,
      fundsBy: offers.fundsBy,
    })
    .from(offerParts)
    .innerJoin(offers, eq(offers.id, offerParts.offerId))
    .innerJoin(persons, eq(persons.id, offers.studentId))
    .where(
      and(
        eq(offerParts.investorId, personId),
        isNull(offerParts.fundedAt),
        isNull(offerParts.declinedAt),
        eq(offers.state, "funding"),
        gt(offers.fundsBy, now),
      ),
    )
    .orderBy(asc(offers.fundsBy));
}

/** What is under way and asks nothing of the person now: agreements that cool off, applications that are being read. */
export async function getUnderWay(personId: string, db: Queryable = getDb()) {
  const [settling, sent] = await Promise.all([
    db
      .select({ id: offers.id, cohort: cohorts.title, settlesAt: offers.settlesAt })
      .from(offers)
      .innerJoin(cohorts, eq(cohorts.id, offers.cohortId))
      .where(
        and(
          eq(offers.state, "signed"),
          sql`(${offers.studentId} = ${personId} or exists (select 1 from ${offerParts}
            where ${offerParts.offerId} = ${offers.id} and ${offerParts.investorId} = ${personId}))`,
        ),
      )
      .orderBy(asc(offers.settlesAt)),
    db
      .select({ id: applications.id, cohort: cohorts.title })
      .from(applications)
      .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
      .where(and(eq(applications.applicantId, personId), eq(applications.state, "submitted")))
      .orderBy(asc(applications.submittedAt)),
  ]);
  return { settling, sent };
}
