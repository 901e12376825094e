import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey } from "~/auth/form.server";
import { requireOperator } from "~/auth/session.server";
import { Field } from "~/components/ui/form";
import { Day, Money } from "~/components/ui/numbers";
import { ProveForm } from "~/features/people/prove-form";
import { decideDeposit } from "~/features/treasury/decide-deposit.server";
import { findDepositToDecide } from "~/features/treasury/desk-queries.server";
import { MoneyCase } from "~/features/treasury/money-case";
import { previewDepositDecision } from "~/features/treasury/queries.server";
import { turnOf } from "~/features/treasury/turn";
import { type Check, TwoSteps } from "~/features/treasury/two-steps";
import { decideAtTheDesk } from "~/features/treasury/two-steps.server";
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
  const { firstArrivedCents, arrivedCents, amountCents } = deposit;
  return {
    turn: turnOf(actor, deposit.firstBy, first, deposit.firstAt),
    recordedCents: firstArrivedCents === null ? null : String(firstArrivedCents),
    state: deposit.state,
    name: displayName,
    legalName,
    amount: formatCents(amountCents),
    arrivedCents: arrivedCents === null ? null : String(arrivedCents),
    typed: centsForInput(amountCents),
    reference: deposit.reference,
    reason: deposit.reason,
    askedAt: deposit.requestedAt.toISOString(),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const found = () => find(request, params.id);
  return decideAtTheDesk(request, context, found, ({ actor, deposit }) => {
    const inputOf = (values: object) => ({ ...values, depositId: deposit.id });
    return {
      preview: (values) => previewDepositDecision(deposit.amountCents, inputOf(values)),
      perform: (values, idempotencyKey) =>
        decideDeposit({ actor, input: inputOf(values), idempotencyKey, now: getClock().now() }),
    };
  });
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>;

export default function ConfirmDeposit() {
  const row = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "asked" in answer) return <ProveForm asked={answer.asked} />;
  return (
    <TwoSteps
      answer={answer}
      open={row.state === "requested"}
      check={(preview) => checkOf(row, preview)}
    >
      {({ problem, values }) => (
        <MoneyCase
          title={`Deposit of ${row.amount}`}
          lead={
            <>
              Announced by {row.name} on <Day day={row.askedAt} />.
            </>
          }
          state={row.state}
          reason={row.reason}
          facts={[
            { name: "Reference", value: row.reference },
            { name: "Account holder", value: row.legalName },
            ...(row.turn.first && row.recordedCents
              ? [
                  {
                    name: "Recorded first",
                    value: <Money cents={row.recordedCents} />,
                    note: row.turn.note,
                  },
                ]
              : []),
            ...(row.arrivedCents
              ? [{ name: "Arrived", value: <Money cents={row.arrivedCents} /> }]
              : []),
          ]}
          decide={{
            title: "What does the bank show?",
            legend: "Has it arrived?",
            yes: {
              value: "confirm",
              label: "Yes, the amount below has arrived under this reference",
            },
            no: "No, refuse it for the reason below",
            reasonHint: "The person reads it.",
            turn: row.turn,
            values,
            problem,
            idempotencyKey: row.idempotencyKey,
            fields: (
              <Field
                name="arrived"
                label="What has arrived, in dollars"
                inputMode="decimal"
                // The second operator looks for themselves.
                defaultValue={values.arrived ?? (row.turn.whose === "second" ? "" : row.typed)}
                problem={problem}
              />
            ),
          }}
        />
      )}
    </TwoSteps>
  );
}

/** What is checked before the last button: the first operator's records, the second's moves the money. */
function checkOf(
  { turn, name, amount, reference }: Row,
  {
    arrived,
    difference,
    reason,
  }: { arrived: string | null; difference: string; reason: string | null },
): Check {
  const second = turn.whose === "second";
  const then =
    reason !== null
      ? `Nothing moves. ${name} is told: “${reason}”`
      : second
        ? `${turn.first} has recorded it; with you it is two. ${name} can use it at once, and is told by mail.`
        : "Nothing moves yet: another operator looks at the bank too, and confirms the same amount.";
  return {
    title: "Check what will move",
    items: [
      { name: "Announced", value: amount },
      { name: "Enters the balance", value: arrived ?? "nothing" },
      { name: "Reference", value: reference },
    ],
    said: `${difference ? `Careful: this is ${difference} than was announced. ` : ""}${then}`,
    act:
      arrived === null
        ? "Refuse this deposit"
        : second
          ? `Add ${arrived} to ${name}’s balance`
          : `Record that ${arrived} has arrived`,
    danger: arrived === null,
  };
}
