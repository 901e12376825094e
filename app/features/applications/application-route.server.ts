import { createHash } from "node:crypto";
import { data, redirect } from "@remix-run/node";
import { getDb } from "#db/client.server";
import type { Actor } from "~/auth/actor";
import { getClock } from "~/auth/clock.server";
import type { Refusal } from "~/auth/command.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, type ReadForm, readForm, refused } from "~/auth/form.server";
import { findPerson, requirePerson } from "~/auth/session.server";
import { type CohortWhole, getCohortBySlug } from "~/features/cohorts/queries.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { getProfile } from "~/features/people/queries.server";
import { deadlineOf } from "~/lib/dates";
import { type FormProblem, pickedOf } from "~/lib/form-problem";
import { checklistOf } from "./checklist";
import type { KeptFile } from "./keep-file.server";
import { readAnswer } from "./kinds";
import { findOwnApplication } from "./queries.server";
import { answerField, editProblem, writableUntil } from "./rules";
import { saveDraft } from "./save-draft.server";
import { type Change, changesOf } from "./schema";
import { submitApplication } from "./submit-application.server";
import { APPLICATION_MESSAGES } from "./words";
import { listShownWorkIds, listWorks } from "./works-queries.server";
import { type Conflict, type Drafted, readDraftsOf } from "./write-drafts.server";

const digestOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 16);

/** The cohort that an address names; 404 where there is none, or a draft. */
export async function requireCohort(slug: string | undefined): Promise<CohortWhole> {
  const cohort = await getCohortBySlug(slug ?? "");
  if (!cohort) throw new Response("Not found", { status: 404 });
  return cohort;
}

/**
 * What the page of an application form shows. Sends those who cannot write there now to where they can see how it stands; but not
 * whose form has just come too late: without scripts this page is its answer, and the one place where what they typed still is.
 */
export async function loadApplicationForm(request: Request, slug: string | undefined) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const cohort = await requireCohort(slug);
  const staff = await staffOf(getDb(), cohort.id);
  if ([...staff.teacher, ...staff.reviewer].includes(actor.id))
    throw redirect(`/teach/cohorts/${cohort.slug}`);
  const application = await findOwnApplication(actor, cohort.id);
  const time = { ...cohort, ...application, opensAt: cohort.opensAt };
  const state = application?.state ?? null;
  if (editProblem(state, time, now) && !answersForm(request))
    throw redirect(application ? `/applications/${application.id}` : `/cohorts/${cohort.slug}`);
  const [drafts, works, shown, profile] = await Promise.all([
    application ? readDraftsOf(application.id) : new Map<string, Drafted>(),
    listWorks(actor.id),
    application ? listShownWorkIds(application.id) : ([] as string[]),
    getProfile(actor.id),
  ]);
  return {
    cohort: { title: cohort.title, slug: cohort.slug, teacher: cohort.teacherName },
    stakeFor: [
      cohort,
      { id: actor.id, submittedAt: application?.submittedAt ?? null },
      now,
    ] as const,
    deadline: deadlineOf(writableUntil(state, time), cohort.timeZone, now),
    state,
    verified: actor.emailVerified,
    questions: cohort.questions.map((question) => shownQuestion(question, drafts.get(question.id))),
    savedAt: lastSave(drafts),
    unsent: state === "submitted" && (await differs(cohort, drafts, application?.id)),
    works: works.map(({ id, title }) => ({ id, title, shown: shown.includes(id) })),
    checklist: checklistOf({
      questions: cohort.questions,
      given: drafts,
      ...{ verified: actor.emailVerified, headline: profile.headline },
      ...{ works: works.length, shown: shown.length },
    }),
    idempotencyKey: newIdempotencyKey(),
  };
}

/** Whether a page is asked for as the answer to a form that was sent: its loaders are given the form's headers. */
const answersForm = (request: Request): boolean => request.headers.has("content-type");

function shownQuestion(question: CohortWhole["questions"][number], draft: Drafted | undefined) {
  const answer = draft?.answer ?? "";
  return {
    ...question,
    answer,
    file: draft?.file ?? null,
    seen: `${draft?.revision ?? 0}:${digestOf(answer)}`,
  };
}

function lastSave(drafts: ReadonlyMap<string, Drafted>): string | null {
  const times = [...drafts.values()].flatMap(({ savedAt }) => savedAt?.getTime() ?? []);
  return times.length > 0 ? new Date(Math.max(...times)).toISOString() : null;
}

/** Whether what is drafted is not what was submitted. */
async function differs(
  cohort: CohortWhole,
  drafts: ReadonlyMap<string, Drafted>,
  applicationId: string | undefined,
): Promise<boolean> {
  if (!applicationId) return false;
  const submitted = await readDraftsOf(applicationId, "submitted");
  return cohort.questions.some((question) => {
    const [sent, draft] = [submitted.get(question.id), drafts.get(question.id)];
    const read = readAnswer(question, draft?.answer ?? "");
    const now = read.ok ? read.answer : null;
    return now !== (sent?.answer ?? "") || draft?.file?.id !== sent?.file?.id;
  });
}

const ask = (actor: Actor, input: unknown, idempotencyKey: string) => ({
  ...{ actor, input, idempotencyKey, now: getClock().now() },
});

/** Of a form: what it changes, and which works it shows (undefined where it does not say). */
function askedOf(form: ReadForm, cohort: CohortWhole) {
  const ids = cohort.questions.map(({ id }) => id);
  const { values } = form;
  return {
    changes: changesOf(form, ids, digestOf),
    works: values["works-asked"] === "yes" ? pickedOf(values, "works") : undefined,
  };
}

/**
 * Does what the application form asks: saves all that was typed, then submits it, or takes one question's other text or away its
 * file. Refused, it shows everything that was typed again, and both texts where two differ.
 */
export async function answerApplicationForm(request: Request, slug: string | undefined) {
  const actor = await requirePerson(request);
  const cohort = await requireCohort(slug);
  const form = await readForm(request);
  const [intent, about = ""] = (form.values.intent ?? "save").split(":");
  const asked = askedOf(form, cohort);
  const changes: Change[] = asked.changes.filter(
    ({ questionId }) => intent !== "theirs" || questionId !== about,
  );
  if (intent === "drop") changes.push({ questionId: about, file: null });
  const input = { cohortId: cohort.id, changes, works: asked.works };
  const saved = await saveDraft(ask(actor, input, form.idempotencyKey));
  if (!saved.ok) return refusedForm(saved.error, form, NOTHING_KEPT);
  if (saved.value.conflicts.length > 0)
    return refusedForm({ code: "saved_elsewhere" }, form, saved.value);
  const path = `/cohorts/${cohort.slug}/apply`;
  if (intent === "theirs" || intent === "drop")
    return redirect(`${path}#${encodeURIComponent(answerField(about))}`);
  if (intent !== "submit") return redirectSaying(path, "draft-saved");
  const sent = await submitApplication(
    ask(actor, { cohortId: cohort.id, answers: {}, works: asked.works }, form.idempotencyKey),
  );
  if (!sent.ok) return refusedForm(sent.error, form, saved.value);
  return redirectSaying(`/applications/${sent.value.applicationId}`, "application-submitted");
}

/** What a save kept, as the form goes on from it. */
export type Kept = {
  saved: { questionId: string; revision: number; file: KeptFile | null }[];
  conflicts: Conflict[];
};
/** Refusals after which nothing can be written there any more. */
const CLOSED = ["window_closed", "already_decided", "cancelled"];
const NOTHING_KEPT: Kept = { saved: [], conflicts: [] };

/** The refusal for the form, with what was saved all the same, so that saving again does not find itself in the way. */
function refusedForm(refusal: Refusal, form: ReadForm, { saved, conflicts }: Kept) {
  const { data: answer, init } = refused(refusal, form, APPLICATION_MESSAGES);
  const fields = { ...answer.problem.fields, ...refusal.fields };
  for (const { questionId } of conflicts)
    fields[answerField(questionId)] = ["This answer was also changed elsewhere."];
  const problem: FormProblem = { ...answer.problem, fields };
  const closed = CLOSED.includes(refusal.code);
  return data({ problem, closed, kept: { saved, conflicts } }, init ?? {});
}

/** Keeps what a script sends as one types. Answers in JSON: what was saved, or why not. */
export async function answerDraft(request: Request, slug: string | undefined): Promise<Response> {
  const actor = await findPerson(request);
  if (!actor) return Response.json({ code: "sign_in" }, { status: 401 });
  const cohort = await requireCohort(slug);
  const form = await readForm(request);
  const input = { cohortId: cohort.id, ...askedOf(form, cohort) };
  const result = await saveDraft(ask(actor, input, form.idempotencyKey));
  if (result.ok) return Response.json({ kept: result.value });
  const { code, field, fields } = result.error;
  const said = APPLICATION_MESSAGES[code];
  const message = typeof said === "string" ? said : Object.values(fields ?? {}).flat()[0];
  return Response.json({ code, field, message }, { status: 409 });
}
