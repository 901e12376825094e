import { Link } from "@remix-run/react";
import { Drawing } from "~/components/ui/drawing";
import { GradeBadge } from "~/components/ui/grade-badge";
import { Empty, Table } from "~/components/ui/page";
import { PaymentBadge } from "~/components/ui/payment-badge";
import type { GainLine } from "~/features/gains/queries.server";
import { formatDate } from "~/lib/dates";
import { formatCents, formatPercentOfToken } from "~/lib/money";

type Holder = { name: string; handle: string; shares: string };

/** Who holds what of a token: the bar, and the names with their records. */
export function TokenHolders({ chart, holders }: { chart: string; holders: readonly Holder[] }) {
  return (
    <>
      <Drawing html={chart} />
      {holders.length > 0 ? (
        <Table
          caption="Holders"
          columns={[{ name: "Holder" }, { name: "Of the token", numeric: true }]}
          rows={holders.map((holder) => ({
            key: holder.handle,
            cells: [
              <Link
                key="holder"
                to={`/teachers/${holder.handle}`}
                className="[overflow-wrap:anywhere]"
              >
                {holder.name}
              </Link>,
              formatPercentOfToken(holder.shares),
            ],
          }))}
        />
      ) : null}
    </>
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
          formatDate(gain.closingDate),
          formatCents(gain.distributableCents),
          formatCents(gain.toPayCents),
          formatCents(gain.paidCents),
          <PaymentBadge key="payment" gain={gain} />,
          <GradeBadge key="grade" grade={gain.grade} />,
        ],
      }))}
    />
  );
}
