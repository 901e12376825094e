import { carriedValue } from "~/ledger/carried-value";
import type { FoldedLot } from "~/ledger/record-book";
import type { RecordFlow } from "~/ledger/record-lines";
import { signedCents } from "~/ledger/returns";
import { addDays, addMonths } from "~/lib/dates";

/** State at the end of a UTC day, cumulated since the first investment; cents as text. */
export type RopePoint = {
  day: string;
  paidInCents: string;
  cashBackCents: string;
  valueCents: string;
};

/** What of a lot the rope needs: its cash and its changes in the order of their days. */
export type RopeLot = Pick<
  FoldedLot,
  | "acquiredDay"
  | "paidCents"
  | "capCents"
  | "sharesBought"
  | "endedDay"
  | "reversedDay"
  | "marks"
  | "changes"
> & {
  flows: readonly Pick<RecordFlow, "day" | "kind" | "cents" | "confirmed" | "early">[];
};

/** Above so many days on which something happened, the rope has a point at the end of each month instead. */
const MOST_POINTS = 100;

/**
 * A record's cash out and in, with the value carried at the end of each day shown, up to and with the valuation date:
 * every day on which something happened, or every month's end where those are too many to see. Confirmed cash alone comes
 * back, early distributions not counted, as in the ratios; every distribution lowers what is left of a cap.
 */
export function toRopePoints(lots: readonly RopeLot[], valuationDate: string): RopePoint[] {
  const days = shownDays(lots, valuationDate);
  const totals = days.map(() => ({ paidIn: 0n, back: 0n, value: 0n }));
  for (const lot of lots) addLot(lot, days, totals);
  return days.map((day, i) => ({
    day,
    paidInCents: String(totals[i]?.paidIn ?? 0n),
    cashBackCents: String(totals[i]?.back ?? 0n),
    valueCents: String(totals[i]?.value ?? 0n),
  }));
}

function shownDays(lots: readonly RopeLot[], valuationDate: string): string[] {
  const happened = new Set<string>();
  for (const { acquiredDay, endedDay, reversedDay, flows, changes } of lots) {
    for (const day of [acquiredDay, endedDay, reversedDay]) if (day !== null) happened.add(day);
    for (const { day } of flows) happened.add(day);
    for (const { day } of changes) happened.add(day);
  }
  const first = [...happened].sort()[0];
  if (first === undefined) return [];
  const last = [...happened].reduce((a, b) => (a > b ? a : b), valuationDate);
  const few = happened.size <= MOST_POINTS;
  return [...new Set([...(few ? happened : monthEnds(first, last)), first, last])].sort();
}

function monthEnds(first: string, last: string): string[] {
  const ends: string[] = [];
  const month = `${first.slice(0, 7)}-01`;
  for (let n = 1; ; n += 1) {
    const end = addDays(addMonths(month, n), -1);
    if (end >= last) return ends;
    ends.push(end);
  }
}

/** Walks one lot along the days, each of its events once. */
function addLot(
  lot: RopeLot,
  days: readonly string[],
  totals: { paidIn: bigint; back: bigint; value: bigint }[],
): void {
  const { flows, changes } = lot;
  let [flowsSeen, changesSeen] = [0, 0];
  let [received, back] = [0n, 0n];
  const left = { shares: lot.sharesBought, cost: lot.paidCents, cap: lot.capCents };
  for (const [i, day] of days.entries()) {
    const total = totals[i];
    if (!total || day < lot.acquiredDay) continue;
    for (let flow = flows[flowsSeen]; flow && flow.day <= day; flow = flows[++flowsSeen]) {
      const cents = signedCents(flow);
      if (flow.kind.startsWith("distribution")) received += cents;
      if (flow.confirmed && !flow.early) back += cents;
    }
    for (let sold = changes[changesSeen]; sold && sold.day <= day; sold = changes[++changesSeen]) {
      left.shares += sold.shares;
      left.cost += sold.costCents;
      if (left.cap !== null) left.cap += sold.capCents;
    }
    total.paidIn += lot.paidCents;
    total.back += back;
    total.value += valueOn(lot, day, { ...left, received });
  }
}

function valueOn(
  lot: RopeLot,
  day: string,
  left: { shares: bigint; cost: bigint; cap: bigint | null; received: bigint },
): bigint {
  const over = [lot.endedDay, lot.reversedDay].some((end) => end !== null && end <= day);
  if (over) return 0n;
  const carried = carriedValue(
    {
      acquiredDay: lot.acquiredDay,
      costLeftCents: left.cost,
      capLeftCents: left.cap === null ? null : left.cap - left.received,
      sharesLeft: left.shares,
      endedDay: null,
      marks: lot.marks,
    },
    day,
  );
  return carried?.cents ?? 0n;
}
