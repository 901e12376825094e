import { Link } from "@remix-run/react";
import { Deadline } from "~/components/ui/deadline";
import { Figure } from "~/components/ui/numbers";
import { Badge, Table } from "~/components/ui/page";
import type { OfferLine } from "./queries.server";

/** Offers under each other, from the asker's side. */
export function OffersTable({
  caption,
  offers,
}: {
  caption: string;
  offers: readonly OfferLine[];
}) {
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
