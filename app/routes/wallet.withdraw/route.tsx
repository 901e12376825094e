import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Facts, PageHead } from "~/components/ui/page";
import { CheckForm } from "~/features/treasury/check-form";
import { HeldNotice } from "~/features/treasury/held-notice";
import { getHold } from "~/features/treasury/hold.server";
import { TREASURY_MESSAGES } from "~/features/treasury/messages";
import { getWallet, previewWithdrawal } from "~/features/treasury/queries.server";
import { requestWithdrawal } from "~/features/treasury/request-withdrawal.server";
import type { FormProblem } from "~/lib/form-problem";
import { formatCents } from "~/lib/money";

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
  return { heldUntil, balance: formatCents(cashCents), idempotencyKey: newIdempotencyKey() };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const { step, ...values } = form.values;
  const { idempotencyKey } = form;
  if (step === "edit") return { values };
  if (step === "confirm") {
    const call = { actor, input: values, idempotencyKey, now: getClock().now() };
    const asked = await requestWithdrawal(call);
    return asked.ok
      ? redirectSaying("/wallet", "withdrawal-asked")
      : refused(asked.error, form, MESSAGES);
  }
  const preview = await previewWithdrawal(actor, values, getClock().now());
  if (!preview.ok) return refused(preview.error, form, MESSAGES);
  const { amountCents, destination, afterCents } = preview.value;
  const shown = { amount: formatCents(amountCents), destination, after: formatCents(afterCents) };
  return { preview: shown, values, idempotencyKey };
}

export default function Withdraw() {
  const { balance, heldUntil, idempotencyKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "preview" in answer && answer.preview) {
    const { amount, destination, after } = answer.preview;
    return (
      <CheckForm
        title="Check what will move"
        values={answer.values}
        idempotencyKey={answer.idempotencyKey}
        act={`Take out ${amount}`}
      >
        <Facts
          items={[
            { name: "Leaves your balance", value: amount },
            { name: "Paid to", value: destination },
            { name: "Your balance after it", value: after },
          ]}
        />
        <p className="mt-6 max-w-[68ch]">
          {amount} leaves your balance now and waits in escrow until an operator has paid it. If it
          cannot be paid, all of it comes back, and you are told why.
        </p>
      </CheckForm>
    );
  }
  const problem: FormProblem | undefined =
    answer && "problem" in answer ? answer.problem : undefined;
  const values: Record<string, string> = answer && "values" in answer ? answer.values : {};
  return (
    <>
      <PageHead title="Take money out" over={<Link to="/wallet">Wallet</Link>}>
        Your balance is {balance}.
      </PageHead>
      <ErrorSummary problem={problem} />
      {heldUntil ? <HeldNotice until={heldUntil} /> : null}
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Field
          name="amount"
          label="Amount in dollars"
          inputMode="decimal"
          problem={problem}
          defaultValue={values.amount}
          required
        />
        <Field
          name="destination"
          label="Account to pay to"
          hint="Its holder, bank and number. It must be an account of your own."
          problem={problem}
          defaultValue={values.destination}
          maxLength={140}
          rows={3}
          required
        />
        <Button name="step" value="preview">
          Check what will move
        </Button>
      </Form>
    </>
  );
}
