import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requireOperator } from "~/auth/session.server";
import { Button, Choice, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Facts, PageHead, Section } from "~/components/ui/page";
import { countryName } from "~/features/people/countries";
import { ProveForm } from "~/features/people/prove-form";
import { askProof } from "~/features/people/prove-identity.server";
import { TREASURY_MESSAGES } from "~/features/treasury/messages";
import { StateBadge } from "~/features/treasury/state-badge";
import { BASES } from "~/features/verification/bases";
import { decideVerification } from "~/features/verification/decide-verification.server";
import { findVerificationToDecide } from "~/features/verification/queries.server";
import { formatDate } from "~/lib/dates";
import type { FormProblem } from "~/lib/form-problem";

export const meta: MetaFunction = () => [{ title: "Verify an investor · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requireOperator(request);
  const row = await findVerificationToDecide(actor, params.id);
  if (!row) throw new Response("Not found", { status: 404 });
  return {
    ...row,
    basis: BASES[row.basis],
    countryName: countryName(row.country),
    requestedAt: formatDate(row.requestedAt),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  await requireOperator(request);
  const form = await readForm(request);
  const asked = await askProof(request, form, context);
  if (asked) return asked;
  const actor = await requireOperator(request);
  const input = { ...form.values, verificationId: params.id };
  const call = { actor, input, idempotencyKey: form.idempotencyKey, now: getClock().now() };
  const decided = await decideVerification(call);
  return decided.ok
    ? redirectSaying("/desk", "decision-done")
    : refused(decided.error, form, TREASURY_MESSAGES);
}

export default function VerifyInvestor() {
  const row = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "asked" in answer) return <ProveForm asked={answer.asked} />;
  const problem = answer?.problem;
  return (
    <>
      <PageHead title={`Verify ${row.displayName}`} trail={[{ to: "/desk", name: "Desk" }]}>
        Asked on {row.requestedAt}.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Facts
        items={[
          { name: "State", value: <StateBadge state={row.state} /> },
          { name: "Legal name", value: row.legalName },
          { name: "Lives in", value: row.countryName },
        ]}
      />
      <Section title="What the request rests on">
        <p className="max-w-[68ch]">{row.basis}</p>
        <p className="mt-4 max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">
          {row.statement}
        </p>
      </Section>
      {row.state === "requested" ? (
        <Decide idempotencyKey={row.idempotencyKey} name={row.displayName} problem={problem} />
      ) : (
        <Section title="Decided">
          <p className="max-w-[68ch] whitespace-pre-wrap">{row.reason}</p>
        </Section>
      )}
    </>
  );
}

function Decide(props: { idempotencyKey: string; name: string; problem: FormProblem | undefined }) {
  const { idempotencyKey, name, problem } = props;
  return (
    <Section title="Your decision">
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Choice
          name="decision"
          legend="Is this person an accredited investor?"
          problem={problem}
          options={[
            {
              value: "approve",
              label: `Yes: ${name} can make offers for 12 months from today`,
            },
            { value: "refuse", label: "No: they are told why and can ask again" },
          ]}
        />
        <Field
          name="reason"
          label="Reason"
          hint="What you saw, and what follows from it. The person reads it."
          rows={4}
          problem={problem}
          maxLength={2000}
          required
        />
        <Button>Decide and tell {name}</Button>
      </Form>
    </Section>
  );
}
