import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { latestOffers, OffersTable } from "~/features/offers/offers-table";
import { listOffersOf } from "~/features/offers/queries.server";

export const meta: MetaFunction = () => [{ title: "Your offers · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const offers = await listOffersOf(actor, getClock().now());
  const all = new URL(request.url).searchParams.has("all");
  const of = (role: "student" | "investor") => {
    const mine = offers.filter((offer) => offer.role === role);
    return {
      count: mine.length,
      waiting: mine.filter((offer) => offer.waits).length,
      shown: all ? mine : latestOffers(mine),
    };
  };
  return { toYou: of("student"), fromYou: of("investor") };
}

export default function Offers() {
  const { toYou, fromYou } = useLoaderData<typeof loader>();
  const { waiting } = toYou;
  return (
    <>
      <PageHead title="Your offers">
        {waiting > 0
          ? `${waiting} ${waiting === 1 ? "offer waits" : "offers wait"} for your answer. `
          : "No offer waits for your answer. "}
        An offer you do not answer lapses, and nothing changes.
      </PageHead>
      <Section title="To you" id="to-you">
        {toYou.count === 0 ? (
          <Empty>
            Nobody has made you an offer yet. Teachers offer to people they admitted to a cohort:{" "}
            <Link to="/cohorts">look at the open cohorts</Link>.
          </Empty>
        ) : (
          <OffersTable
            caption="Offers to you"
            offers={toYou.shown}
            count={toYou.count}
            allAt="?all#to-you"
          />
        )}
      </Section>
      {fromYou.count > 0 ? (
        <Section title="From you" id="from-you">
          <OffersTable
            caption="Offers from you"
            offers={fromYou.shown}
            count={fromYou.count}
            allAt="?all#from-you"
          />
        </Section>
      ) : null}
    </>
  );
}
