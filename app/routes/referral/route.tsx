import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { findPerson } from "~/auth/session.server";
import { ActionLink, PageHead } from "~/components/ui/page";
import { findReferralByToken } from "~/features/scouting/queries.server";

export const meta: MetaFunction = () => [
  { title: "Somebody referred you · Belay" },
  { name: "robots", content: "noindex" },
];

export async function loader({ request }: LoaderFunctionArgs) {
  if (await findPerson(request)) throw redirect("/referrals");
  const token = new URL(request.url).searchParams.get("token") ?? "";
  return { referral: await findReferralByToken(token, getClock().now()) };
}

export default function ReferralPage() {
  const { referral } = useLoaderData<typeof loader>();
  if (!referral) {
    return (
      <PageHead title="This referral is over">
        It was answered, its time went by, or the link is not whole. You need no referral to apply:{" "}
        <Link to="/cohorts">look at the open cohorts</Link>.
      </PageHead>
    );
  }
  return (
    <>
      <PageHead title={`${referral.scoutName} has referred you`}>
        {referral.cohort ? (
          <>
            For <Link to={`/cohorts/${referral.cohortSlug}`}>{referral.cohort}</Link>.{" "}
          </>
        ) : null}
        Open an account, or sign in, with the address that the message came to; then you can confirm
        who told you.
      </PageHead>
      <blockquote className="mb-8 max-w-[68ch] border-l-2 border-rule pl-4 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {referral.reasons}
      </blockquote>
      <div className="flex flex-wrap items-center gap-6">
        <ActionLink to="/sign-up?next=/referrals">Open an account</ActionLink>
        <Link to="/sign-in?next=/referrals">Sign in</Link>
      </div>
    </>
  );
}
