import type { ReactNode } from "react";
import { Facts } from "~/components/ui/page";
import type { FormProblem } from "~/lib/form-problem";
import { CheckForm } from "./check-form";

/** What the action of an act on money answers: a refusal, the way back to the form, or what would move. */
export type StepAnswer<P> = {
  problem?: FormProblem;
  values?: Record<string, string>;
  preview?: P;
  idempotencyKey?: string;
};

/** What is checked before the last button: the figures, what happens then and how to undo it, and the button's name. */
export type Check = {
  title: string;
  items: readonly { name: string; value: ReactNode }[];
  said: ReactNode;
  act: string;
  danger?: boolean;
};

/** An act on money in two steps: its form, then what will move. `open` false: there is nothing to decide any more. */
export function TwoSteps<P>({
  answer,
  open = true,
  check,
  children,
}: {
  answer: StepAnswer<P> | undefined;
  open?: boolean;
  check: (preview: P) => Check;
  children: (form: {
    problem: FormProblem | undefined;
    values: Record<string, string>;
  }) => ReactNode;
}) {
  const { preview, values = {}, idempotencyKey = "" } = answer ?? {};
  if (!preview || !open) return children({ problem: answer?.problem, values });
  const { title, items, said, act, danger = false } = check(preview);
  return (
    <CheckForm
      title={title}
      values={values}
      idempotencyKey={idempotencyKey}
      act={act}
      danger={danger}
    >
      <Facts items={items} />
      <p className="mt-6 max-w-[68ch]">{said}</p>
    </CheckForm>
  );
}
