import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Empty, PageHead } from "~/components/ui/page";
import { RoleTabs } from "~/features/people/role-tabs";
import { findRolesShown } from "~/features/records/queries.server";
import { ScoutJudgement } from "~/features/scouting/scout-judgement";
import { getScoutPage } from "~/features/scouting/scout-page.server";
import { ReferralsTold, ScoutFunnel, StakesTable } from "~/features/scouting/scout-record";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.person.displayName ?? "Not found"}: scout · Belay` },
  {
    name: "description",
    content: `Whom ${data?.person.displayName ?? "a scout"} referred to Belay, what became of it, and what it brought.`,
  },
];

export async function loader({ params }: LoaderFunctionArgs) {
  const [page, roles] = await Promise.all([
    getScoutPage(params.handle, getClock().now()),
    findRolesShown(params.handle),
  ]);
  if (!page) throw new Response("Not found", { status: 404 });
  return { ...page, teaches: roles.teaches };
}

export default function ScoutRecord() {
  const page = useLoaderData<typeof loader>();
  const { displayName, handle } = page.person;
  return (
    <>
      <PageHead title={displayName} over="Scout" />
      <RoleTabs handle={handle} at="scout" teaches={page.teaches} scouts />
      {page.counts.sent === 0 ? (
        <Empty>
          {displayName} has referred nobody yet. Anybody of age can:{" "}
          <Link to="/refer">refer somebody</Link>.
        </Empty>
      ) : (
        <>
          <ScoutFunnel {...page} />
          <ReferralsTold referrals={page.referrals} total={page.counts.sent} />
          <ScoutJudgement said={page.said} name={displayName} />
        </>
      )}
      <StakesTable stakes={page.stakes} name={displayName} />
    </>
  );
}
