import { and, asc, eq, gt, isNull, lte, sql } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import { cohorts, enrolments, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand } from "~/auth/command.server";
import { formatInstant } from "~/lib/dates";
import { REMIND_FROM_HOURS, remindAtOf, remindUntil } from "./rules";
import { remindPlaceInput } from "./schema";

/** Places of which a reminder is due and was not sent, the first to lapse first; of cohorts that were not cancelled. */
export async function listToRemind(
  now: Date,
  limit: number,
  db: Queryable = getDb(),
): Promise<string[]> {
  const rows = await db
    .select({ id: enrolments.id })
    .from(enrolments)
    .innerJoin(cohorts, eq(cohorts.id, enrolments.cohortId))
    .where(
      and(
        eq(enrolments.state, "offered"),
        isNull(enrolments.remindedAt),
        gt(enrolments.confirmBy, now),
        lte(enrolments.confirmBy, remindUntil(now)),
        sql`${enrolments.confirmBy} - ${enrolments.enrolledAt} >= make_interval(hours => ${REMIND_FROM_HOURS})`,
        eq(cohorts.state, "published"),
      ),
    )
    .orderBy(asc(enrolments.confirmBy), asc(enrolments.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/**
 * The platform reminds an applicant, once, of a place that lapses within 24 hours. One that was answered or reminded of meanwhile, has
 * lapsed, was given for less than 48 hours or is of a cancelled cohort is left. Holds the place's row. Refusals: `not_found`, `not_due`.
 */
export const remindPlace = defineCommand({
  name: "remind-place",
  action: "place.remind",
  input: remindPlaceInput,
  async run(tx, context) {
    context.authorise({});
    const { input, now } = context;
    const [place] = await tx
      .select()
      .from(enrolments)
      .where(eq(enrolments.id, input.enrolmentId))
      .for("update");
    if (!place) return context.refuse({ code: "not_found" });
    const { confirmBy } = place;
    const remindAt = remindAtOf(place);
    const waits = place.state === "offered" && !place.remindedAt;
    if (!waits || !confirmBy || !remindAt || now >= confirmBy) return { reminded: false };
    if (now < remindAt) context.refuse({ code: "not_due" });
    const to = await findApplicant(tx, place);
    if (to.cohort.state !== "published") return { reminded: false };
    await tx.update(enrolments).set({ remindedAt: now }).where(eq(enrolments.id, place.id));
    const by = formatInstant(confirmBy, to.cohort.timeZone);
    const utc = formatInstant(confirmBy, "UTC");
    await enqueueMail(tx, {
      to: { personId: place.personId, email: to.email },
      template: "place-to-confirm",
      props: {
        ...{ name: to.name, cohort: to.cohort.title, by, utc: utc === by ? "" : utc },
        path: `/applications/${place.applicationId}`,
      },
      now,
    });
    return { reminded: true };
  },
});

async function findApplicant(tx: Tx, place: typeof enrolments.$inferSelect) {
  const [row] = await tx
    .select({ cohort: cohorts, name: persons.displayName, email: persons.email })
    .from(persons)
    .innerJoin(cohorts, eq(cohorts.id, place.cohortId))
    .where(eq(persons.id, place.personId));
  if (!row) throw new Error("an applicant vanished");
  return row;
}
