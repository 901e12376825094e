import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requireOperator } from "~/auth/session.server";
import { Button, Choice, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Facts, PageHead, Section } from "~/components/ui/page";
import { ProveForm } from "~/features/people/prove-form";
import { askProof } from "~/features/people/prove-identity.server";
import { CheckForm } from "~/features/treasury/check-form";
import { decideDeposit } from "~/features/treasury/decide-deposit.server";
import { findDepositToDecide } from "~/features/treasury/desk-queries.server";
import { TREASURY_MESSAGES } from "~/features/treasury/messages";
import { previewDepositDecision } from "~/features/treasury/queries.server";
import { StateBadge } from "~/features/treasury/state-badge";
import { type Turn, turnOf } from "~/features/treasury/turn";
import { TurnNotice } from "~/features/treasury/turn-notice";
import { formatDate } from "~/lib/dates";
import type { FormProblem } from "~/lib/form-problem";
import { centsForInput, formatCents } from "~/lib/money";

export const meta: MetaFunction = () => [{ title: "Confirm a deposit · Belay" }];

async function find(request: Request, id: string | undefined) {
  const actor = await requireOperator(request);
  const row = await findDepositToDecide(actor, id);
  if (!row) throw new Response("Not found", { status: 404 });
  return { actor, ...row };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, deposit, displayName, legalName, first } = await find(request, params.id);
  return {
    turn: turnOf(actor, deposit.firstBy, first, deposit.firstAt),
    recorded: deposit.firstArrivedCents === null ? null : formatCents(deposit.firstArrivedCents),
    state: deposit.state,
    name: displayName,
    legalName,
    amount: formatCents(deposit.amountCents),
    arrived: deposit.arrivedCents === null ? null : formatCents(deposit.arrivedCents),
    typed: centsForInput(deposit.amountCents),
    reference: deposit.reference,
    reason: deposit.reason,
    askedOn: formatDate(deposit.requestedAt),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  await find(request, params.id);
  const form = await readForm(request);
  const asked = await askProof(request, form, context);
  if (asked) return asked;
  const { actor, deposit } = await find(request, params.id);
  const { step, ...values } = form.values;
  const { idempotencyKey } = form;
  const input = { ...values, depositId: deposit.id };
  if (step === "edit") return { values };
  if (step === "confirm") {
    const decided = await decideDeposit({ actor, input, idempotencyKey, now: getClock().now() });
    if (!decided.ok) return refused(decided.error, form, TREASURY_MESSAGES);
    const waits = decided.value.state === "requested";
    return redirectSaying("/desk", waits ? "first-recorded" : "decision-done");
  }
  const preview = previewDepositDecision(deposit.amountCents, input);
  if (!preview.ok) return refused(preview.error, form, TREASURY_MESSAGES);
  return { preview: preview.value, values, idempotencyKey };
}

export default function ConfirmDeposit() {
  const row = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "asked" in answer) return <ProveForm asked={answer.asked} />;
  if (answer && "preview" in answer && answer.preview && row.state === "requested") {
    const { arrived, difference, reason } = answer.preview;
    return (
      <CheckForm
        title="Check what will move"
        values={answer.values}
        idempotencyKey={answer.idempotencyKey}
        act={arrived ? actOf(row, arrived) : "Refuse this deposit"}
        danger={arrived === null}
      >
        <Facts
          items={[
            { name: "Announced", value: row.amount },
            { name: "Enters the balance", value: arrived ?? "nothing" },
            { name: "Reference", value: row.reference },
          ]}
        />
        <p className="mt-6 max-w-[68ch]">
          {difference ? `Careful: this is ${difference} than was announced. ` : ""}
          {reason === null
            ? row.turn.whose === "second"
              ? `${row.turn.first} has recorded it; with you it is two. ${row.name} can use it at once, and is told by mail.`
              : "Nothing moves yet: another operator looks at the bank too, and confirms the same amount."
            : `Nothing moves. ${row.name} is told: “${reason}”`}
        </p>
      </CheckForm>
    );
  }
  const problem = answer && "problem" in answer ? answer.problem : undefined;
  const values = answer && "values" in answer ? answer.values : {};
  return (
    <>
      <PageHead title={`Deposit of ${row.amount}`} over={<Link to="/desk">Desk</Link>}>
        Announced by {row.name} on {row.askedOn}.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Facts
        items={[
          { name: "State", value: <StateBadge state={row.state} /> },
          { name: "Reference", value: row.reference },
          { name: "Account holder", value: row.legalName },
          ...(row.turn.first
            ? [{ name: "Recorded first", value: row.recorded ?? "", note: row.turn.note }]
            : []),
          ...(row.arrived ? [{ name: "Arrived", value: row.arrived }] : []),
          ...(row.reason ? [{ name: "Reason", value: row.reason }] : []),
        ]}
      />
      {row.state === "requested" ? (
        <Decide
          values={values}
          turn={row.turn}
          typed={row.turn.whose === "second" ? "" : row.typed}
          problem={problem}
          idempotencyKey={row.idempotencyKey}
        />
      ) : null}
    </>
  );
}

/** What the last button does: the first operator's records, the second's moves the money. */
const actOf = (row: { turn: Turn; name: string }, arrived: string): string =>
  row.turn.whose === "second"
    ? `Add ${arrived} to ${row.name}'s balance`
    : `Record that ${arrived} has arrived`;

function Decide(props: {
  turn: Turn;
  values: Record<string, string>;
  typed: string;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  const { values, problem } = props;
  return (
    <Section title="What does the bank show?">
      <TurnNotice turn={props.turn} />
      <Form method="post" noValidate>
        <IdempotencyKey value={props.idempotencyKey} />
        <Choice
          name="decision"
          legend="Has it arrived?"
          problem={problem}
          defaultValue={values.decision ?? ""}
          options={[
            { value: "confirm", label: "Yes, the amount below has arrived under this reference" },
            { value: "refuse", label: "No, refuse it for the reason below" },
          ]}
        />
        <Field
          name="arrived"
          label="What has arrived, in dollars"
          inputMode="decimal"
          defaultValue={values.arrived ?? props.typed}
          problem={problem}
        />
        <Field
          name="reason"
          label="Reason, if you refuse it"
          hint="The person reads it."
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
