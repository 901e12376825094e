import { Form } from "@remix-run/react";
import { Button, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";

/** Which cohort a scout has in mind. */
export function CohortField(props: {
  cohorts: readonly { id: string; title: string }[];
  problem: FormProblem | undefined;
}) {
  return (
    <Field
      name="cohortId"
      label="For which cohort"
      options={[
        { value: "", label: "Any cohort" },
        ...props.cohorts.map(({ id, title }) => ({ value: id, label: title })),
      ]}
      hint="It does not count where they had applied before; they are told so, you are not."
      problem={props.problem}
    />
  );
}

/** The form with which a scout refers somebody. */
export function ReferralForm(props: {
  problem: FormProblem | undefined;
  cohorts: readonly { id: string; title: string }[];
  idempotencyKey: string;
}) {
  const { problem } = props;
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={props.idempotencyKey} />
      <Field name="talentName" label="Their name" maxLength={80} problem={problem} />
      <Field
        name="talentEmail"
        label="Their e-mail address"
        inputMode="email"
        autoComplete="off"
        hint="We write to them once. They need no account yet."
        problem={problem}
      />
      <CohortField cohorts={props.cohorts} problem={problem} />
      <Field
        name="reasons"
        label="Your reasons"
        rows={6}
        hint="What have you seen them do? They read this, and only they."
        problem={problem}
      />
      <Button>Refer this person</Button>
    </Form>
  );
}
