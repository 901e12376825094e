import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { ActionLink, Empty, PageHead, Section, Table } from "~/components/ui/page";
import { countWaiting } from "~/features/applications/queries.server";
import { WindowInWords } from "~/features/cohorts/cohort-list";
import { presentCohort } from "~/features/cohorts/present";
import { listCohortsOfStaff } from "~/features/cohorts/queries.server";
import { latestOffers, OffersTable } from "~/features/offers/offers-table";
import { listOffersOf } from "~/features/offers/queries.server";

export const meta: MetaFunction = () => [{ title: "Teaching · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const cohorts = await listCohortsOfStaff(actor.id);
  const waiting = await countWaiting(
    actor,
    cohorts.map((cohort) => cohort.id),
  );
  const offers = (await listOffersOf(actor, now)).filter((offer) => offer.role === "investor");
  return {
    handle: actor.handle,
    cohorts: cohorts.map((cohort) => ({
      ...presentCohort(cohort, now),
      waiting: waiting.get(cohort.id) ?? 0,
    })),
    offers: latestOffers(offers),
    offersCount: offers.length,
  };
}

export default function Teaching() {
  const { handle, cohorts, offers, offersCount } = useLoaderData<typeof loader>();
  const waiting = cohorts.reduce((sum, cohort) => sum + cohort.waiting, 0);
  return (
    <>
      <PageHead title="Teaching">
        {waiting === 0
          ? "Nothing waits for you."
          : `${waiting} ${waiting === 1 ? "application waits" : "applications wait"} for your decision.`}{" "}
        <Link to={`/teachers/${handle}`}>Your public record</Link>
      </PageHead>
      <ActionLink to="/teach/cohorts/new">Open a cohort</ActionLink>
      <Section title="Your cohorts">
        {cohorts.length === 0 ? (
          <Empty>
            You have no cohort yet. Open one with a title, a pitch, at least two questions and the
            terms that you would usually offer; people apply until its deadline.
          </Empty>
        ) : (
          <Table
            caption="Your cohorts"
            columns={[
              { name: "Cohort" },
              { name: "Applications" },
              { name: "Runs" },
              { name: "Waiting", numeric: true },
            ]}
            rows={cohorts.map((cohort) => ({
              key: cohort.slug,
              cells: [
                <Link
                  key="title"
                  to={`/teach/cohorts/${cohort.slug}`}
                  className="[overflow-wrap:anywhere]"
                >
                  {cohort.title}
                </Link>,
                <WindowInWords key="window" cohort={cohort} />,
                cohort.runs,
                String(cohort.waiting),
              ],
            }))}
          />
        )}
      </Section>
      <Section title="Your offers">
        {offers.length === 0 ? (
          <Empty>
            You have made no offer yet. Admit somebody first; then you can offer from their
            application. <Link to="/wallet">Deposit money</Link> and{" "}
            <Link to="/invest/verification">ask to be verified as an investor</Link> in good time.
          </Empty>
        ) : (
          <OffersTable
            caption="Your offers"
            offers={offers}
            count={offersCount}
            allAt="/offers?all#from-you"
          />
        )}
      </Section>
    </>
  );
}
