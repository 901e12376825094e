import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Empty, PageHead } from "~/components/ui/page";
import { getScoutPage } from "~/features/scouting/queries.server";
import { ScoutFunnel, StakesTable } from "~/features/scouting/scout-record";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.person.displayName ?? "Not found"}: scout · Belay` },
  {
    name: "description",
    content: `Whom ${data?.person.displayName ?? "a scout"} referred to Belay, what became of it, and what it brought.`,
  },
];

export async function loader({ params }: LoaderFunctionArgs) {
  const page = await getScoutPage(params.handle, getClock().now());
  if (!page) throw new Response("Not found", { status: 404 });
  return page;
}

export default function ScoutRecord() {
  const page = useLoaderData<typeof loader>();
  const { displayName, handle } = page.person;
  return (
    <>
      <PageHead title={displayName} over="Scout">
        <Link to={`/people/${handle}`}>More about {displayName}</Link>
      </PageHead>
      {page.counts.sent === 0 ? (
        <Empty>
          {displayName} has referred nobody yet. Anybody of age can:{" "}
          <Link to="/refer">refer somebody</Link>.
        </Empty>
      ) : (
        <ScoutFunnel {...page} />
      )}
      <StakesTable stakes={page.stakes} name={displayName} />
    </>
  );
}
