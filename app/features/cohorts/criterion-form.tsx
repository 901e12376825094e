import { Form } from "@remix-run/react";
import { Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";
import { RemoveForm, SaveButtons } from "./part-buttons";
import { ANCHOR_FIELDS } from "./questions-schema";

type Begun = {
  id?: string;
  title?: string;
  help?: string;
  weight?: number;
  anchors?: readonly string[];
};

/** The form of one criterion: a new one, or one that is there. */
export function CriterionForm(props: {
  criterion: Begun;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  const { criterion, problem, idempotencyKey } = props;
  const { id } = criterion;
  return (
    <>
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        {id ? <input type="hidden" name="criterionId" value={id} /> : null}
        <Field
          name="title"
          label="Criterion"
          maxLength={120}
          problem={problem}
          defaultValue={criterion.title}
        />
        <Field
          name="help"
          label="What to look at"
          rows={2}
          hint="May stay empty."
          problem={problem}
          defaultValue={criterion.help}
        />
        <Field
          name="weight"
          label="Weight"
          inputMode="numeric"
          hint="From 1 to 10, beside the other criteria."
          problem={problem}
          defaultValue={String(criterion.weight ?? 1)}
        />
        <fieldset className="mb-4 max-w-xl">
          <legend className="font-semibold">What the scores mean</legend>
          <p className="mb-2 text-sm text-ink-soft">
            In a few words each, so that reviewers mean the same. Some may stay empty.
          </p>
          {ANCHOR_FIELDS.map((name, index) => (
            <Field
              key={name}
              name={name}
              label={String(index + 1)}
              problem={problem}
              defaultValue={criterion.anchors?.[index] ?? ""}
            />
          ))}
        </fieldset>
        <SaveButtons what="criterion" isNew={!id} />
      </Form>
      {id ? <RemoveForm what="criterion" name="criterionId" {...{ id, idempotencyKey }} /> : null}
    </>
  );
}
