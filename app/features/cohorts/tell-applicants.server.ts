import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applications, persons } from "#db/schema/index";
import { enqueueMails } from "#emails/outbox.server";
import { formatInstant } from "~/lib/dates";
import type { Cohort } from "./queries.server";

/** Who has begun or sent an application that they have not withdrawn, with what messages need of them. */
async function listApplicants(tx: Tx, cohortId: string) {
  return tx
    .select({ personId: persons.id, email: persons.email, name: persons.displayName })
    .from(applications)
    .innerJoin(persons, eq(persons.id, applications.applicantId))
    .where(and(eq(applications.cohortId, cohortId), ne(applications.state, "withdrawn")));
}

/** Tells applicants, and those who have a place, a cohort's new schedule. Answers how many. */
export async function tellOfSchedule(tx: Tx, cohort: Cohort, now: Date): Promise<number> {
  const people = await listApplicants(tx, cohort.id);
  const read = (date: Date) => formatInstant(date, cohort.timeZone);
  const schedule = {
    closes: read(cohort.closesAt),
    decisions: read(cohort.decisionsBy),
    starts: read(cohort.startsAt),
    ends: read(cohort.endsAt),
  };
  await enqueueMails(
    tx,
    "cohort-rescheduled",
    people.map(({ personId, email, name }) => ({
      to: { personId, email },
      props: { name, cohort: cohort.title, ...schedule, path: `/cohorts/${cohort.slug}` },
    })),
    now,
  );
  return people.length;
}

/** Tells applicants, those with a place, and the others who work on it, that a cohort is cancelled, and why. Answers how many. */
export async function tellOfCancelling(
  tx: Tx,
  cohort: Cohort,
  told: {
    by: string;
    reason: string;
    staff: readonly { id: string; email: string; displayName: string }[];
  },
  now: Date,
): Promise<number> {
  const people = [
    ...(await listApplicants(tx, cohort.id)),
    ...told.staff.map(({ id, email, displayName }) => ({
      ...{ personId: id, email, name: displayName },
    })),
  ];
  await enqueueMails(
    tx,
    "cohort-cancelled",
    people.map(({ personId, email, name }) => ({
      to: { personId, email },
      props: {
        name,
        cohort: cohort.title,
        teacher: told.by,
        reason: told.reason,
        path: cohort.publishedAt ? `/cohorts/${cohort.slug}` : "/cohorts",
      },
    })),
    now,
  );
  return people.length;
}
