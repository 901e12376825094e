import { isUnderAYear, returnSinceFirstFlow } from "~/ledger/irr";
import type { Figures, RecordSummary } from "~/ledger/returns";
import { formatIrr } from "~/lib/money";

/** A record's rates as they are read. */
export type ShownIrr = { gross: string; net: string };

function shown({ irr }: Figures, days: number): string {
  const short = isUnderAYear(days) && irr.rate !== null;
  return formatIrr(irr, short ? returnSinceFirstFlow(irr.rate ?? "0", days) : null);
}

/** A record's yearly rates as read; within a year of the first flow, the returns since then. Said on the server: the solver stays there. */
export function shownIrr(summary: Pick<RecordSummary, "gross" | "net">, days: number): ShownIrr {
  return { gross: shown(summary.gross, days), net: shown(summary.net, days) };
}
