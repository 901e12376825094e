/** What `/method` says of its example, computed by the ledger's own functions: nothing on that page is typed. Pure. */
import { ageFactor, carriedValue, type MarkClass } from "~/ledger/carried-value";
import { dayNumber, returnSinceFirstFlow, solveIrr } from "~/ledger/irr";
import { rankTeachers } from "~/ledger/rank";
import {
  type CashEvent,
  computeRecord,
  type RecordInput,
  type RecordSummary,
  signedCents,
} from "~/ledger/returns";
import { addDays, addMonths, daysBetween, wholeMonthsBetween } from "~/lib/dates";
import type { MethodBook, MethodInvestment } from "./method-book";

/** One investment of the example: cents and factors as exact texts. */
export type MethodLine = {
  student: string;
  lesson: string;
  day: string;
  paidCents: string;
  confirmedCents: string;
  besideCents: string;
  carriedCents: string;
  markClass: MarkClass | null;
  markDate: string | null;
  /** Whole months since then, and what of the price is left, eight decimals. */
  months: number;
  factor: string;
  apart: boolean;
};

export type MethodFlow = { day: string; cents: string; years: string; worthCents: string };
/** Positions from the worst to the best; `isMedian` where half of all cash paid in is reached. */
export type MethodStep = {
  student: string;
  tvpi: string;
  paidCents: string;
  cumulatedCents: string;
  isMedian: boolean;
};
export type MethodEstimate = {
  teacher: string;
  positions: number;
  mean: number;
  rank: { rank: number; estimate: number; low: number; high: number } | null;
};

export type Method = ReturnType<typeof methodOf>;

const inputOf = (
  { investments, valuationDate }: MethodBook,
  change: (one: MethodInvestment) => MethodInvestment = (one) => one,
): RecordInput => {
  const all = investments.map(change);
  return {
    valuationDate,
    lots: all.map(({ lot }) => lot),
    cash: all.flatMap(({ cash }) => cash),
  };
};

const sum = (cash: readonly CashEvent[]): string =>
  String(cash.reduce((total, event) => total + signedCents(event), 0n));

function lineOf(investment: MethodInvestment, day: string): MethodLine {
  const { student, lesson, lot, cash } = investment;
  const carried = carriedValue(lot, day);
  const from = carried?.markDate ?? lot.acquiredDay;
  return {
    ...{ student, lesson, day: lot.acquiredDay, paidCents: String(lot.paidCents) },
    confirmedCents: sum(cash.filter(({ confirmed, early }) => confirmed && !early)),
    besideCents: sum(cash.filter(({ confirmed, early }) => !confirmed || early)),
    carriedCents: String(carried?.cents ?? 0n),
    markClass: carried?.markClass ?? null,
    markDate: carried?.markDate ?? null,
    months: wholeMonthsBetween(from, day),
    factor: factorText(from, day),
    apart: lot.apart,
  };
}

function factorText(from: string, to: string): string {
  const { numerator, denominator } = ageFactor(from, to);
  return (Number(numerator) / Number(denominator)).toFixed(8);
}

/** The record's flows, and what each is worth on the first day at the rate: together, nothing. */
function flowsOf(book: MethodBook, summary: RecordSummary): MethodFlow[] {
  const rate = summary.gross.irr.rate;
  const nets = new Map<string, bigint>();
  const add = (day: string, cents: bigint) => nets.set(day, (nets.get(day) ?? 0n) + cents);
  for (const { lot, cash } of book.investments) {
    if (lot.apart) continue;
    add(lot.acquiredDay, -lot.paidCents);
    for (const event of cash)
      if (event.confirmed && !event.early) add(event.day, signedCents(event));
  }
  add(book.valuationDate, BigInt(summary.gross.valueCents));
  const days = [...nets].sort(([a], [b]) => (a < b ? -1 : 1));
  const first = days[0]?.[0] ?? book.valuationDate;
  return days.map(([day, cents]) => {
    const years = (dayNumber(day) - dayNumber(first)) / 365;
    const worth = rate === null ? 0 : Number(cents) * (1 + Number(rate)) ** -years;
    return {
      day,
      cents: String(cents),
      years: years.toFixed(2),
      worthCents: String(Math.round(worth)),
    };
  });
}

function stepsOf(book: MethodBook, summary: RecordSummary): MethodStep[] {
  const nameOf = new Map(book.investments.map(({ student, lot }) => [lot.token, student]));
  const all = BigInt(summary.gross.paidInCents);
  let cumulated = 0n;
  return summary.positions
    .filter(({ apart }) => !apart)
    .toSorted((a, b) => Number(a.gross.tvpi) - Number(b.gross.tvpi))
    .map(({ token, gross }) => {
      const before = cumulated;
      cumulated += BigInt(gross.paidInCents);
      return {
        student: nameOf.get(token) ?? token,
        tvpi: gross.tvpi ?? "0",
        paidCents: gross.paidInCents,
        cumulatedCents: String(cumulated),
        isMedian: before * 2n < all && cumulated * 2n >= all,
      };
    });
}

function estimatesOf({ teachers }: MethodBook): MethodEstimate[] {
  const all = teachers.flatMap(({ name, dpis }) =>
    dpis.map(({ year, dpi }) => ({
      person: name,
      vintage: year,
      logReturn: Math.log1p(Number(dpi)),
    })),
  );
  const ranked = new Map(rankTeachers(all).map((one) => [one.person, one]));
  const meanOf = (values: readonly number[]) =>
    values.reduce((total, value) => total + value, 0) / Math.max(1, values.length);
  const usual = (year: number) =>
    meanOf(all.filter(({ vintage }) => vintage === year).map(({ logReturn }) => logReturn));
  return teachers.map(({ name, dpis }) => {
    const found = ranked.get(name);
    const own = all.filter(({ person }) => person === name);
    return {
      teacher: name,
      positions: dpis.length,
      mean: Math.exp(meanOf(own.map(({ vintage, logReturn }) => logReturn - usual(vintage)))),
      rank: found
        ? {
            rank: found.rank,
            estimate: Math.exp(Number(found.estimate)),
            low: Math.exp(Number(found.low)),
            high: Math.exp(Number(found.high)),
          }
        : null,
    };
  });
}

/** What is left of a price of so many months, each month. */
function decayOf(day: string, months: number): { months: number; factor: number }[] {
  return Array.from({ length: months + 1 }, (_, n) => ({
    months: n,
    factor: Number(factorText(day, addMonths(day, n))),
  }));
}

/** The kinds of answers that a rate can have, each from flows that have it. */
function ratesOf(book: MethodBook) {
  const [paid] = book.severalRates;
  const day = paid?.day ?? book.valuationDate;
  const outAlone = [
    { day, cents: -10_000n },
    { day: addDays(day, 400), cents: 0n },
  ];
  const short = [
    { day, cents: -10_000n },
    { day: addDays(day, 91), cents: 10_500n },
  ];
  const shortRate = solveIrr(short);
  return {
    several: solveIrr(book.severalRates),
    severalFlows: book.severalRates.map((flow) => ({ day: flow.day, cents: String(flow.cents) })),
    lost: solveIrr(outAlone),
    oneDay: solveIrr([{ day, cents: -10_000n }]),
    short: shortRate,
    shortReturn: shortRate.kind === "irr" ? returnSinceFirstFlow(shortRate.rate, 91) : null,
  };
}

/** Every figure of the example. */
export function methodOf(book: MethodBook) {
  const summary = computeRecord(inputOf(book));
  const all = { confirmed: true, early: false };
  const unguarded = computeRecord(
    inputOf(book, ({ lot, cash, ...rest }) => ({
      ...rest,
      lot: { ...lot, apart: false },
      cash: cash.map((event) => ({ ...event, ...all })),
    })),
  );
  const { positions: _, ...totals } = summary;
  const reversed = book.investments.find(({ lot }) => lot.sharesLeft === 0n && !lot.apart);
  return {
    teacher: book.teacher,
    totals,
    unguardedDpi: unguarded.gross.dpi,
    lines: book.investments.map((investment) => lineOf(investment, book.valuationDate)),
    flows: flowsOf(book, summary),
    days: summary.firstInvested ? daysBetween(summary.firstInvested, summary.valuationDate) : 0,
    steps: stepsOf(book, summary),
    rates: ratesOf(book),
    estimates: estimatesOf(book),
    decay: decayOf(book.valuationDate, 96),
    reversed: reversed?.student ?? null,
    outcomes: summary.positions
      .filter(({ apart }) => !apart)
      .map(({ token, gross }) => ({
        name: book.investments.find(({ lot }) => lot.token === token)?.student ?? token,
        multiple: gross.tvpi,
      })),
  };
}
