import { formatDate } from "~/lib/dates";
import type { PaymentState } from "~/lib/gain-words";
import { Badge } from "./page";

/** Where the payment of a gain stands, with its day. */
export function PaymentBadge({
  gain,
}: {
  gain: { state: PaymentState; dueAt: string; paidAt: string | null };
}) {
  switch (gain.state) {
    case "nothing_to_pay":
      return <Badge>nothing to pay</Badge>;
    case "paid":
      return <Badge tone="gain">paid {gain.paidAt ? formatDate(new Date(gain.paidAt)) : ""}</Badge>;
    case "due":
      return <Badge tone="accent">due by {formatDate(new Date(gain.dueAt))}</Badge>;
    case "overdue":
      return <Badge tone="loss">overdue since {formatDate(new Date(gain.dueAt))}</Badge>;
  }
}
