import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, Choice, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { Empty, PageHead } from "~/components/ui/page";
import { answerReferral } from "~/features/scouting/answer-referral.server";
import { findConfirmedScout } from "~/features/scouting/confirm-by-link.server";
import { SCOUTING_MESSAGES } from "~/features/scouting/messages";
import { listReferralsTo } from "~/features/scouting/queries.server";

export const meta: MetaFunction = () => [{ title: "Who told you about Belay? · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const scout = await findConfirmedScout(actor, now);
  return {
    referrals: await listReferralsTo(actor, now),
    scout: scout && { name: scout.displayName, handle: scout.handle },
    verified: actor.emailVerified,
    answered: new URL(request.url).searchParams.get("answered"),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const result = await answerReferral({
    actor,
    input: form.values,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirect(`/referrals?answered=${result.value.confirmed ? "confirmed" : "none"}`)
    : refused(result.error, form, SCOUTING_MESSAGES);
}

const ANSWERED: Record<string, string> = {
  confirmed: "You have confirmed who told you about Belay. Thank you.",
  none: "None of them counts. Thank you for saying so.",
};

export default function Referrals() {
  const { referrals, scout, verified, answered, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Who told you about Belay?">
        {referrals.length > 0 ? "Somebody has referred you to us. " : ""}If a teacher invests in
        you, the scout whom you confirm may get a small part of the teachers&rsquo; shares. You sell
        no more for it, and you see it before you sign anything.{" "}
        <Link to="/hypotheses">What your scout expects of you</Link>
      </PageHead>
      {answered && ANSWERED[answered] ? (
        <Notice tone="gain" announced>
          {ANSWERED[answered]} <Link to="/cohorts">Look at the open cohorts</Link>
        </Notice>
      ) : null}
      {scout ? (
        <p className="mb-8 max-w-[68ch]">
          You have confirmed <Link to={`/scouts/${scout.handle}`}>{scout.name}</Link>. As long as
          that lasts, nobody else can count.
        </p>
      ) : null}
      <ErrorSummary problem={problem} />
      {referrals.length === 0 ? (
        <Empty>
          {verified
            ? "No referral to your address waits for an answer."
            : "Confirm your e-mail address first: referrals to it are shown here then."}
        </Empty>
      ) : (
        <Form method="post" noValidate>
          <IdempotencyKey value={idempotencyKey} />
          <Choice
            name="referralId"
            legend="Choose by name"
            problem={problem}
            options={[
              ...referrals.map((referral) => ({
                value: referral.id,
                label: (
                  <>
                    <strong>{referral.scoutName}</strong> ({referral.scoutHandle})
                    {referral.cohort ? `, for ${referral.cohort}` : ""}:{" "}
                    <span className="whitespace-pre-wrap text-ink-soft [overflow-wrap:anywhere]">
                      {referral.reasons}
                    </span>
                  </>
                ),
              })),
              { value: "none", label: "None of them" },
            ]}
          />
          <Button>Confirm my answer</Button>
        </Form>
      )}
    </>
  );
}
