import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { investorVerifications, persons } from "#db/schema/index";
import { type Actor, SYSTEM } from "~/auth/actor";
import type { Refusal } from "~/auth/command.server";
import { submitApplication } from "~/features/applications/submit-application.server";
import { openCohort } from "~/features/cohorts/open-cohort.server";
import { beginRelease } from "~/features/decisions/begin-release.server";
import { decideApplications } from "~/features/decisions/decide-applications.server";
import { releaseAll } from "~/features/decisions/release-decisions.server";
import { answerQuiz } from "~/features/offers/answer-quiz.server";
import { makeOffer } from "~/features/offers/make-offer.server";
import { readInfoSheet } from "~/features/offers/read-info-sheet.server";
import { settleOffer } from "~/features/offers/settle-offer.server";
import { signOffer } from "~/features/offers/sign-offer.server";
import { mintToken } from "~/features/tokens/mint-token.server";
import type { Result } from "~/lib/result";
import { giveCash, makeBarePerson, START } from "./book";

/** The deals that the tests of cohorts, applications and offers make, through the real commands, from day 1 on. */
export const DAY_MS = 86_400_000;
/** An instant so many days (and milliseconds) after the start of the tests' world. */
export const day = (days: number, ms = 0): Date => new Date(START.getTime() + days * DAY_MS + ms);
/** A new idempotency key. */
export const key = (): string => randomUUID();

/** What a command answered; throws with the refusal where it refused. */
export function must<T>(result: Result<T, Refusal>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The code of a refusal; `ok` where there was none. */
export const codeOf = (result: Result<unknown, Refusal>): string =>
  result.ok ? "ok" : result.error.code;

/** A signed-in person with a verified address and no money. */
export async function makeActor(
  facts: { dateOfBirth?: string; country?: string } = {},
): Promise<Actor> {
  const id = await makeBarePerson();
  if (Object.keys(facts).length > 0)
    await getDb().update(persons).set(facts).where(eq(persons.id, id));
  const [row] = await getDb().select().from(persons).where(eq(persons.id, id));
  if (!row) throw new Error("no person");
  return {
    id,
    handle: row.handle,
    displayName: row.displayName,
    emailVerified: true,
    operator: false,
    proved: true,
  };
}

/** A verified investor with cash. */
export async function makeTeacher(cents: bigint): Promise<Actor> {
  const actor = await makeActor();
  await getDb()
    .insert(investorVerifications)
    .values({
      personId: actor.id,
      state: "approved",
      basis: "income",
      statement: "s",
      requestedAt: START,
      decidedAt: START,
      decidedBy: await makeBarePerson(),
      reason: "r",
      expiresAt: day(3650),
    });
  if (cents > 0n) await giveCash(actor.id, cents);
  return actor;
}

/** The form of a cohort whose window is days 1 to 10 and which runs from day 20 to day 120. */
export const cohortForm = {
  title: "Making things",
  skill: "Making",
  pitch: "We make things.",
  capacity: "50",
  timeZone: "UTC",
  opensAt: "2026-01-02T00:00",
  closesAt: "2026-01-11T00:00",
  startsAt: "2026-01-21T09:00",
  endsAt: "2026-05-01T18:00",
  questions: ["What have you made?", "What will you make?"],
  amount: "66,666.67",
  percent: "1",
  payoutCap: "none",
  sunset: "none",
};

export type Cohort = {
  cohortId: string;
  slug: string;
  questionIds: string[];
  criterionIds: string[];
};

/** The same score for each criterion of a cohort. */
export const scoresOf = (cohort: Cohort, score: string): Record<string, string> =>
  Object.fromEntries(cohort.criterionIds.map((id) => [id, score]));

/** A cohort of that teacher. */
export async function makeCohort(
  teacher: Actor,
  changes: Partial<typeof cohortForm> = {},
): Promise<Cohort> {
  return must(
    await openCohort({
      actor: teacher,
      input: { ...cohortForm, ...changes },
      idempotencyKey: key(),
      now: START,
    }),
  );
}

/** Answers to all questions of a cohort. */
export const answersTo = (cohort: Cohort): Record<string, string> =>
  Object.fromEntries(cohort.questionIds.map((id) => [id, "An answer."]));

/** A submitted application of day 2. */
export async function apply(student: Actor, cohort: Cohort): Promise<string> {
  const input = { cohortId: cohort.cohortId, answers: answersTo(cohort) };
  return must(
    await submitApplication({ actor: student, input, idempotencyKey: key(), now: day(2) }),
  ).applicationId;
}

/** An application that is admitted on day 11. */
export async function admit(teacher: Actor, student: Actor, cohort: Cohort): Promise<string> {
  const applicationId = await apply(student, cohort);
  await decideNow(teacher, cohort.cohortId, { [applicationId]: "admit" });
  return applicationId;
}

/** Decides about applications, and releases all that is pending in the cohort, on day 11. */
export async function decideNow(
  actor: Actor,
  cohortId: string,
  kinds: Record<string, string>,
  message = "Welcome.",
): Promise<void> {
  const call = { actor, now: day(11) };
  for (const [applicationId, kind] of Object.entries(kinds)) {
    const input = { cohortId, applicationIds: [applicationId], kind, message };
    must(await decideApplications({ ...call, input, idempotencyKey: key() }));
  }
  const begun = await beginRelease({ ...call, input: { cohortId }, idempotencyKey: key() });
  await releaseAll(must(begun).releaseId, day(11));
}

export const offerForm = {
  amount: "1,000",
  percent: "1",
  payoutCap: "none",
  sunset: "none",
  message: "Take your time.",
};

/** An offer of day 12 that is out. */
export async function offer(
  teacher: Actor,
  applicationId: string,
  changes: Partial<typeof offerForm> = {},
): Promise<string> {
  const input = { applicationId, ...offerForm, ...changes };
  return must(await makeOffer({ actor: teacher, input, idempotencyKey: key(), now: day(12) }))
    .offerId;
}

/** The student reads, answers the questions and mints their token, on day 13. */
export async function prepare(student: Actor, offerId: string): Promise<void> {
  const call = { actor: student, now: day(13) };
  must(await readInfoSheet({ ...call, input: { offerId }, idempotencyKey: key() }));
  must(
    await answerQuiz({
      ...call,
      input: { offerId, part: "part", nothing: "nothing", tax: "whole" },
      idempotencyKey: key(),
    }),
  );
  must(
    await mintToken({ ...call, input: { typedLegalName: student.handle }, idempotencyKey: key() }),
  );
}

/** The student signs; on day 13 unless said. */
export function sign(student: Actor, offerId: string, now = day(13), idempotencyKey = key()) {
  const input = { offerId, typedLegalName: student.handle, consentPublicLine: "yes" };
  return signOffer({ actor: student, input, idempotencyKey, now });
}

/** The platform settles. */
export function settle(offerId: string, now = day(20)) {
  return settleOffer({ actor: SYSTEM, input: { offerId }, idempotencyKey: offerId, now });
}

/** A teacher, a student and an offer that is signed on day 13: it settles on day 20. */
export async function makeSigned(changes: Partial<typeof offerForm> = {}) {
  const teacher = await makeTeacher(100_000_000n);
  const student = await makeActor();
  const cohort = await makeCohort(teacher);
  const applicationId = await admit(teacher, student, cohort);
  const offerId = await offer(teacher, applicationId, changes);
  await prepare(student, offerId);
  must(await sign(student, offerId));
  return { teacher, student, cohort, applicationId, offerId };
}
