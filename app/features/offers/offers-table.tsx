import { Link } from "@remix-run/react";
import { Deadline } from "~/components/ui/deadline";
import { Figure } from "~/components/ui/numbers";
import { Badge, Table } from "~/components/ui/page";
import type { OfferLine } from "./queries.server";

/** So many offers that are over stand under those that are not, where not all are asked for. */
const LATEST_SHOWN = 10;

/** Of offers, the latest first, those that something is still to come of, and the latest others. */
export function latestOffers(offers: readonly OfferLine[]): OfferLine[] {
  let over = 0;
  return offers.filter((offer) => {
    if (offer.next.by !== null) return true;
    over += 1;
    return over <= LATEST_SHOWN;
  });
}

/** Offers under each other, from the asker's side; where they are not all, how many there are and the way to them. */
export function OffersTable(props: {
  caption: string;
  offers: readonly OfferLine[];
  count: number;
  allAt: string;
}) {
  return (
    <>
      <Lines {...props} />
      {props.offers.length < props.count ? (
        <p className="mt-4">
          Those that are not over and the latest others.{" "}
          <Link to={props.allAt}>Show all {props.count} offers</Link>
        </p>
      ) : null}
    </>
  );
}

function Lines({ caption, offers }: { caption: string; offers: readonly OfferLine[] }) {
  return (
    <Table
      caption={caption}
      columns={[
        { name: offers[0]?.role === "investor" ? "To" : "From" },
        { name: "Cohort" },
        { name: "Amount", numeric: true },
        { name: "For", numeric: true },
        { name: "State" },
      ]}
      rows={offers.map((offer) => ({
        key: offer.id,
        cells: [
          <Link key="other" to={`/offers/${offer.id}`} className="[overflow-wrap:anywhere]">
            {offer.other}
          </Link>,
          <span key="cohort" className="[overflow-wrap:anywhere]">
            {offer.cohort}
          </span>,
          <Figure key="amount">{offer.amount}</Figure>,
          <Figure key="part">{offer.percent}</Figure>,
          <span key="state">
            <Badge tone={offer.tone}>{offer.stateWord}</Badge>{" "}
            <span className="text-sm text-ink-soft">
              {offer.next.what} {offer.next.by ? <Deadline of={offer.next.by} /> : null}
            </span>
          </span>,
        ],
      }))}
    />
  );
}
