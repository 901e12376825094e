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
import { decideWithdrawal } from "~/features/treasury/decide-withdrawal.server";
import { findWithdrawalToDecide } from "~/features/treasury/desk-queries.server";
import { getHold } from "~/features/treasury/hold.server";
import { TREASURY_MESSAGES } from "~/features/treasury/messages";
import { previewWithdrawalDecision } from "~/features/treasury/queries.server";
import { StateBadge } from "~/features/treasury/state-badge";
import { type Turn, turnOf } from "~/features/treasury/turn";
import { TurnNotice } from "~/features/treasury/turn-notice";
import { formatDate } from "~/lib/dates";
import type { FormProblem } from "~/lib/form-problem";
import { formatCents } from "~/lib/money";

export const meta: MetaFunction = () => [{ title: "Pay a withdrawal · Belay" }];

async function find(request: Request, id: string | undefined) {
  const actor = await requireOperator(request);
  const row = await findWithdrawalToDecide(actor, id);
  if (!row) throw new Response("Not found", { status: 404 });
  return { actor, ...row };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, withdrawal, displayName, legalName, first } = await find(request, params.id);
  return {
    turn: turnOf(actor, withdrawal.firstBy, first, withdrawal.firstAt),
    heldUntil: await getHold(withdrawal.personId, getClock().now()),
    state: withdrawal.state,
    name: displayName,
    legalName,
    amount: formatCents(withdrawal.amountCents),
    destination: withdrawal.destination,
    reason: withdrawal.reason,
    askedOn: formatDate(withdrawal.requestedAt),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  await find(request, params.id);
  const form = await readForm(request);
  const asked = await askProof(request, form, context);
  if (asked) return asked;
  const { actor, withdrawal } = await find(request, params.id);
  const { step, ...values } = form.values;
  const { idempotencyKey } = form;
  const input = { ...values, withdrawalId: withdrawal.id };
  if (step === "edit") return { values };
  if (step === "confirm") {
    const decided = await decideWithdrawal({ actor, input, idempotencyKey, now: getClock().now() });
    if (!decided.ok) return refused(decided.error, form, TREASURY_MESSAGES);
    const waits = decided.value.state === "requested";
    return redirectSaying("/desk", waits ? "first-recorded" : "decision-done");
  }
  const preview = previewWithdrawalDecision(input);
  if (!preview.ok) return refused(preview.error, form, TREASURY_MESSAGES);
  return { preview: preview.value, values, idempotencyKey };
}

export default function PayWithdrawal() {
  const row = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "asked" in answer) return <ProveForm asked={answer.asked} />;
  if (answer && "preview" in answer && answer.preview && row.state === "requested") {
    const { reason } = answer.preview;
    const paid = reason === null;
    return (
      <CheckForm
        title="Check what will move"
        values={answer.values}
        idempotencyKey={answer.idempotencyKey}
        act={paid ? actOf(row) : `Return ${row.amount} to ${row.name}`}
        danger={!paid}
      >
        <Facts
          items={[
            { name: "Leaves escrow", value: row.amount },
            { name: "Goes to", value: paid ? row.destination : `${row.name}'s balance` },
          ]}
        />
        <p className="mt-6 max-w-[68ch]">
          {paid
            ? row.turn.whose === "second"
              ? `${row.turn.first} has paid it; with you it is two. Say this only once you see it at the bank: it cannot be taken back here. ${row.name} is told by mail.`
              : "Say this only once the bank has carried it out. Another operator looks too; then it leaves escrow."
            : `All of it returns to the balance. ${row.name} is told: “${reason}”`}
        </p>
      </CheckForm>
    );
  }
  const problem = answer && "problem" in answer ? answer.problem : undefined;
  const values = answer && "values" in answer ? answer.values : {};
  return (
    <>
      <PageHead title={`Withdrawal of ${row.amount}`} over={<Link to="/desk">Desk</Link>}>
        Asked for by {row.name} on {row.askedOn}. The money waits in escrow.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Facts
        items={[
          { name: "State", value: <StateBadge state={row.state} /> },
          { name: "Pay to", value: row.destination },
          { name: "Legal name", value: row.legalName },
          ...(row.turn.first
            ? [{ name: "Recorded as paid", value: `by ${row.turn.first}`, note: row.turn.note }]
            : []),
          ...(row.reason ? [{ name: "Reason", value: row.reason }] : []),
        ]}
      />
      {row.heldUntil && row.state === "requested" ? (
        <p className="my-8 max-w-[68ch] border-l-4 border-loss bg-paper-2 p-4" role="note">
          Not to be paid before {row.heldUntil}: the e-mail address of this account was changed.
        </p>
      ) : null}
      {row.state === "requested" ? (
        <Decide
          turn={row.turn}
          values={values}
          problem={problem}
          idempotencyKey={row.idempotencyKey}
        />
      ) : null}
    </>
  );
}

/** What the last button does: the first operator's records, the second's lets the money go. */
const actOf = (row: { turn: Turn; amount: string }): string =>
  row.turn.whose === "second" ? `Confirm that ${row.amount} was paid` : `I have paid ${row.amount}`;

function Decide(props: {
  turn: Turn;
  values: Record<string, string>;
  problem: FormProblem | undefined;
  idempotencyKey: string;
}) {
  const { values, problem } = props;
  return (
    <Section title="Your decision">
      <TurnNotice turn={props.turn} />
      <Form method="post" noValidate>
        <IdempotencyKey value={props.idempotencyKey} />
        <Choice
          name="decision"
          legend="Have you paid it?"
          problem={problem}
          defaultValue={values.decision ?? ""}
          options={[
            { value: "paid", label: "Yes, the bank has carried it out" },
            { value: "refuse", label: "No, it cannot be paid, for the reason below" },
          ]}
        />
        <Field
          name="reason"
          label="Reason, if you refuse it"
          hint="The person reads it: say what they can do."
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
