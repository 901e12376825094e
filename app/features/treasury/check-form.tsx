import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";

/**
 * The second step of an act on money: what will happen, a button that names it, and a way back to the form with nothing
 * lost. `values` are the form's, sent again; the buttons say `step`: `confirm` or `edit`.
 */
export function CheckForm(props: {
  title: string;
  values: Record<string, string>;
  idempotencyKey: string;
  act: string;
  danger?: boolean;
  children: ReactNode;
}) {
  const { step: _, ...values } = props.values;
  return (
    <>
      <PageHead title={props.title} over="Step 2 of 2" />
      {props.children}
      <Form method="post" className="mt-8 flex flex-wrap gap-4">
        <IdempotencyKey value={props.idempotencyKey} />
        {Object.entries(values).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button name="step" value="confirm" kind={props.danger ? "danger" : "accent"}>
          {props.act}
        </Button>
        <Button name="step" value="edit" kind="plain">
          Change something
        </Button>
      </Form>
    </>
  );
}
