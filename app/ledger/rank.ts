/**
 * The rank among teachers (T26): an empirical Bayes estimate of what a teacher's positions return
 * beyond those of their vintage, shrunken towards all teachers', with its 95% interval. Floats inside.
 */
import { wholeMonthsBetween } from "~/lib/dates";
import { policy } from "~/policy";
import type { RecordSummary } from "./returns";

/** A position old and large enough to say something: ln(1 + DPI), and the year of its first flow. */
export type QualifyingPosition = { person: string; vintage: number; logReturn: number };

/** In ln(1 + DPI) beyond the vintage's mean, six decimals; the best first, `rank` from 1. */
export type Ranked = {
  person: string;
  rank: number;
  positions: number;
  estimate: string;
  low: string;
  high: string;
};

/** The estimate of one group's mean and half the width of its interval. */
export type Shrunken = { estimate: number; halfWidth: number };

const DECIMALS = 6;
const SCALE = 10 ** DECIMALS;
/** Half of a 95% interval of the normal distribution, in standard deviations. */
const NORMAL_95 = 1.96;

/** What of a record counts towards a rank: positions not apart, of 24 months and $1,000 and more. */
export function qualifyingPositions(person: string, record: RecordSummary): QualifyingPosition[] {
  const { months, paidInCents } = policy.rankedFrom.value;
  return record.positions
    .filter(
      ({ apart, firstInvested, gross }) =>
        !apart &&
        wholeMonthsBetween(firstInvested, record.valuationDate) >= months &&
        BigInt(gross.paidInCents) >= paidInCents,
    )
    .map(({ firstInvested, gross }) => ({
      person,
      vintage: Number(firstInvested.slice(0, 4)),
      logReturn: Math.log1p(Number(gross.dpi)),
    }));
}

/**
 * Ranks teachers by all qualifying positions of everybody, closed accounts included. Only who has at
 * least 10 is ranked, and nobody where fewer than 5 have, or where the teachers do not differ by more
 * than chance explains.
 */
export function rankTeachers(all: readonly QualifyingPosition[]): Ranked[] {
  const means = meanByVintage(all);
  const beyond = new Map<string, number[]>();
  for (const { person, vintage, logReturn } of all) {
    const value = logReturn - (means.get(vintage) ?? 0);
    const known = beyond.get(person);
    if (known) known.push(value);
    else beyond.set(person, [value]);
  }
  const { positions, teachers } = policy.rankedFrom.value;
  const eligible = [...beyond].filter(([, values]) => values.length >= positions);
  if (eligible.length < teachers) return [];
  const estimates = shrink(eligible.map(([, values]) => values));
  if (estimates === null) return [];
  return eligible
    .map(([person, values], i) => ({ person, values, ...(estimates[i] as Shrunken) }))
    .sort((a, b) => b.estimate - a.estimate || (a.person < b.person ? -1 : 1))
    .map(({ person, values, estimate, halfWidth }, i) => ({
      person,
      rank: i + 1,
      positions: values.length,
      estimate: textOf(estimate),
      low: textOf(estimate - halfWidth),
      high: textOf(estimate + halfWidth),
    }));
}

/** Six decimals; zero has no sign. */
function textOf(value: number): string {
  return (Math.round(value * SCALE) / SCALE + 0).toFixed(DECIMALS);
}

function meanByVintage(all: readonly QualifyingPosition[]): Map<number, number> {
  const sums = new Map<number, { total: number; count: number }>();
  for (const { vintage, logReturn } of all) {
    const { total, count } = sums.get(vintage) ?? { total: 0, count: 0 };
    sums.set(vintage, { total: total + logReturn, count: count + 1 });
  }
  return new Map([...sums].map(([vintage, { total, count }]) => [vintage, total / count]));
}

const sumOver = <T>(items: readonly T[], of: (item: T, index: number) => number): number =>
  items.reduce((sum, item, i) => sum + of(item, i), 0);

/**
 * Estimates the true means of at least 4 groups of values: each observed mean drawn towards the
 * common one by as much as chance may have moved it. Between-group variance by moments; the interval
 * covers the error of that estimate as well. Null where that variance is estimated at nothing.
 */
export function shrink(groups: readonly (readonly number[])[]): Shrunken[] | null {
  const count = groups.length;
  const sizes = groups.map((values) => values.length);
  const all = sumOver(sizes, (size) => size);
  const means = groups.map((values) => sumOver(values, (value) => value) / values.length);
  const grandMean = sumOver(means, (mean, i) => mean * (sizes[i] as number)) / all;
  const within =
    sumOver(groups, (values, i) =>
      sumOver(values, (value) => (value - (means[i] as number)) ** 2),
    ) /
    (all - count);
  const usualSize = (all - sumOver(sizes, (size) => size ** 2) / all) / (count - 1);
  const spread = sumOver(means, (mean, i) => (sizes[i] as number) * (mean - grandMean) ** 2);
  const between = Math.max(0, (spread / (count - 1) - within) / usualSize);
  if (between === 0) return null;
  const weights = sizes.map((size) => 1 / (between + within / size));
  const weight = sumOver(weights, (one) => one);
  const center = sumOver(means, (mean, i) => mean * (weights[i] as number)) / weight;
  return means.map((mean, i) => {
    const kept = between * (weights[i] as number);
    const ownError = (kept * within) / (sizes[i] as number);
    const commonError = 1 / weight + (2 * (mean - center) ** 2) / (count - 3);
    return {
      estimate: center + kept * (mean - center),
      halfWidth: NORMAL_95 * Math.sqrt(ownError + (1 - kept) ** 2 * commonError),
    };
  });
}
