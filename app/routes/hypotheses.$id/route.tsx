import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { Facts, PageHead, Section } from "~/components/ui/page";
import { findToScore } from "~/features/scouting/hypotheses.server";
import { OutcomeBadge, ScoreHypothesisForm } from "~/features/scouting/hypothesis-parts";
import { SCOUTING_MESSAGES } from "~/features/scouting/messages";
import { scoreHypothesis } from "~/features/scouting/score-hypothesis.server";

export const meta: MetaFunction = () => [{ title: "What came of it? · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const hypothesis = await findToScore(actor, params.id, getClock().now());
  if (!hypothesis) throw new Response("Not found", { status: 404 });
  return { hypothesis, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const result = await scoreHypothesis({
    actor,
    input: { ...form.values, hypothesisId: params.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (!result.ok) return refused(result.error, form, SCOUTING_MESSAGES);
  return redirectSaying("/hypotheses", "hypothesis-scored");
}

export default function ScoreHypothesis() {
  const { hypothesis: one, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title="What came of it?"
        trail={[{ to: "/hypotheses", name: "What scouts expected" }]}
      >
        <Link to={`/scouts/${one.scoutHandle}`}>{one.scoutName}</Link> said this of{" "}
        {one.own ? "you" : one.talentName}.
      </PageHead>
      <ErrorSummary problem={problem} />
      <blockquote className="mb-8 max-w-[68ch] border-l-2 border-rule pl-4 text-lg whitespace-pre-wrap [overflow-wrap:anywhere]">
        {one.claim}
      </blockquote>
      <Facts
        items={[
          { name: "Said on", value: one.saidOn },
          { name: "How sure", value: one.chance },
          { name: "Shows by", value: one.dueOn },
          { name: "Now", value: <OutcomeBadge outcome={one.outcome} /> },
        ]}
      />
      <Section title={one.outcome === "due" ? "Say what came of it" : "What came of it"}>
        {one.mayScore || problem ? (
          <ScoreHypothesisForm {...{ problem, idempotencyKey }} scoutName={one.scoutName} />
        ) : null}
        {one.mayScore ? null : (
          <p className="max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">
            {one.evidence ??
              (one.outcome === "due"
                ? `You are too close to ${one.scoutName} to score this. Somebody else does.`
                : `Its day has not come: come back on ${one.dueOn}.`)}
          </p>
        )}
      </Section>
    </>
  );
}
