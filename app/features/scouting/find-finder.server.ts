import { and, eq, gt, gte, lt } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { applications, persons, referrals } from "#db/schema/index";
import { listStaffOf } from "~/features/cohorts/teachers.server";
import { hadApplied, listCountedAs } from "./conflicts.server";
import { ledTo } from "./rules";

/** Whether the person submitted an application within the time that a referral gives for it. */
export async function hasAppliedInTime(
  db: Queryable,
  referral: { sentAt: Date; applyBy: Date },
  talentId: string,
): Promise<boolean> {
  const rows = await db
    .select({ id: applications.id })
    .from(applications)
    .where(
      and(
        eq(applications.applicantId, talentId),
        gte(applications.submittedAt, referral.sentAt),
        lt(applications.submittedAt, referral.applyBy),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/**
 * The scout who gets the finder's stake of an offer made now to that applicant: confirmed by them, in time for the
 * application and for the investment (T21). Null where there is none, where the applicant had applied there before it, or where the
 * scout, or who counts as them, works on this cohort.
 */
export async function findFinder(
  db: Queryable,
  application: { applicantId: string; cohortId: string; submittedAt: Date | null },
  now: Date,
): Promise<{ id: string; displayName: string; handle: string } | null> {
  const [found] = await db
    .select({
      referral: referrals,
      id: persons.id,
      displayName: persons.displayName,
      handle: persons.handle,
    })
    .from(referrals)
    .innerJoin(persons, eq(persons.id, referrals.scoutId))
    .where(
      and(
        eq(referrals.talentId, application.applicantId),
        eq(referrals.state, "confirmed"),
        gt(referrals.investBy, now),
      ),
    );
  if (!found || !ledTo(found.referral, application.submittedAt)) return null;
  const { applicantId: talentId, cohortId } = application;
  if (await hadApplied(db, { talentId, cohortId, before: found.referral.sentAt })) return null;
  const staff = await listStaffOf(application.cohortId, db);
  const scouts = await listCountedAs(db, found.id);
  return staff.some(({ id }) => scouts.includes(id))
    ? null
    : { id: found.id, displayName: found.displayName, handle: found.handle };
}
