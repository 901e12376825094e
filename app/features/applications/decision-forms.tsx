import { Form } from "@remix-run/react";
import { Button, Field, IdempotencyKey } from "~/components/ui/form";
import type { FormProblem } from "~/lib/form-problem";

type Props = { problem: FormProblem | undefined; idempotencyKey: string };

/** The decision about a place, with its message to the applicant. It says nothing about money. */
export function DecisionForm({
  problem,
  idempotencyKey,
  name,
  placesLeft,
}: Props & { name: string; placesLeft: number }) {
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={`${idempotencyKey}-decide`} />
      <input type="hidden" name="intent" value="decide" />
      <p className="mb-4 max-w-[68ch]">
        {placesLeft > 0
          ? `${placesLeft} ${placesLeft === 1 ? "place is" : "places are"} left. ${name} is told at once, with your message. A decision cannot be taken back. Money is a decision of its own, later.`
          : `All places are taken: you can only decline. ${name} is told at once, with your message.`}
      </p>
      <Field
        name="message"
        label={`Message to ${name}`}
        hint="May stay empty."
        rows={4}
        problem={problem}
      />
      <div className="flex flex-wrap gap-4">
        {placesLeft > 0 ? (
          <Button name="decision" value="admit">
            Admit {name}
          </Button>
        ) : null}
        <Button kind="danger" name="decision" value="decline">
          Decline
        </Button>
      </div>
    </Form>
  );
}
