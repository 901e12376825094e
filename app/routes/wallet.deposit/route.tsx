import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Money } from "~/components/ui/numbers";
import { previewDeposit } from "~/features/treasury/queries.server";
import { requestDeposit } from "~/features/treasury/request-deposit.server";
import { TwoSteps } from "~/features/treasury/two-steps";
import { inTwoSteps } from "~/features/treasury/two-steps.server";
import { WalletForm } from "~/features/treasury/wallet-form";
import { formatCents } from "~/lib/money";
import { ok } from "~/lib/result";

export const meta: MetaFunction = () => [{ title: "Announce a deposit · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePerson(request);
  return { idempotencyKey: newIdempotencyKey() };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  return inTwoSteps(await readForm(request), {
    preview: (values) => {
      const preview = previewDeposit(values);
      if (!preview.ok) return preview;
      const { amountCents, reference } = preview.value;
      return ok({ amountCents: String(amountCents), reference });
    },
    perform: (input, idempotencyKey) =>
      requestDeposit({ actor, input, idempotencyKey, now: getClock().now() }),
    done: () => redirectSaying("/wallet", "deposit-announced"),
  });
}

export default function Deposit() {
  const { idempotencyKey } = useLoaderData<typeof loader>();
  return (
    <TwoSteps
      answer={useActionData<typeof action>()}
      check={({ amountCents, reference }) => ({
        title: "Check before you announce",
        items: [
          { name: "You have sent", value: <Money cents={amountCents} plain /> },
          { name: "Under the reference", value: reference },
        ],
        said: "Nothing moves now. An operator compares it with what the bank shows; what has arrived then enters your balance, and you are told by mail.",
        act: `Announce ${formatCents(amountCents)}`,
      })}
    >
      {(form) => (
        <WalletForm
          title="Announce a deposit"
          lead="Send the money from your bank first, then tell us here what you sent, so that an operator knows it when it arrives."
          amountHint="What you sent, such as 66,666.67"
          other={{
            name: "reference",
            label: "Reference of the bank transfer",
            hint: "As your bank prints it; each transfer has its own",
            maxLength: 60,
          }}
          button="Check this deposit"
          idempotencyKey={idempotencyKey}
          {...form}
        />
      )}
    </TwoSteps>
  );
}
