import { Form } from "@remix-run/react";
import { Button, Choice, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";

type Criterion = { id: string; title: string; help: string; anchors: readonly string[] };
const field = (criterionId: string): string => `score-${criterionId}`;

/** A form's scores, by criterion. */
export const scoresOf = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name.startsWith("score-"))
      .map(([name, score]) => [name.slice("score-".length), score]),
  );

/** What is wrong with a score, beside its own field. */
export function onScoreFields<R extends { fields?: Record<string, string[]> }>(refusal: R): R {
  if (!refusal.fields) return refusal;
  const fields = Object.entries(refusal.fields).map(([name, said]) => [
    name.replace(/^scores\.(.+)$/, (_, id) => field(id)),
    said,
  ]);
  return { ...refusal, fields: Object.fromEntries(fields) };
}

const labelOf = (score: number, anchor: string | undefined): string =>
  anchor ? `${score}: ${anchor}` : String(score);

/** A reviewer's score of each criterion, and their private note. */
export function ScoreForm(props: {
  problem: FormProblem | undefined;
  idempotencyKey: string;
  criteria: readonly Criterion[];
  scores: Record<string, number>;
  note: string;
}) {
  const { problem, idempotencyKey, criteria, scores, note } = props;
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={`${idempotencyKey}-score`} />
      <input type="hidden" name="intent" value="score" />
      {criteria.map(({ id, title, help, anchors }) => (
        <Choice
          key={id}
          name={field(id)}
          legend={help ? `${title}: ${help}` : title}
          options={[5, 4, 3, 2, 1].map((score) => ({
            value: String(score),
            label: labelOf(score, anchors[score - 1]),
          }))}
          problem={problem}
          {...(scores[id] === undefined ? {} : { defaultValue: String(scores[id]) })}
        />
      ))}
      <Field
        name="note"
        label="Note"
        hint="For you alone. The applicant never sees it."
        rows={4}
        defaultValue={note}
        problem={problem}
      />
      <Button kind="plain">Keep this score</Button>
    </Form>
  );
}
