import { and, asc, count, eq, inArray } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { applications, cohorts, enrolments, outbox } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { answerPlace } from "~/features/decisions/answer-place.server";
import { beginRelease } from "~/features/decisions/begin-release.server";
import { decideApplications } from "~/features/decisions/decide-applications.server";
import { type Cohort, day, decideNow, key } from "./deals";
import { makeApplications } from "./many-applications";
import { makeReview } from "./reviewing";

/** A call on day 11, unless another instant is given. */
export const call = (actor: Actor, input: unknown, now = day(11)) => ({
  actor,
  input,
  idempotencyKey: key(),
  now,
});
/** A teacher decides, on day 11. */
export const decide = (
  actor: Actor,
  cohort: Cohort,
  applicationIds: string[],
  kind: string,
  more: Record<string, string> = {},
) => decideApplications(call(actor, { cohortId: cohort.cohortId, applicationIds, kind, ...more }));
/** Begins a release, of what was seen or of whatever is pending. */
export const begin = (actor: Actor, cohort: Cohort, seen?: string) =>
  beginRelease(call(actor, { cohortId: cohort.cohortId, ...(seen === undefined ? {} : { seen }) }));
/** An applicant answers their place, on day 12. */
export const answer = (actor: Actor, applicationId: string, said: string, now = day(12)) =>
  answerPlace(call(actor, { applicationId, answer: said }, now));
/** Changes what a cohort says, past its commands. */
export const setCohort = (cohort: Cohort, set: Partial<typeof cohorts.$inferInsert>) =>
  getDb().update(cohorts).set(set).where(eq(cohorts.id, cohort.cohortId));
/** The states of applications, in the order of the ids. */
export const states = async (ids: readonly string[]) => {
  const rows = await getDb()
    .select()
    .from(applications)
    .where(inArray(applications.id, [...ids]));
  return ids.map((id) => rows.find((row) => row.id === id)?.state);
};
/** The messages about decisions that a person got, oldest first. */
export async function told(person: Actor | undefined) {
  const rows = await getDb()
    .select()
    .from(outbox)
    .where(eq(outbox.personId, person?.id ?? ""))
    .orderBy(asc(outbox.createdAt));
  return rows.filter(({ template }) => template !== "application-submitted");
}
/** How many places of a cohort are taken. */
export const placesOf = async (cohort: Cohort) => {
  const [row] = await getDb()
    .select({ n: count() })
    .from(enrolments)
    .where(
      and(
        eq(enrolments.cohortId, cohort.cohortId),
        inArray(enrolments.state, ["offered", "confirmed"]),
      ),
    );
  return row?.n ?? 0;
};

/** So many applications at once, without the ceremony of each. */
export async function makeMany(size: number) {
  const { teacher, cohort, ids } = await makeReview({ reviewers: 0, applicants: 1 });
  return { teacher, cohort, ids: [...ids, ...(await makeApplications(cohort, size - 1))] };
}

/** Places given and waitlisted on day 11, with 48 hours to confirm. */
export async function makeWaiting(size = { places: 2, waiting: 3 }) {
  const made = await makeReview(
    { reviewers: 0, applicants: size.places + size.waiting },
    { capacity: String(size.places) },
  );
  await setCohort(made.cohort, { confirmHours: 48 });
  // All applied at the same instant and none is scored: they wait in the order of their ids.
  const pairs = made.ids.map((id, at) => ({ id, student: made.students[at] }));
  pairs.sort((a, b) => (a.id < b.id ? -1 : 1));
  const ids = pairs.map(({ id }) => id);
  const students = pairs.map(({ student }) => student);
  const kinds = ids.map((id, at) => [id, at < size.places ? "admit" : "waitlist"] as const);
  await decideNow(made.teacher, made.cohort.cohortId, Object.fromEntries(kinds), "");
  return { ...made, ids, students };
}
