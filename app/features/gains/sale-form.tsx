import { Form } from "@remix-run/react";
import { Button, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";
import { DOCUMENT_MAX_BYTES } from "./rules";

/** The form of a sale of company equity. `values`: what was typed before. It leads to the preview, never further. */
export function SaleForm(props: {
  problem: FormProblem | undefined;
  values: Record<string, string>;
  idempotencyKey: string;
}) {
  const { problem, idempotencyKey } = props;
  const values = problem?.values ?? props.values;
  const field = (name: string) => ({ name, problem, defaultValue: values[name] });
  return (
    <Form method="post" encType="multipart/form-data" noValidate>
      <IdempotencyKey value={idempotencyKey} />
      <input type="hidden" name="step" value="preview" />
      <Field
        {...field("company")}
        label="Company"
        hint="Whose equity you sold. Shown to you and to operators only."
        required
        maxLength={120}
      />
      <Field
        {...field("closingDate")}
        label="Closing date"
        type="date"
        hint="The day on which the sale closed. Parts follow the shares held at its end, 24:00 UTC."
        required
      />
      <Field
        {...field("proceeds")}
        label="Proceeds in dollars"
        hint="What you received in cash, or in what you can freely sell."
        inputMode="decimal"
        required
      />
      <Field
        {...field("basis")}
        label="Basis in dollars"
        hint="What you had paid for the equity; 0 if nothing."
        inputMode="decimal"
        required
      />
      <Field
        {...field("costs")}
        label="Direct costs in dollars"
        hint="Fees of this sale: brokers, lawyers, transfer. Not taxes."
        inputMode="decimal"
        required
      />
      <Field
        name="document"
        problem={problem}
        label="Document"
        type="file"
        mostBytes={DOCUMENT_MAX_BYTES}
        accept=".pdf,.png,.jpg,.jpeg"
        hint={
          values.documentId
            ? `You have handed in “${values.documentName ?? "a document"}”. Choose another file only to replace it.`
            : "PDF, PNG or JPEG, at most 10 MB: a closing statement, for example. You and operators see it, nobody else. A loss counts only with one."
        }
      />
      <KeptDocument values={values} />
      <Button>See who gets what</Button>
      <p className="mt-2 text-sm text-ink-soft">Nothing is declared yet.</p>
    </Form>
  );
}

/** Carries a document that was already handed in. */
export function KeptDocument({ values }: { values: Record<string, string> }) {
  if (!values.documentId) return null;
  return (
    <>
      <input type="hidden" name="documentId" value={values.documentId} />
      <input type="hidden" name="documentName" value={values.documentName ?? ""} />
    </>
  );
}
