import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { PageHead } from "~/components/ui/page";
import { DraftForm } from "~/components/ui/unsaved";
import { findOwnApplication, listAnswers } from "~/features/applications/queries.server";
import { answerField, editProblem, LONGEST_ANSWER } from "~/features/applications/rules";
import { saveApplication } from "~/features/applications/save-application.server";
import { answersOf } from "~/features/applications/schema";
import { submitApplication } from "~/features/applications/submit-application.server";
import { APPLICATION_MESSAGES } from "~/features/applications/words";
import { presentCohort } from "~/features/cohorts/present";
import { getCohortBySlug } from "~/features/cohorts/queries.server";
import { listTeachersOf } from "~/features/cohorts/teachers.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Apply to ${data?.cohort.title ?? "a cohort"} · Belay` },
];

async function getCohort(slug: string | undefined) {
  const cohort = await getCohortBySlug(slug ?? "");
  if (!cohort) throw new Response("Not found", { status: 404 });
  return cohort;
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const cohort = await getCohort(params.slug);
  const teachers = await listTeachersOf(cohort.id);
  if (teachers.some((teacher) => teacher.id === actor.id))
    throw redirect(`/teach/cohorts/${cohort.slug}`);
  const application = await findOwnApplication(actor, cohort.id);
  const closed = editProblem(application?.state ?? null, cohort, now);
  if (closed)
    throw redirect(application ? `/applications/${application.id}` : `/cohorts/${cohort.slug}`);
  const given = application ? await listAnswers(application) : [];
  return {
    cohort: presentCohort(cohort, now),
    submitted: application?.state === "submitted",
    saved: new URL(request.url).searchParams.get("saved") === "1",
    verified: actor.emailVerified,
    questions: cohort.questions.map(({ id, prompt }) => ({
      id,
      prompt,
      answer: given.find((row) => row.questionId === id)?.answer ?? "",
    })),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const cohort = await getCohort(params.slug);
  const form = await readForm(request);
  const answers = answersOf(
    form.values,
    cohort.questions.map((question) => question.id),
  );
  const call = {
    actor,
    input: { cohortId: cohort.id, answers },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  };
  const save = form.values.intent === "save";
  const result = save ? await saveApplication(call) : await submitApplication(call);
  if (result.ok)
    return save
      ? redirect(`/cohorts/${cohort.slug}/apply?saved=1`)
      : redirectSaying(`/applications/${result.value.applicationId}`, "application-submitted");
  return refused(renamed(result.error), form, APPLICATION_MESSAGES);
}

/** Zod names an answer `answers.<id>`; its field is named by `answerField`. */
function renamed<R extends { fields?: Record<string, string[]> }>(refusal: R): R {
  if (!refusal.fields) return refusal;
  const fields = Object.entries(refusal.fields).map(([name, said]) => [
    name.replace(/^answers\.(.+)$/, (_, id) => answerField(id)),
    said,
  ]);
  return { ...refusal, fields: Object.fromEntries(fields) };
}

export default function Apply() {
  const { cohort, submitted, saved, verified, questions, idempotencyKey } =
    useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title={`Apply to ${cohort.title}`}
        trail={[{ to: `/cohorts/${cohort.slug}`, name: cohort.title }]}
        over={
          <>
            Until <Deadline of={cohort.closes} />
          </>
        }
      >
        {cohort.teacherName} reads your answers beside <Link to="/profile">your profile</Link>. You
        can change everything until the deadline.
      </PageHead>
      {verified ? null : (
        <Notice tone="loss">
          Verify your e-mail address before you write: <Link to="/account">see your account</Link>.
          Nothing can be saved until then.
        </Notice>
      )}
      {saved && !problem ? (
        <Notice tone="gain" announced>
          Your draft is saved. Nobody but you sees it until you submit.
        </Notice>
      ) : null}
      <ErrorSummary problem={problem} />
      <DraftForm problem={problem}>
        <IdempotencyKey value={idempotencyKey} />
        {questions.map(({ id, prompt, answer }) => (
          <Field
            key={id}
            name={answerField(id)}
            label={prompt}
            rows={8}
            hint={`At most ${LONGEST_ANSWER.toLocaleString("en-US")} characters.`}
            defaultValue={answer}
            problem={problem}
          />
        ))}
        <div className="flex flex-wrap gap-4">
          <Button name="intent" value="submit">
            {submitted ? "Change my application" : "Submit my application"}
          </Button>
          {submitted ? null : (
            <Button kind="plain" name="intent" value="save">
              Save as a draft
            </Button>
          )}
        </div>
      </DraftForm>
    </>
  );
}
