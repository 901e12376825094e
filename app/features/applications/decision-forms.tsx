import { Form } from "@remix-run/react";
import { Button, Choice, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";

const SCORES = [
  { value: "5", label: "5: I want to work with this person" },
  { value: "4", label: "4" },
  { value: "3", label: "3" },
  { value: "2", label: "2" },
  { value: "1", label: "1: not for this cohort" },
];

type Props = { problem: FormProblem | undefined; idempotencyKey: string };

/** A reviewer's score and private note. */
export function ScoreForm({
  problem,
  idempotencyKey,
  score,
  note,
}: Props & { score: string | undefined; note: string }) {
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={`${idempotencyKey}-score`} />
      <input type="hidden" name="intent" value="score" />
      <Choice
        name="score"
        legend="Score"
        options={SCORES}
        problem={problem}
        {...(score ? { defaultValue: score } : {})}
      />
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

/** The decision about a place, with its message to the applicant. It says nothing about money. */
export function DecisionForm({
  problem,
  idempotencyKey,
  name,
  placesLeft,
}: Props & { name: string; placesLeft: number }) {
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={`${idempotencyKey}-decide`} />
      <input type="hidden" name="intent" value="decide" />
      <p className="mb-4 max-w-[68ch]">
        {placesLeft > 0
          ? `${placesLeft} ${placesLeft === 1 ? "place is" : "places are"} left. ${name} is told at once, with your message. A decision cannot be taken back. Money is a decision of its own, later.`
          : `All places are taken: you can only decline. ${name} is told at once, with your message.`}
      </p>
      <Field
        name="message"
        label={`Message to ${name}`}
        hint="May stay empty."
        rows={4}
        problem={problem}
      />
      <div className="flex flex-wrap gap-4">
        {placesLeft > 0 ? (
          <Button name="decision" value="admit">
            Admit {name}
          </Button>
        ) : null}
        <Button kind="danger" name="decision" value="decline">
          Decline
        </Button>
      </div>
    </Form>
  );
}
