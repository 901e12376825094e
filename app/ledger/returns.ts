/**
 * A record's numbers from its lots and cash, in whole cents; ratios rounded once from cents. Pure:
 * the page, the verifier and the auditor compute the same.
 */
import { ratioString } from "~/lib/ratio";
import { type CarriedLot, carriedValue, type MarkClass } from "./carried-value";
import { type Flow, type Irr, solveIrr } from "./irr";

/** One lot that the person ever held, as it stands on the valuation date. */
export type RecordLot = CarriedLot & {
  lotId: string;
  token: string;
  tokenHandle: string;
  /** The cohort's slug, or null for an investment without one. */
  cohort: string | null;
  /** All the cash paid for it, for ever: reversed and sold lots keep it. 0 for a finder's stake. */
  paidCents: bigint;
  finder: boolean;
  /** A relative's token (T24a): listed, and in no headline figure. */
  apart: boolean;
};

/**
 * Cash that one lot brought, on the UTC day it was recorded; amounts are sizes ≥ 0. A resale that
 * is confirmed in part is two events. What a reversed investment returned is confirmed proceeds.
 */
export type CashEvent = {
  lotId: string;
  day: string;
  cents: bigint;
  kind: "distribution" | "proceeds" | "distribution_reversed" | "proceeds_reversed";
  /** Confirmed cash as T24a has it; all else is shown beside and in no ratio. */
  confirmed: boolean;
  /** A distribution of a gain that closed within 180 days of the lot's settlement. */
  early: boolean;
  /** What the investor's own holders got because of this sale: the net figures are less by it. */
  ownHoldersCents: bigint;
};

export type RecordInput = {
  /** Not before the last lot or cash; where it is, the last of those days is taken. */
  valuationDate: string;
  /** In the order of their posting, which settles ties between lots of one day. */
  lots: readonly RecordLot[];
  cash: readonly CashEvent[];
};

export type IrrJson = { kind: Irr["kind"]; rate: string | null; rates: string[] | null };

/** Cents and ratios as strings; ratios have four decimals and are null when nothing was paid in. */
export type Figures = {
  paidInCents: string;
  distributionsCents: string;
  proceedsCents: string;
  unconfirmedCents: string;
  earlyCents: string;
  valueCents: string;
  dpi: string | null;
  rvpi: string | null;
  tvpi: string | null;
  irr: IrrJson;
};

type Pair = { gross: Figures; net: Figures };

export type PositionSummary = Pair & {
  token: string;
  handle: string;
  cohort: string | null;
  firstInvested: string;
  apart: boolean;
  markClass: MarkClass | null;
  markDate: string | null;
};

export type RecordSummary = Pair & {
  valuationDate: string;
  investments: number;
  students: number;
  firstInvested: string | null;
  medianTvpi: string | null;
  bestShare: string | null;
  vintages: (Pair & { year: number })[];
  cohorts: (Pair & { cohort: string | null })[];
  positions: PositionSummary[];
  findersStakes: { lots: number; receivedCents: string; valueCents: string };
};

/** Sums of one position or of several; flows hold confirmed cash and payments, no value. */
type Sums = {
  paidIn: bigint;
  distributions: bigint;
  proceeds: bigint;
  unconfirmed: bigint;
  early: bigint;
  value: bigint;
  flows: Flow[];
};

type Position = {
  token: string;
  handle: string;
  cohort: string | null;
  firstInvested: string;
  apart: boolean;
  lots: number;
  markClass: MarkClass | null;
  markDate: string | null;
  gross: Sums;
  net: Sums;
};

function emptySums(): Sums {
  const none = { paidIn: 0n, distributions: 0n, proceeds: 0n, unconfirmed: 0n, early: 0n };
  return { ...none, value: 0n, flows: [] };
}

function totalOf(parts: readonly Sums[]): Sums {
  const total = emptySums();
  for (const part of parts) {
    total.paidIn += part.paidIn;
    total.distributions += part.distributions;
    total.proceeds += part.proceeds;
    total.unconfirmed += part.unconfirmed;
    total.early += part.early;
    total.value += part.value;
    for (const flow of part.flows) total.flows.push(flow);
  }
  return total;
}

/** A ratio with four decimals, half-even, from cents; null when there is nothing to divide by. */
export function ratioOrNull(cents: bigint, paidInCents: bigint): string | null {
  return paidInCents > 0n ? ratioString(cents, paidInCents, 4) : null;
}

/** An internal rate of return as the record says it: what does not exist is null. */
export function irrJson(irr: Irr): IrrJson {
  return {
    kind: irr.kind,
    rate: irr.kind === "irr" ? irr.rate : null,
    rates: irr.kind === "multiple" ? irr.rates : null,
  };
}

function figuresOf(sums: Sums, valuationDate: string): Figures {
  const cash = sums.distributions + sums.proceeds;
  const flows = [...sums.flows, { day: valuationDate, cents: sums.value }];
  return {
    paidInCents: sums.paidIn.toString(),
    distributionsCents: sums.distributions.toString(),
    proceedsCents: sums.proceeds.toString(),
    unconfirmedCents: sums.unconfirmed.toString(),
    earlyCents: sums.early.toString(),
    valueCents: sums.value.toString(),
    dpi: ratioOrNull(cash, sums.paidIn),
    rvpi: ratioOrNull(sums.value, sums.paidIn),
    tvpi: ratioOrNull(cash + sums.value, sums.paidIn),
    irr: irrJson(solveIrr(flows)),
  };
}

function pairOf(gross: Sums, net: Sums, valuationDate: string): Pair {
  const figures = figuresOf(gross, valuationDate);
  const same = gross.flows.every((flow, i) => flow.cents === net.flows[i]?.cents);
  const alike = same && gross.proceeds === net.proceeds && gross.unconfirmed === net.unconfirmed;
  return { gross: figures, net: alike ? figures : figuresOf(net, valuationDate) };
}

function isReversed({ kind }: Pick<CashEvent, "kind">): boolean {
  return kind === "distribution_reversed" || kind === "proceeds_reversed";
}

/** What an event adds to the cash that came: less than nothing where it was reversed. */
export function signedCents(event: Pick<CashEvent, "kind" | "cents">): bigint {
  return isReversed(event) ? -event.cents : event.cents;
}

/** Cash of one event in the sums: taken off where it was reversed, own holders' part off the net. */
function addCash(position: Position, event: CashEvent): void {
  const gross = signedCents(event);
  const net = isReversed(event) ? gross + event.ownHoldersCents : gross - event.ownHoldersCents;
  for (const [sums, cents] of [
    [position.gross, gross],
    [position.net, net],
  ] as const) {
    if (event.early) sums.early += cents;
    else if (!event.confirmed) sums.unconfirmed += cents;
    else {
      if (event.kind === "proceeds" || event.kind === "proceeds_reversed") sums.proceeds += cents;
      else sums.distributions += cents;
      sums.flows.push({ day: event.day, cents });
    }
  }
}

function addLot(position: Position, lot: RecordLot, valuationDate: string): bigint | null {
  const carried = carriedValue(lot, valuationDate);
  position.lots += 1;
  position.apart ||= lot.apart;
  for (const sums of [position.gross, position.net]) {
    sums.paidIn += lot.paidCents;
    sums.value += carried?.cents ?? 0n;
    sums.flows.push({ day: lot.acquiredDay, cents: -lot.paidCents });
  }
  return carried?.cents ?? null;
}

/** Positions by token, lots oldest first, so that the first lot gives cohort and vintage. */
function positionsOf(
  lots: readonly RecordLot[],
  cash: ReadonlyMap<string, CashEvent[]>,
  valuationDate: string,
): Position[] {
  const positions = new Map<string, Position>();
  const highest = new Map<string, bigint>();
  for (const lot of lots) {
    let position = positions.get(lot.token);
    if (position === undefined) {
      const { token, tokenHandle: handle, cohort, acquiredDay: firstInvested } = lot;
      const marks = { markClass: null, markDate: null };
      const sums = { gross: emptySums(), net: emptySums() };
      position = { token, handle, cohort, firstInvested, apart: false, lots: 0, ...marks, ...sums };
      positions.set(token, position);
    }
    const carried = carriedValue(lot, valuationDate);
    const cents = addLot(position, lot, valuationDate);
    if (carried !== null && cents !== null && cents > (highest.get(lot.token) ?? -1n)) {
      highest.set(lot.token, cents);
      position.markClass = carried.markClass;
      position.markDate = carried.markDate;
    }
    for (const event of cash.get(lot.lotId) ?? []) addCash(position, event);
  }
  return [...positions.values()];
}

/** A position's size: what was paid in, and confirmed cash back with what is carried. */
export type Size = { paidInCents: bigint; cents: bigint };

const sizeOf = ({ gross }: Position): Size => ({
  paidInCents: gross.paidIn,
  cents: gross.distributions + gross.proceeds + gross.value,
});

/**
 * The TVPI, positions in ascending order, at which cumulated paid-in first reaches half of all
 * paid-in; null when nothing was paid in.
 */
export function medianOf(positions: readonly Size[]): string | null {
  const paid = positions.filter(({ paidInCents }) => paidInCents > 0n);
  const all = paid.reduce((sum, { paidInCents }) => sum + paidInCents, 0n);
  const ordered = paid.toSorted((a, b) => {
    const difference = a.cents * b.paidInCents - b.cents * a.paidInCents;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  });
  let cumulated = 0n;
  for (const { paidInCents, cents } of ordered) {
    cumulated += paidInCents;
    if (cumulated * 2n >= all) return ratioOrNull(cents, paidInCents);
  }
  return null;
}

/** The largest position's cash back and carried value over all of it; null when that is nothing. */
export function shareOfBest(positions: readonly Size[]): string | null {
  const all = positions.reduce((sum, { cents }) => sum + cents, 0n);
  const largest = positions.reduce((best, { cents }) => (cents > best ? cents : best), 0n);
  return ratioOrNull(largest, all);
}

function groupsOf<K extends string | number | null>(
  positions: readonly Position[],
  keyOf: (position: Position) => K,
  valuationDate: string,
): { key: K; pair: Pair }[] {
  const groups = new Map<K, Position[]>();
  for (const position of positions) {
    const key = keyOf(position);
    const group = groups.get(key);
    if (group) group.push(position);
    else groups.set(key, [position]);
  }
  const inOrder = [...groups].toSorted(([a], [b]) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return a < b ? -1 : a > b ? 1 : 0;
  });
  return inOrder.map(([key, members]) => ({ key, pair: totalPair(members, valuationDate) }));
}

function totalPair(positions: readonly Position[], valuationDate: string): Pair {
  const gross = totalOf(positions.map((position) => position.gross));
  const net = totalOf(positions.map((position) => position.net));
  return pairOf(gross, net, valuationDate);
}

function compareDays(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function latestDay(input: RecordInput): string {
  let latest = input.valuationDate;
  for (const { acquiredDay } of input.lots) if (acquiredDay > latest) latest = acquiredDay;
  for (const { day } of input.cash) if (day > latest) latest = day;
  return latest;
}

function cashByLot(input: RecordInput): Map<string, CashEvent[]> {
  const known = new Set(input.lots.map((lot) => lot.lotId));
  const byLot = new Map<string, CashEvent[]>();
  for (const event of input.cash) {
    if (!known.has(event.lotId)) throw new RangeError(`Cash of an unknown lot: ${event.lotId}`);
    if (event.cents < 0n) throw new RangeError("Cash is given as a size");
    const events = byLot.get(event.lotId);
    if (events) events.push(event);
    else byLot.set(event.lotId, [event]);
  }
  return byLot;
}

function findersStakes(
  lots: readonly RecordLot[],
  cash: ReadonlyMap<string, CashEvent[]>,
  valuationDate: string,
): RecordSummary["findersStakes"] {
  let received = 0n;
  let value = 0n;
  for (const lot of lots) {
    value += carriedValue(lot, valuationDate)?.cents ?? 0n;
    for (const event of cash.get(lot.lotId) ?? []) received += signedCents(event);
  }
  const sums = { receivedCents: received.toString(), valueCents: value.toString() };
  return { lots: lots.length, ...sums };
}

function summaryOf(position: Position, valuationDate: string): PositionSummary {
  const { token, handle, cohort, firstInvested, apart, markClass, markDate } = position;
  const figures = pairOf(position.gross, position.net, valuationDate);
  return { token, handle, cohort, firstInvested, apart, ...figures, markClass, markDate };
}

/**
 * A person's record from their lots and cash: gross and net, per vintage, cohort and position. A
 * total's IRR is that of all its flows together. Positions apart are listed and in nothing else (a
 * position is apart when any of its lots is); finder's stakes stand beside, all cash received
 * counting. Vintages by year, cohorts by slug (none last), positions by first investment, then token.
 * Throws RangeError on cash of a lot that is not given, and on a negative size.
 */
export function computeRecord(input: RecordInput): RecordSummary {
  const valuationDate = latestDay(input);
  const cash = cashByLot(input);
  const lots = input.lots.toSorted((a, b) => compareDays(a.acquiredDay, b.acquiredDay));
  const bought = lots.filter((lot) => !lot.finder);
  const all = positionsOf(bought, cash, valuationDate).toSorted(
    (a, b) => compareDays(a.firstInvested, b.firstInvested) || (a.token < b.token ? -1 : 1),
  );
  const counted = all.filter((position) => !position.apart);
  const yearOf = ({ firstInvested }: Position) => Number(firstInvested.slice(0, 4));
  const cohortOf = ({ cohort }: Position) => cohort;
  return {
    valuationDate,
    investments: counted.reduce((sum, position) => sum + position.lots, 0),
    students: counted.length,
    firstInvested: counted[0]?.firstInvested ?? null,
    medianTvpi: medianOf(counted.map(sizeOf)),
    bestShare: shareOfBest(counted.map(sizeOf)),
    ...totalPair(counted, valuationDate),
    vintages: groupsOf(counted, yearOf, valuationDate).map(({ key: year, pair }) => ({
      year,
      ...pair,
    })),
    cohorts: groupsOf(counted, cohortOf, valuationDate).map(({ key: cohort, pair }) => ({
      cohort,
      ...pair,
    })),
    positions: all.map((position) => summaryOf(position, valuationDate)),
    findersStakes: findersStakes(
      lots.filter((lot) => lot.finder),
      cash,
      valuationDate,
    ),
  };
}
