import { Form } from "@remix-run/react";
import type { QuestionKind } from "#db/schema/cohorts";
import { Checkbox, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";
import { RemoveForm, SaveButtons } from "./part-buttons";
import { hasOptions, hasWords, QUESTION_KINDS } from "./questions-schema";

type Begun = {
  kind: QuestionKind;
  id?: string;
  prompt?: string;
  help?: string;
  required?: boolean;
  maxWords?: number | null;
  options?: readonly string[];
};

/** The form of one question: a new one of a kind, or one that is there, with what its kind has. */
export function QuestionForm(props: {
  question: Begun;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  const { question, problem, idempotencyKey } = props;
  const { kind, id } = question;
  return (
    <>
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <input type="hidden" name="kind" value={kind} />
        {id ? <input type="hidden" name="questionId" value={id} /> : null}
        <p className="mb-4 text-ink-soft">{QUESTION_KINDS[kind]}</p>
        <Field
          name="prompt"
          label="Question"
          rows={2}
          maxLength={500}
          problem={problem}
          defaultValue={question.prompt}
        />
        <Field
          name="help"
          label="Help text"
          rows={2}
          hint="Stands under the question. May stay empty."
          problem={problem}
          defaultValue={question.help}
        />
        {hasOptions(kind) ? (
          <Field
            name="options"
            label="Choices"
            rows={6}
            hint="One a line."
            problem={problem}
            defaultValue={question.options?.join("\n")}
          />
        ) : null}
        {hasWords(kind) ? (
          <Field
            name="maxWords"
            label="At most so many words"
            inputMode="numeric"
            hint="Applicants see how many are left. Empty: no limit."
            problem={problem}
            defaultValue={question.maxWords ? String(question.maxWords) : ""}
          />
        ) : null}
        <Checkbox
          name="required"
          label="Must be answered"
          problem={problem}
          defaultChecked={question.required ?? true}
        />
        <SaveButtons what="question" isNew={!id} />
      </Form>
      {id ? <RemoveForm what="question" name="questionId" {...{ id, idempotencyKey }} /> : null}
    </>
  );
}
