import { carriedValue } from "~/ledger/carried-value";
import { utcDay } from "~/lib/dates";

/** State at the end of a UTC day, cumulated since the first investment; cents as text. */
export type RopePoint = {
  day: string;
  paidInCents: string;
  cashBackCents: string;
  valueCents: string;
};

/** What of a lot the rope needs: its payments in the order of their days, `endedAt` where it ended. */
export type RopeLot = {
  id: string;
  acquiredDay: string;
  paidCents: bigint;
  capCents: bigint | null;
  sharesBought: bigint;
  endedAt: Date | null;
  payments: readonly { day: string; cents: bigint; confirmed: boolean; early: boolean }[];
};

type Happening = { day: string; lot: RopeLot };

/**
 * A record's cash out and in, day by day on which something happened, with the value carried at the end of each, up to
 * and with the valuation date. Confirmed cash alone comes back, early distributions not counted, as in the ratios; every
 * payment lowers what is left of a cap.
 */
export function toRopePoints(lots: readonly RopeLot[], valuationDate: string): RopePoint[] {
  const happenings: Happening[] = lots.flatMap((lot) => [
    { day: lot.acquiredDay, lot },
    ...lot.payments.map(({ day }) => ({ day, lot })),
    ...(lot.endedAt ? [{ day: utcDay(lot.endedAt), lot }] : []),
  ]);
  happenings.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const states = new Map<string, LotState>();
  const total = { paidIn: 0n, back: 0n, value: 0n };
  const points: RopePoint[] = [];
  for (const [index, { day, lot }] of happenings.entries()) {
    const before = states.get(lot.id) ?? { paidIn: 0n, back: 0n, value: 0n };
    const after = stateOf(lot, day);
    states.set(lot.id, after);
    total.paidIn += after.paidIn - before.paidIn;
    total.back += after.back - before.back;
    total.value += after.value - before.value;
    if (happenings[index + 1]?.day !== day) points.push(toPoint(day, total));
  }
  const last = points.at(-1);
  if (last && last.day < valuationDate) points.push({ ...last, day: valuationDate });
  return points;
}

type LotState = { paidIn: bigint; back: bigint; value: bigint };

/** One lot at the end of a day. */
function stateOf(lot: RopeLot, day: string): LotState {
  let received = 0n;
  let back = 0n;
  for (const payment of lot.payments) {
    if (payment.day > day) break;
    received += payment.cents;
    if (payment.confirmed && !payment.early) back += payment.cents;
  }
  const endedDay = lot.endedAt ? utcDay(lot.endedAt) : null;
  const ended = endedDay !== null && endedDay <= day;
  const carried = carriedValue(
    {
      acquiredDay: lot.acquiredDay,
      costLeftCents: ended ? 0n : lot.paidCents,
      capLeftCents: lot.capCents === null ? null : lot.capCents - received,
      sharesLeft: ended ? 0n : lot.sharesBought,
      endedDay: ended ? endedDay : null,
      marks: [],
    },
    day,
  );
  return { paidIn: lot.paidCents, back, value: carried?.cents ?? 0n };
}

function toPoint(day: string, total: LotState): RopePoint {
  return {
    day,
    paidInCents: String(total.paidIn),
    cashBackCents: String(total.back),
    valueCents: String(total.value),
  };
}
