import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requireOperator } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { GradeBadge } from "~/components/ui/grade-badge";
import { Day, Money } from "~/components/ui/numbers";
import { Facts, PageHead, Section } from "~/components/ui/page";
import { PaymentBadge } from "~/components/ui/payment-badge";
import { GradeForm } from "~/features/gains/grade-form";
import { gradeGain } from "~/features/gains/grade-gain.server";
import { GAIN_MESSAGES } from "~/features/gains/messages";
import { PartsTable } from "~/features/gains/parts-table";
import { getGainToGrade } from "~/features/gains/queries.server";
import { GRADE_WORDS } from "~/lib/gain-words";

export const meta: MetaFunction = () => [{ title: "Grade evidence · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requireOperator(request);
  const gain = await getGainToGrade(actor, params.id, getClock().now());
  if (!gain) throw new Response("Not found", { status: 404 });
  return { gain, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireOperator(request);
  const form = await readForm(request);
  const input = { ...form.values, gainId: params.id };
  const graded = await gradeGain({
    actor,
    input,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return graded.ok
    ? redirectSaying("/desk", "gain-graded")
    : refused(graded.error, form, GAIN_MESSAGES);
}

export default function GradeEvidence() {
  const { gain, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title={`${gain.owner.displayName}: ${gain.company}`}
        trail={[{ to: "/desk", name: "Desk" }]}
      >
        Closed on <Day day={gain.closingDate} />, declared on <Day day={gain.declaredAt} />. What
        you decide counts in the public record of every holder.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Facts
        items={[
          { name: "Proceeds", value: <Money cents={gain.proceedsCents} /> },
          { name: "Basis", value: <Money cents={gain.basisCents} /> },
          { name: "Direct costs", value: <Money cents={gain.costsCents} /> },
          ...(gain.lossCents === "0"
            ? []
            : [
                {
                  name: "Loss",
                  value: <Money cents={gain.lossCents} />,
                  note: "against later gains of its year",
                },
              ]),
          { name: "To divide", value: <Money cents={gain.distributableCents} plain /> },
          {
            name: "To holders",
            value: <Money cents={gain.toPayCents} />,
            note: <PaymentBadge gain={gain} />,
          },
          {
            name: "Grade now",
            value: <GradeBadge grade={gain.grade} />,
            note: GRADE_WORDS[gain.grade].meaning,
          },
        ]}
      />
      <p className="mt-6">
        {gain.document ? (
          <a href={`/documents/${gain.document.id}`} download>
            Download “{gain.document.fileName}”
          </a>
        ) : (
          "No document was handed in."
        )}
      </p>
      <Section title="Set the grade">
        <GradeForm gain={gain} problem={problem} idempotencyKey={idempotencyKey} />
      </Section>
      {gain.parts.length > 0 ? (
        <Section title="Whose record it touches">
          <PartsTable caption="Each holder’s part of this gain" parts={gain.parts} />
        </Section>
      ) : null}
    </>
  );
}
