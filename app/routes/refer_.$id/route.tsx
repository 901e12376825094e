import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline, DeadlineFigure, DeadlineNote } from "~/components/ui/deadline";
import { ErrorSummary } from "~/components/ui/form";
import { Badge, Empty, Facts, PageHead, Section } from "~/components/ui/page";
import { listHypothesesOf } from "~/features/scouting/hypotheses.server";
import { Hypotheses, HypothesisForm } from "~/features/scouting/hypothesis-parts";
import { SCOUTING_MESSAGES } from "~/features/scouting/messages";
import { findMyReferral } from "~/features/scouting/queries.server";
import { dueDays, stateHypothesis } from "~/features/scouting/state-hypothesis.server";
import { policy } from "~/policy";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Your referral of ${data?.referral.talentName ?? "somebody"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const referral = await findMyReferral(actor, params.id, now);
  if (!referral) throw new Response("Not found", { status: 404 });
  return {
    referral,
    said: await listHypothesesOf(referral.id, now),
    most: policy.hypothesesPerReferral.value,
    days: dueDays(now),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const result = await stateHypothesis({
    actor,
    input: { ...form.values, referralId: params.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (!result.ok) return refused(result.error, form, SCOUTING_MESSAGES);
  return redirectSaying(`/refer/${params.id}`, "hypothesis-kept");
}

export default function MyReferral() {
  const { referral, said, most, days, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title={referral.talentName} trail={[{ to: "/refer", name: "Refer somebody" }]}>
        <Badge tone={referral.tone}>{referral.word}</Badge>{" "}
        {referral.byLink ? "Came by your link" : `Referred as ${referral.talentEmail}`} on{" "}
        {referral.sentOn}, for {referral.cohort ?? "any cohort"}.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Facts
        items={[
          {
            name: "Counts for an application until",
            value: <DeadlineFigure of={referral.applyBy} />,
            note: <DeadlineNote of={referral.applyBy} />,
          },
          {
            name: "Counts for an investment until",
            value: <DeadlineFigure of={referral.investBy} />,
            note: <DeadlineNote of={referral.investBy} />,
          },
          {
            name: "Finder’s stake",
            value: referral.stake ?? "as the cohort states",
            note: "of the shares that its teachers buy, out of theirs. They see it, and so does whoever you referred.",
          },
        ]}
      />
      {referral.reasons ? (
        <Section title="What you wrote to them">
          <p className="max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">
            {referral.reasons}
          </p>
        </Section>
      ) : null}
      <Section title="What you expect of them">
        <p className="mb-4 max-w-[68ch] text-ink-soft">
          Say what they will do, how sure you are, and by when it shows. It never changes. Once they
          have confirmed you they can read it, and when its day has come they, or who taught them,
          say what came of it. How well you judge is on your public page, the misses too.
        </p>
        {said.length === 0 ? (
          <Empty>You have said nothing that could turn out wrong yet.</Empty>
        ) : (
          <Hypotheses said={said} />
        )}
        {(referral.sayBy && said.length < most) || problem ? (
          <>
            {referral.sayBy ? (
              <p className="mt-6 mb-4">
                You can say so until <Deadline of={referral.sayBy} />.
              </p>
            ) : null}
            <HypothesisForm
              key={said.length}
              {...{ problem, days, idempotencyKey }}
              name={referral.talentName}
            />
          </>
        ) : (
          <p className="mt-6 max-w-[68ch] text-ink-soft">
            {referral.sayBy
              ? `You have said ${most} things of this person. That is all.`
              : "The time to say more is over: said later, it would be hindsight."}
          </p>
        )}
      </Section>
    </>
  );
}
