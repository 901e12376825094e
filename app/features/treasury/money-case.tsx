import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button, Choice, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Facts, PageHead, Section } from "~/components/ui/page";
import type { FormProblem } from "~/lib/form-problem";
import { StateBadge } from "./state-badge";
import type { Turn } from "./turn";
import { TurnNotice } from "./turn-notice";

type Named = { name: string; value: ReactNode; note?: ReactNode };

/** A deposit or a withdrawal at the desk: what it is, how it stands, and the first step of a decision while it waits. */
export function MoneyCase({
  title,
  lead,
  state,
  facts,
  reason,
  notice,
  decide,
}: {
  title: string;
  lead: ReactNode;
  state: string;
  facts: readonly Named[];
  reason: string | null;
  notice?: ReactNode;
  decide: Parameters<typeof Decide>[0];
}) {
  return (
    <>
      <PageHead title={title} trail={[{ to: "/desk", name: "Desk" }]}>
        {lead}
      </PageHead>
      <ErrorSummary problem={decide.problem} />
      <Facts
        items={[
          { name: "State", value: <StateBadge state={state} /> },
          ...facts,
          ...(reason ? [{ name: "Reason", value: reason }] : []),
        ]}
      />
      {state === "requested" ? (
        <>
          {notice}
          <Decide {...decide} />
        </>
      ) : null}
    </>
  );
}

function Decide(props: {
  title: string;
  legend: string;
  yes: { value: string; label: string };
  no: string;
  /** What else a yes says. */
  fields?: ReactNode;
  reasonHint: string;
  turn: Turn;
  values: Record<string, string>;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  const { values, problem } = props;
  return (
    <Section title={props.title}>
      <TurnNotice turn={props.turn} />
      <Form method="post" noValidate>
        <IdempotencyKey value={props.idempotencyKey} />
        <Choice
          name="decision"
          legend={props.legend}
          problem={problem}
          defaultValue={values.decision ?? ""}
          options={[props.yes, { value: "refuse", label: props.no }]}
        />
        {props.fields}
        <Field
          name="reason"
          label="Reason, if you refuse it"
          hint={props.reasonHint}
          rows={3}
          defaultValue={values.reason}
          problem={problem}
          maxLength={1000}
        />
        <Button name="step" value="preview">
          Check this decision
        </Button>
      </Form>
    </Section>
  );
}
