import type { LinedRecord } from "~/ledger/record-lines";
import { figureLines } from "./figure-lines";

/** How shares can leave a record. */
export const EXITS = ["resold", "parted", "ended", "reversed"] as const;
export type ExitCounts = Record<(typeof EXITS)[number], number>;

/** How often shares left a record, and how: as many as the figure's ledger lines. */
export function countExits(record: LinedRecord): ExitCounts {
  const countOf = (of: (typeof EXITS)[number]) => {
    const { result } = figureLines(record, { of, side: "gross" });
    return result.kind === "count" ? result.count : 0;
  };
  return {
    resold: countOf("resold"),
    parted: countOf("parted"),
    ended: countOf("ended"),
    reversed: countOf("reversed"),
  };
}
