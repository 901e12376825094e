import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import type { FormProblem } from "~/lib/form-problem";

/** The first step of money in or out of one's own wallet: an amount, and what tells the transfer from others. */
export function WalletForm(props: {
  title: string;
  lead: ReactNode;
  notice?: ReactNode;
  amountHint?: string;
  /** The form's other field. */
  other: { name: string; label: string; hint: string; maxLength: number; rows?: number };
  button: string;
  problem: FormProblem | undefined;
  values: Record<string, string>;
  idempotencyKey: string;
}) {
  const { title, lead, notice, other, problem, values } = props;
  return (
    <>
      <PageHead title={title} trail={[{ to: "/wallet", name: "Wallet" }]}>
        {lead}
      </PageHead>
      <ErrorSummary problem={problem} />
      {notice}
      <Form method="post" noValidate>
        <IdempotencyKey value={props.idempotencyKey} />
        <Field
          name="amount"
          label="Amount in dollars"
          hint={props.amountHint}
          inputMode="decimal"
          problem={problem}
          defaultValue={values.amount}
          required
        />
        <Field {...other} problem={problem} defaultValue={values[other.name]} required />
        <Button name="step" value="preview">
          {props.button}
        </Button>
      </Form>
    </>
  );
}
