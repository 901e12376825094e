import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { Badge, Empty, PageHead, Section, Table } from "~/components/ui/page";
import { SCOUTING_MESSAGES } from "~/features/scouting/messages";
import { listCohortsToReferTo, listMyReferrals } from "~/features/scouting/queries.server";
import { referTalent } from "~/features/scouting/refer-talent.server";
import { ReferralForm } from "~/features/scouting/referral-form";

export const meta: MetaFunction = () => [{ title: "Refer somebody · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  return {
    handle: actor.handle,
    sent: new URL(request.url).searchParams.get("sent") === "1",
    cohorts: await listCohortsToReferTo(now),
    referrals: await listMyReferrals(actor, now),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const result = await referTalent({
    actor,
    input: form.values,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok ? redirect("/refer?sent=1") : refused(result.error, form, SCOUTING_MESSAGES);
}

export default function Refer() {
  const { handle, sent, cohorts, referrals, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Refer somebody">
        You know somebody who should find a teacher. If they confirm that you told them, apply
        within 90 days, and a teacher invests within 12 months, you get the finder&rsquo;s stake
        that the cohort states. <Link to={`/scouts/${handle}`}>Your public page as a scout</Link>.{" "}
        <Link to="/refer/links">Links to give to people</Link>
      </PageHead>
      {sent && !problem ? (
        <Notice tone="gain" announced>
          Your referral is on its way. It counts once they confirm you by name.{" "}
          {referrals[0] ? (
            <Link to={`/refer/${referrals[0].id}`}>Write down what you expect of them</Link>
          ) : null}
        </Notice>
      ) : null}
      <ErrorSummary problem={problem} />
      <ReferralForm
        key={referrals[0]?.id ?? "first"}
        problem={problem}
        cohorts={cohorts}
        idempotencyKey={idempotencyKey}
      />
      <Section title="Whom you have referred">
        {referrals.length === 0 ? (
          <Empty>You have referred nobody yet. The form above takes two minutes.</Empty>
        ) : (
          <Table
            caption="Your referrals, the latest first"
            columns={[
              { name: "Who" },
              { name: "For" },
              { name: "Sent" },
              { name: "Expected", numeric: true },
              { name: "State" },
            ]}
            rows={referrals.map((referral) => ({
              key: referral.id,
              cells: [
                <span key="who" className="[overflow-wrap:anywhere]">
                  <Link to={`/refer/${referral.id}`}>{referral.talentName}</Link>,{" "}
                  {referral.talentEmail ?? "by your link"}
                </span>,
                <span key="cohort" className="[overflow-wrap:anywhere]">
                  {referral.cohort ?? "any cohort"}
                </span>,
                referral.sentOn,
                String(referral.said),
                <Badge key="state" tone={referral.tone}>
                  {referral.word}
                </Badge>,
              ],
            }))}
          />
        )}
      </Section>
    </>
  );
}
