import { Form } from "@remix-run/react";
import { Button, Choice, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";
import { MAX_QUESTIONS, MIN_QUESTIONS } from "./limits";

const CAPS = [
  { value: "none", label: "None: the shares get their part of every gain" },
  { value: "3", label: "3 times the cash paid" },
  { value: "5", label: "5 times the cash paid" },
];
const SUNSETS = [
  { value: "none", label: "None: the shares stay with you" },
  { value: "10", label: "After 10 years the shares go back" },
  { value: "20", label: "After 20 years the shares go back" },
];
const QUESTION_FIELDS = 5;

/** The name of the form field of the n-th question, from 0. */
export const questionField = (index: number): string => `questions.${index}`;

/** The form that opens a cohort. Works without scripts: there are always a few question fields, empty ones are left out. */
export function CohortForm(props: {
  problem: FormProblem | undefined;
  zones: readonly string[];
  idempotencyKey: string;
}) {
  const { problem, zones, idempotencyKey } = props;
  const field = (name: string, label: string) => ({ name, label, problem });
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={idempotencyKey} />
      <h2 className="mt-8 mb-4">What it is</h2>
      <Field {...field("title", "Title")} maxLength={120} />
      <Field
        {...field("skill", "Skill that you teach")}
        maxLength={80}
        hint="In a few words, such as “Building instruments”."
      />
      <Field
        {...field("pitch", "Pitch")}
        rows={10}
        hint="What happens, for whom it is, what you expect. Markdown works: **bold**, lists, links."
      />
      <Field {...field("capacity", "Places")} inputMode="numeric" />
      <h2 className="mt-8 mb-4">When</h2>
      <Field
        {...field("timeZone", "Time zone of the application window")}
        options={[
          { value: "", label: "Choose a time zone" },
          ...zones.map((zone) => ({ value: zone, label: zone })),
        ]}
      />
      <Field {...field("opensAt", "Applications open")} type="datetime-local" />
      <Field {...field("closesAt", "Applications close")} type="datetime-local" />
      <Field
        {...field("decisionsBy", "Applicants hear by")}
        type="datetime-local"
        hint="May stay empty: then they hear before the cohort begins."
      />
      <Field {...field("startsAt", "The cohort begins")} type="datetime-local" />
      <Field
        {...field("endsAt", "The cohort ends")}
        type="datetime-local"
        hint="Shares that you buy cannot be sold until 12 months after it."
      />
      <h2 className="mt-8 mb-4">What you ask</h2>
      <div id="questions" tabIndex={-1}>
        <Questions problem={problem} />
      </div>
      <h2 className="mt-8 mb-4">Standard terms</h2>
      <p className="mb-4 max-w-[68ch] text-ink-soft">
        What your offers usually start from. Everybody sees them here before they apply; each offer
        states its own.
      </p>
      <Field
        {...field("amount", "Amount in dollars")}
        inputMode="decimal"
        hint="At least $1,000 for each 1%."
      />
      <Field
        {...field("percent", "Percent of the token")}
        inputMode="decimal"
        hint="Such as 1 or 0.95, at most 10. 1% is 100,000 shares."
      />
      <Choice
        name="payoutCap"
        legend="Payout cap"
        options={CAPS}
        problem={problem}
        defaultValue="none"
      />
      <Choice
        name="sunset"
        legend="Sunset"
        options={SUNSETS}
        problem={problem}
        defaultValue="none"
      />
      <Field
        {...field("finderStake", "Finder’s stake in percent")}
        inputMode="decimal"
        defaultValue="0"
        hint="Of the shares that you buy from somebody whom a scout referred, so much goes to the scout, from 0 to 10. It comes out of your shares: the student sells what was agreed."
      />
      <Button>Open the cohort</Button>
    </Form>
  );
}

function Questions({ problem }: { problem: FormProblem | undefined }) {
  const typed = Object.keys(problem?.values ?? {}).filter((name) =>
    name.startsWith("questions."),
  ).length;
  const count = Math.min(MAX_QUESTIONS, Math.max(QUESTION_FIELDS, typed));
  // What is wrong with the list as a whole is said beside its first question.
  const shown = problem?.fields.questions
    ? { ...problem, fields: { ...problem.fields, [questionField(0)]: problem.fields.questions } }
    : problem;
  return (
    <>
      {Array.from({ length: count }, (_, index) => questionField(index)).map((name, index) => (
        <Field
          key={name}
          name={name}
          label={`Question ${index + 1}${index < MIN_QUESTIONS ? "" : " (may stay empty)"}`}
          rows={2}
          maxLength={500}
          problem={shown}
        />
      ))}
    </>
  );
}
