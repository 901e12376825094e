import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Facts, PageHead } from "~/components/ui/page";
import { CheckForm } from "~/features/treasury/check-form";
import { TREASURY_MESSAGES } from "~/features/treasury/messages";
import { previewDeposit } from "~/features/treasury/queries.server";
import { requestDeposit } from "~/features/treasury/request-deposit.server";
import type { FormProblem } from "~/lib/form-problem";
import { formatCents } from "~/lib/money";

export const meta: MetaFunction = () => [{ title: "Announce a deposit · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePerson(request);
  return { idempotencyKey: newIdempotencyKey() };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const { step, ...values } = form.values;
  const { idempotencyKey } = form;
  if (step === "edit") return { values };
  if (step === "confirm") {
    const call = { actor, input: values, idempotencyKey, now: getClock().now() };
    const asked = await requestDeposit(call);
    return asked.ok
      ? redirectSaying("/wallet", "deposit-announced")
      : refused(asked.error, form, TREASURY_MESSAGES);
  }
  const preview = previewDeposit(values);
  if (!preview.ok) return refused(preview.error, form, TREASURY_MESSAGES);
  const { amountCents, reference } = preview.value;
  return { preview: { amount: formatCents(amountCents), reference }, values, idempotencyKey };
}

export default function Deposit() {
  const { idempotencyKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "preview" in answer && answer.preview) {
    const { amount, reference } = answer.preview;
    return (
      <CheckForm
        title="Check before you announce"
        values={answer.values}
        idempotencyKey={answer.idempotencyKey}
        act={`Announce ${amount}`}
      >
        <Facts
          items={[
            { name: "You have sent", value: amount },
            { name: "Under the reference", value: reference },
          ]}
        />
        <p className="mt-6 max-w-[68ch]">
          Nothing moves now. An operator compares it with what the bank shows; what has arrived then
          enters your balance, and you are told by mail.
        </p>
      </CheckForm>
    );
  }
  const problem: FormProblem | undefined =
    answer && "problem" in answer ? answer.problem : undefined;
  const values: Record<string, string> = answer && "values" in answer ? answer.values : {};
  return (
    <>
      <PageHead title="Announce a deposit" over={<Link to="/wallet">Wallet</Link>}>
        Send the money from your bank first, then tell us here what you sent, so that an operator
        knows it when it arrives.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Field
          name="amount"
          label="Amount in dollars"
          hint="What you sent, such as 66,666.67"
          inputMode="decimal"
          problem={problem}
          defaultValue={values.amount}
          required
        />
        <Field
          name="reference"
          label="Reference of the bank transfer"
          hint="As your bank prints it; each transfer has its own"
          problem={problem}
          defaultValue={values.reference}
          maxLength={60}
          required
        />
        <Button name="step" value="preview">
          Check this deposit
        </Button>
      </Form>
    </>
  );
}
