import { Form } from "@remix-run/react";
import { Button, Checkbox, Choice, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";

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

/** The form of a cohort's description, schedule and terms, begun with `values`. */
export function CohortForm(props: {
  problem: FormProblem | undefined;
  zones: readonly string[];
  idempotencyKey: string;
  values: Record<string, string>;
  intent: string;
  button: string;
}) {
  const { problem, zones, idempotencyKey, values } = props;
  const field = (name: string, label: string) => ({
    ...{ name, label, problem },
    ...(values[name] === undefined ? {} : { defaultValue: values[name] }),
  });
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
        {...field("timeZone", "Time zone of all these times")}
        options={[
          { value: "", label: "Choose a time zone" },
          ...zones.map((zone) => ({ value: zone, label: zone })),
        ]}
        hint="Applicants see each time in it, and in their own zone beside it."
      />
      <Field {...field("opensAt", "Applications open")} type="datetime-local" />
      <Field {...field("closesAt", "Applications close")} type="datetime-local" />
      <Field
        {...field("decisionsBy", "Applicants hear by")}
        type="datetime-local"
        hint="A promise that everybody sees. Left empty: before the cohort begins."
      />
      <Field {...field("startsAt", "The cohort begins")} type="datetime-local" />
      <Field
        {...field("endsAt", "The cohort ends")}
        type="datetime-local"
        hint="Shares that you buy cannot be sold until 12 months after it."
      />
      <h2 className="mt-8 mb-4">How you choose</h2>
      <Field
        {...field("reviewers", "Reviewers for each application")}
        inputMode="numeric"
        defaultValue={values.reviewers ?? "2"}
        hint="From 2 to 10. Each scores before seeing the others’ scores."
      />
      <Checkbox
        name="blindFirst"
        label="Names, handles, pictures and links stay hidden until one has scored"
        problem={problem}
        defaultChecked={values.blindFirst === "yes"}
      />
      <Field
        {...field("confirmDays", "Days to confirm a place")}
        inputMode="numeric"
        hint="Whoever is admitted and does not answer in time makes room for the waitlist. Empty: a place needs no answer."
      />
      <Terms problem={problem} values={values} field={field} />
      <Button name="intent" value={props.intent}>
        {props.button}
      </Button>
    </Form>
  );
}

function Terms(props: {
  problem: FormProblem | undefined;
  values: Record<string, string>;
  field: (
    name: string,
    label: string,
  ) => { name: string; label: string; problem: FormProblem | undefined };
}) {
  const { problem, values, field } = props;
  return (
    <>
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
        defaultValue={values.payoutCap ?? "none"}
      />
      <Choice
        name="sunset"
        legend="Sunset"
        options={SUNSETS}
        problem={problem}
        defaultValue={values.sunset ?? "none"}
      />
      <Field
        {...field("finderStake", "Finder’s stake in percent")}
        inputMode="decimal"
        defaultValue={values.finderStake ?? "0"}
        hint="Of the shares that you buy from somebody whom a scout referred, so much goes to the scout, from 0 to 10. It comes out of your shares: the student sells what was agreed."
      />
    </>
  );
}
