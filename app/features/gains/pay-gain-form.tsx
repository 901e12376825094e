import { Form, Link } from "@remix-run/react";
import { Button, IdempotencyKey } from "~/components/ui/form";
import { Day, Money } from "~/components/ui/numbers";
import { ActionLink, Section } from "~/components/ui/page";
import { formatCents } from "~/lib/money";
import { PartsTable, type ShownPart } from "./parts-table";

type Payable = {
  id: string;
  state: string;
  dueAt: string;
  toPayCents: string;
  paidCents: string;
  parts: readonly ShownPart[];
};

/** What the owner still pays: first what it is, then, when `checking`, what moves, with the button that moves it. */
export function PayGain(props: {
  gain: Payable;
  cashCents: string;
  checking: boolean;
  idempotencyKey: string;
}) {
  const { gain, checking, idempotencyKey } = props;
  const cash = BigInt(props.cashCents);
  const toPay = BigInt(gain.toPayCents) - BigInt(gain.paidCents);
  const missing = toPay - cash;
  const holders = new Set(gain.parts.map((part) => part.handle)).size;
  const whom = holders === 1 ? "1 holder" : `${holders} holders`;
  return (
    <Section
      title={checking ? "Check what will move" : `${formatCents(toPay)} is due to ${whom}`}
      id="pay"
    >
      {gain.state === "overdue" ? (
        <p className="mb-4 font-semibold text-loss">
          It was due by <Day day={gain.dueAt} />.
        </p>
      ) : checking ? null : (
        <p className="mb-4">
          Pay it by <Day day={gain.dueAt} />.
        </p>
      )}
      {missing > 0n ? (
        <>
          <p className="mb-4 max-w-[68ch]">
            Your balance is <Money cents={cash} />: <Money cents={missing} /> is missing. Deposit it
            first; nothing moves until you pay.
          </p>
          <ActionLink to="/wallet/deposit">
            Deposit <Money cents={missing} />
          </ActionLink>
        </>
      ) : checking ? (
        <>
          <p className="mb-4 max-w-[68ch]">
            <Money cents={toPay} /> leaves your balance now, all at once, and is theirs. Your
            balance is then <Money cents={cash - toPay} />. It cannot be taken back.
          </p>
          <PartsTable
            caption="What moves to whom"
            parts={gain.parts.map(({ paidCents: _, ...part }) => part)}
          />
          <Form method="post" className="mt-6 flex flex-wrap items-center gap-4">
            <IdempotencyKey value={idempotencyKey} />
            <Button>
              Pay <Money cents={toPay} /> to {whom}
            </Button>
            <Link to={`/gains/${gain.id}`}>Not now</Link>
          </Form>
        </>
      ) : (
        <ActionLink to={`/gains/${gain.id}?step=pay`}>
          Check and pay <Money cents={toPay} />
        </ActionLink>
      )}
    </Section>
  );
}
