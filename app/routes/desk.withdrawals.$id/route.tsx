import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey } from "~/auth/form.server";
import { requireOperator } from "~/auth/session.server";
import { Notice } from "~/components/ui/notice";
import { Day } from "~/components/ui/numbers";
import { ProveForm } from "~/features/people/prove-form";
import { decideWithdrawal } from "~/features/treasury/decide-withdrawal.server";
import { findWithdrawalToDecide } from "~/features/treasury/desk-queries.server";
import { getHold } from "~/features/treasury/hold.server";
import { MoneyCase } from "~/features/treasury/money-case";
import { previewWithdrawalDecision } from "~/features/treasury/queries.server";
import { turnOf } from "~/features/treasury/turn";
import { type Check, TwoSteps } from "~/features/treasury/two-steps";
import { decideAtTheDesk } from "~/features/treasury/two-steps.server";
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
    askedAt: withdrawal.requestedAt.toISOString(),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const found = () => find(request, params.id);
  return decideAtTheDesk(request, context, found, ({ actor, withdrawal }) => {
    const inputOf = (values: object) => ({ ...values, withdrawalId: withdrawal.id });
    return {
      preview: (values) => previewWithdrawalDecision(inputOf(values)),
      perform: (values, idempotencyKey) =>
        decideWithdrawal({ actor, input: inputOf(values), idempotencyKey, now: getClock().now() }),
    };
  });
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>;

export default function PayWithdrawal() {
  const row = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "asked" in answer) return <ProveForm asked={answer.asked} />;
  return (
    <TwoSteps
      answer={answer}
      open={row.state === "requested"}
      check={({ reason }) => checkOf(row, reason)}
    >
      {({ problem, values }) => (
        <MoneyCase
          title={`Withdrawal of ${row.amount}`}
          lead={
            <>
              Asked for by {row.name} on <Day day={row.askedAt} />. The money waits in escrow.
            </>
          }
          state={row.state}
          reason={row.reason}
          facts={[
            { name: "Pay to", value: row.destination },
            { name: "Legal name", value: row.legalName },
            ...(row.turn.first
              ? [{ name: "Recorded as paid", value: `by ${row.turn.first}`, note: row.turn.note }]
              : []),
          ]}
          notice={
            row.heldUntil ? (
              <Notice tone="loss">
                Not to be paid before {row.heldUntil}: the e-mail address of this account was
                changed.
              </Notice>
            ) : null
          }
          decide={{
            title: "Your decision",
            legend: "Have you paid it?",
            yes: { value: "paid", label: "Yes, the bank has carried it out" },
            no: "No, it cannot be paid, for the reason below",
            reasonHint: "The person reads it: say what they can do.",
            turn: row.turn,
            values,
            problem,
            idempotencyKey: row.idempotencyKey,
          }}
        />
      )}
    </TwoSteps>
  );
}

/** What is checked before the last button: the first operator's records, the second's lets the money go. */
function checkOf({ turn, name, amount, destination }: Row, reason: string | null): Check {
  const paid = reason === null;
  const second = turn.whose === "second";
  return {
    title: "Check what will move",
    items: [
      { name: "Leaves escrow", value: amount },
      { name: "Goes to", value: paid ? destination : `${name}’s balance` },
    ],
    said: !paid
      ? `All of it returns to the balance. ${name} is told: “${reason}”`
      : second
        ? `${turn.first} has paid it; with you it is two. Say this only once you see it at the bank: it cannot be taken back here. ${name} is told by mail.`
        : "Say this only once the bank has carried it out. Another operator looks too; then it leaves escrow.",
    act: !paid
      ? `Return ${amount} to ${name}`
      : second
        ? `Confirm that ${amount} was paid`
        : `I have paid ${amount}`,
    danger: !paid,
  };
}
