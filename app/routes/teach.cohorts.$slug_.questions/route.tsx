import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { PageHead, Section } from "~/components/ui/page";
import { placeOf, SortableList } from "~/components/ui/sortable";
import { sayOfForm } from "~/features/cohorts/messages";
import { presentQuestion } from "~/features/cohorts/present";
import { QuestionForm } from "~/features/cohorts/question-form";
import { isQuestionKind, QUESTION_KINDS } from "~/features/cohorts/questions-schema";
import { loadSetUp, setUpTrail } from "~/features/cohorts/set-up.server";
import { SetUpTabs } from "~/features/cohorts/set-up-tabs";
import { ALLOWED } from "~/features/cohorts/stages";
import { changeQuestions } from "./change.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Questions of ${data?.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const { cohort, questions, changed, stage, between } = await loadSetUp(
    actor,
    params.slug,
    getClock().now(),
  );
  const asked = new URL(request.url).searchParams;
  const add = asked.get("add") ?? "";
  const edited = questions.find(({ id }) => id === asked.get("edit"));
  const open = edited ?? (isQuestionKind(add) ? { kind: add } : null);
  return {
    title: cohort.title,
    trail: setUpTrail(cohort),
    between,
    editable: ALLOWED.edit_questions.includes(stage),
    pending: changed && stage !== "draft",
    questions: questions.map((question) => presentQuestion(question)),
    form: open,
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const { cohort } = await loadSetUp(actor, params.slug, now);
  const form = await readForm(request);
  const call = { actor, idempotencyKey: form.idempotencyKey, now };
  const result = await changeQuestions(call, cohort.id, form.values);
  if (!result.ok) return refused(sayOfForm(result.error, "question"), form, result.messages);
  const back = `/teach/cohorts/${cohort.slug}/questions${result.at ? placeOf(result.at) : ""}`;
  return result.saying ? redirectSaying(back, result.saying) : redirect(back);
}

export default function Questions() {
  const { trail, between, editable, pending, questions, form, idempotencyKey } =
    useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  // What was typed stays, also once applications are closed.
  if (form && (editable || problem)) {
    return (
      <>
        <PageHead
          title={"id" in form ? "Change a question" : "Another question"}
          trail={[...trail, { to: "?", name: "Questions" }]}
        />
        <ErrorSummary problem={problem} />
        <QuestionForm question={form} problem={problem} idempotencyKey={idempotencyKey} />
      </>
    );
  }
  return (
    <>
      <PageHead title="Questions" trail={trail}>
        {editable
          ? "In the order in which applicants meet them. Move one by its handle or its arrows."
          : "Applications are closed: the questions stay as they are."}
      </PageHead>
      <SetUpTabs {...between} at="questions" />
      <ErrorSummary problem={problem} />
      {pending ? <Pending idempotencyKey={idempotencyKey} /> : null}
      {editable ? (
        <SortableList
          label="Questions in order"
          intent="move"
          field="questionId"
          idempotencyKey={idempotencyKey}
          items={questions.map(({ id, prompt, note }) => ({
            id,
            name: prompt,
            content: (
              <>
                <Link to={`?edit=${id}`} className="[overflow-wrap:anywhere]">
                  {prompt}
                </Link>
                <span className="block text-sm text-ink-soft">{note}</span>
              </>
            ),
          }))}
        />
      ) : (
        <ol className="max-w-[68ch] list-decimal pl-6">
          {questions.map(({ id, prompt, note }) => (
            <li key={id} className="py-1 [overflow-wrap:anywhere]">
              {prompt} <span className="text-sm text-ink-soft">{note}</span>
            </li>
          ))}
        </ol>
      )}
      {editable ? <Kinds /> : null}
    </>
  );
}

/** What another question can ask for. */
function Kinds() {
  return (
    <Section title="Add a question" id="add">
      <ul className="grid max-w-2xl gap-x-8 sm:grid-cols-2">
        {Object.entries(QUESTION_KINDS).map(([kind, name]) => (
          <li key={kind} className="border-t border-rule py-2">
            <Link to={`?add=${kind}`}>{name}</Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Changes of a public cohort's questions, which nobody sees yet. */
function Pending({ idempotencyKey }: { idempotencyKey: string }) {
  return (
    <Notice tone="plain">
      <p className="mb-4">
        These changes are not in force yet. Put in force, everybody who applies from then on answers
        them. Whoever has a draft or has applied gets a message; what they submitted stays valid.
      </p>
      <Form method="post" className="flex flex-wrap gap-4">
        <IdempotencyKey value={`${idempotencyKey}:force`} />
        <Button name="intent" value="force">
          Put these questions in force
        </Button>
        <Button kind="plain" name="intent" value="drop">
          Throw the changes away
        </Button>
      </Form>
    </Notice>
  );
}
