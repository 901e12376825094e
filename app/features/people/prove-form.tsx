import { Form } from "@remix-run/react";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { PracticeCodes } from "./practice-codes";
import type { ProofAsked } from "./prove-identity.server";

/** Asks somebody to prove that it is still they, and then goes on with what they had sent: nothing typed is lost. */
export function ProveForm({ asked }: { asked: ProofAsked }) {
  return (
    <>
      <PageHead title="Prove that it is you">
        This needs a sign-in of the last five minutes. What you typed is kept, and goes on from
        here.
      </PageHead>
      <ErrorSummary problem={asked.problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={asked.idempotencyKey} />
        {Object.entries(asked.values).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}

        <Field
          name="provePassword"
          label="Your password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
          required
        />
        {asked.hasSecondStep ? (
          <Field
            name="proveCode"
            label="Code"
            hint="Six digits of your authenticator, or one of your recovery codes"
            autoComplete="one-time-code"
            maxLength={20}
            required
          />
        ) : null}
        {asked.hasSecondStep && asked.practice ? <PracticeCodes /> : null}
        <Button>Go on</Button>
      </Form>
    </>
  );
}
