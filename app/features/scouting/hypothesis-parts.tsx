import { Form, Link } from "@remix-run/react";
import { Button, Choice, Field, IdempotencyKey } from "~/components/ui/form";
import { Badge } from "~/components/ui/page";
import { formatDate } from "~/lib/dates";
import type { FormProblem } from "~/lib/form-problem";
import type { HypothesisShown } from "./hypotheses.server";
import { OUTCOMES, type Outcome } from "./outcome";

/** How a hypothesis stands, in a word. */
export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const { word, tone } = OUTCOMES[outcome];
  return <Badge tone={tone}>{word}</Badge>;
}

/** What a scout said, under each other; `about` says of whom, and leads on where there is something to do. */
export function Hypotheses<T extends HypothesisShown>(props: {
  said: readonly T[];
  about?: (one: T) => { who: string; to: string };
}) {
  return (
    <ul className="max-w-2xl">
      {props.said.map((one) => {
        const about = props.about?.(one);
        return (
          <li key={one.id} className="border-t border-rule py-3 [overflow-wrap:anywhere]">
            <span className="font-semibold">
              {about ? <Link to={about.to}>{one.claim}</Link> : one.claim}
            </span>
            <span className="mt-1 block text-sm text-ink-soft">
              {about ? `${about.who}. ` : null}
              {one.chance} sure on {one.saidOn}; it shows by {one.dueOn}.{" "}
              <OutcomeBadge outcome={one.outcome} />
            </span>
            {one.evidence ? <span className="mt-1 block text-sm">{one.evidence}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}

/** The form with which a scout says what they expect. */
export function HypothesisForm(props: {
  name: string;
  problem: FormProblem | undefined;
  days: { first: string; last: string };
  idempotencyKey: string;
}) {
  const { problem, days } = props;
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={props.idempotencyKey} />
      <Field
        name="claim"
        label={`What ${props.name} will do`}
        rows={3}
        maxLength={500}
        hint="So that two people would agree on whether it came true: “has shown a machine that folds a shirt to ten strangers”."
        problem={problem}
      />
      <Field
        name="chancePercent"
        label="How sure you are, in percent"
        inputMode="numeric"
        hint="From 1 to 99. Nobody is surer than that."
        problem={problem}
      />
      <Field
        name="dueOn"
        label="By which day it shows"
        type="date"
        hint={`From ${formatDate(days.first)} to ${formatDate(days.last)}.`}
        problem={problem}
      />
      <Button>Write it down for good</Button>
    </Form>
  );
}

/** The form that says what came of a hypothesis. */
export function ScoreHypothesisForm(props: {
  scoutName: string;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={props.idempotencyKey} />
      <Choice
        name="outcome"
        legend="What came of it?"
        problem={props.problem}
        options={[
          { value: "true", label: "It came true" },
          { value: "false", label: "It did not come true" },
          {
            value: "void",
            label: "It cannot be told: the words are unclear, or the case never arose",
          },
        ]}
      />
      <Field
        name="evidence"
        label="What shows it"
        rows={4}
        maxLength={2000}
        hint={`An address, a date, or what you saw. ${props.scoutName} reads it; the public does where an investment in the person is public.`}
        problem={props.problem}
      />
      <Button>Record this for good</Button>
    </Form>
  );
}
