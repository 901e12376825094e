import { Link } from "@remix-run/react";
import { Drawing } from "~/components/ui/drawing";
import { GradeBadge } from "~/components/ui/grade-badge";
import { Day, Money, PartOfToken } from "~/components/ui/numbers";
import { Badge, Empty, Facts, Table } from "~/components/ui/page";
import { PaymentBadge } from "~/components/ui/payment-badge";
import type { GainLine } from "~/features/gains/queries.server";
import type { Backer, keptObligations } from "./backing";

type Kept = ReturnType<typeof keptObligations>;

/** Whose money stands behind a token: the bar with its names, and what each paid and got back, with their record. */
export function TokenHolders({
  chart,
  holders,
  name,
  publicId,
}: {
  chart: string;
  holders: readonly Backer[];
  name: string;
  publicId: string;
}) {
  return (
    <>
      <Drawing html={chart} />
      {holders.length === 0 ? (
        <Empty>Nobody but {name} holds shares of this token now.</Empty>
      ) : (
        <Table
          caption="Holders"
          columns={[
            { name: "Holder, with their record" },
            { name: "Since" },
            { name: "Of the token", numeric: true },
            { name: "Paid", numeric: true },
            { name: "Got back", numeric: true },
          ]}
          rows={holders.map((holder) => ({
            key: holder.handle,
            cells: [
              <span key="holder" className="[overflow-wrap:anywhere]">
                <Link to={`/teachers/${holder.handle}`}>{holder.name}</Link>{" "}
                {holder.finder ? <Badge>as a scout</Badge> : null}
              </span>,
              <Day key="since" day={holder.since} />,
              <PartOfToken key="shares" shares={holder.shares} />,
              <Money key="paid" cents={holder.paidCents} />,
              <Money key="back" cents={holder.backCents} />,
            ],
          }))}
        />
      )}
      <p className="mt-4 text-sm print:hidden">
        <a href={`/tokens/${publicId}/cap-table.ocf.zip`}>
          Every movement of these shares, as a file in Open Cap Table Format
        </a>
      </p>
    </>
  );
}

/** How the owner of a token has kept what they owe their holders, the bad news first. */
export function KeptObligations({ kept }: { kept: Kept }) {
  if (kept.declared === 0) return null;
  return (
    <div className="my-6">
      {kept.overdue > 0 ? (
        <p className="mb-4 font-semibold text-loss">
          {kept.overdue === 1 ? "One payment is overdue." : `${kept.overdue} payments are overdue.`}
        </p>
      ) : null}
      <Facts
        items={[
          {
            name: "Sales declared in time",
            value: `${kept.declaredInTime} of ${kept.declared}`,
            note: <Link to="/rules#declareWithinDays">what “in time” means</Link>,
          },
          {
            name: "Distributions paid in time",
            value: kept.owed === 0 ? "none due yet" : `${kept.paidInTime} of ${kept.owed}`,
            note: <Link to="/rules#payWithinDays">and for payments</Link>,
          },
        ]}
      />
    </div>
  );
}

/** The gains that the token's owner declared, with what was paid of them to holders. */
export function PublicGains({
  name,
  gains,
}: {
  name: string;
  gains: readonly Omit<GainLine, "company">[];
}) {
  if (gains.length === 0) {
    return (
      <Empty>
        {name} has declared no sale yet. When {name} sells company equity at a gain, each holder
        gets their part of it, and it stands here with its evidence.
      </Empty>
    );
  }
  return (
    <Table
      caption="Declared gains"
      columns={[
        { name: "Closed" },
        { name: "To divide", numeric: true },
        { name: "To holders", numeric: true },
        { name: "Paid", numeric: true },
        { name: "Payment" },
        { name: "Evidence" },
      ]}
      rows={gains.map((gain) => ({
        key: gain.id,
        cells: [
          <Day key="closed" day={gain.closingDate} />,
          <Money key="distributableCents" cents={gain.distributableCents} />,
          <Money key="toPayCents" cents={gain.toPayCents} />,
          <Money key="paidCents" cents={gain.paidCents} />,
          <PaymentBadge key="payment" gain={gain} />,
          <GradeBadge key="grade" grade={gain.grade} />,
        ],
      }))}
    />
  );
}
