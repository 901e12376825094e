import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Money } from "~/components/ui/numbers";
import { HeldNotice } from "~/features/treasury/held-notice";
import { getHold } from "~/features/treasury/hold.server";
import { TREASURY_MESSAGES } from "~/features/treasury/messages";
import { getWallet, previewWithdrawal } from "~/features/treasury/queries.server";
import { requestWithdrawal } from "~/features/treasury/request-withdrawal.server";
import { TwoSteps } from "~/features/treasury/two-steps";
import { inTwoSteps } from "~/features/treasury/two-steps.server";
import { WalletForm } from "~/features/treasury/wallet-form";
import { formatCents } from "~/lib/money";
import { ok } from "~/lib/result";

export const meta: MetaFunction = () => [{ title: "Take money out · Belay" }];

const TOO_MUCH = "Your balance is less than this. Enter at most what it shows.";
const MESSAGES = {
  ...TREASURY_MESSAGES,
  insufficient_balance: TOO_MUCH,
  unknown_account: TOO_MUCH,
};

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const [{ cashCents }, heldUntil] = await Promise.all([
    getWallet(actor),
    getHold(actor.id, getClock().now()),
  ]);
  return { heldUntil, cashCents: String(cashCents), idempotencyKey: newIdempotencyKey() };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  return inTwoSteps(await readForm(request), {
    preview: async (values) => {
      const preview = await previewWithdrawal(actor, values, now);
      if (!preview.ok) return preview;
      const { amountCents, destination, afterCents } = preview.value;
      return ok({ amountCents: String(amountCents), destination, afterCents: String(afterCents) });
    },
    perform: (input, idempotencyKey) => requestWithdrawal({ actor, input, idempotencyKey, now }),
    done: () => redirectSaying("/wallet", "withdrawal-asked"),
    messages: MESSAGES,
  });
}

export default function Withdraw() {
  const { cashCents, heldUntil, idempotencyKey } = useLoaderData<typeof loader>();
  return (
    <TwoSteps
      answer={useActionData<typeof action>()}
      check={({ amountCents, destination, afterCents }) => ({
        title: "Check what will move",
        items: [
          { name: "Leaves your balance", value: <Money cents={amountCents} plain /> },
          { name: "Paid to", value: destination },
          { name: "Your balance after it", value: <Money cents={afterCents} /> },
        ],
        said: `${formatCents(amountCents)} leaves your balance now and waits in escrow until an operator has paid it. If it cannot be paid, all of it comes back, and you are told why.`,
        act: `Take out ${formatCents(amountCents)}`,
      })}
    >
      {(form) => (
        <WalletForm
          title="Take money out"
          lead={
            <>
              Your balance is <Money cents={cashCents} />.
            </>
          }
          notice={heldUntil ? <HeldNotice until={heldUntil} /> : null}
          other={{
            name: "destination",
            label: "Account to pay to",
            hint: "Its holder, bank and number. It must be an account of your own.",
            maxLength: 140,
            rows: 3,
          }}
          button="Check what will move"
          idempotencyKey={idempotencyKey}
          {...form}
        />
      )}
    </TwoSteps>
  );
}
