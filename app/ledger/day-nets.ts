/** Flows netted per day, exactly, in the order of the days: what the equation of a return is made of. */

import { floatsIn, integersIn } from "./room";
import { inRuns } from "./runs";

/** Cash on one UTC day ("YYYY-MM-DD"): what came back is positive, what was paid negative. */
export type Flow = { day: string; cents: bigint };

/** Days that do not net to nothing, ascending, the first being 0, and what each comes to. */
export type DayNets = {
  days: Int32Array;
  /** The nets as floats; exact up to 2^53. */
  floats: Float64Array;
  /** The nets beyond 2^53, exactly; null where floats are exact. */
  large: bigint[] | null;
  /** Whether all flows, zeros too, are on one date. */
  oneDate: boolean;
};

const MONTH_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MONTH_STARTS = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/** From the start of the era before year 0, whose 97 leap days are counted too. */
const DAYS_TO_1970 = 719528 + 97;
/** Up to so many days a flow, a table of all days is quicker than sorting. */
const TABLED_DAYS_PER_FLOW = 8;

/**
 * The day's number since 1970-01-01, proleptic Gregorian. Throws RangeError on anything but a
 * real day written YYYY-MM-DD.
 */
export function dayNumber(day: string): number {
  if (day.length !== 10 || day.charCodeAt(4) !== 45 || day.charCodeAt(7) !== 45) return badDay(day);
  const a = day.charCodeAt(0) - 48;
  const b = day.charCodeAt(1) - 48;
  const c = day.charCodeAt(2) - 48;
  const d = day.charCodeAt(3) - 48;
  const e = day.charCodeAt(5) - 48;
  const f = day.charCodeAt(6) - 48;
  const g = day.charCodeAt(8) - 48;
  const h = day.charCodeAt(9) - 48;
  // No digit is negative or above 9, seen at once by the bits above the lowest four.
  if (
    (((a | b | c | d | e | f | g | h) >>> 4) |
      (((a + 6) | (b + 6) | (c + 6) | (d + 6) | ((e + 6) | (f + 6) | (g + 6) | (h + 6))) >>> 4)) !==
    0
  )
    return badDay(day);
  const year = a * 1000 + b * 100 + c * 10 + d;
  const month = e * 10 + f;
  const date = g * 10 + h;
  const length = month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month] ?? 0);
  if (date < 1 || date > length) return badDay(day);
  // A year that is counted in whole eras of 400, so that whole division rounds down.
  const past = (month > 2 ? year : year - 1) + 400;
  const leaps = (past >> 2) - ((past / 100) | 0) + ((past / 400) | 0);
  return year * 365 + leaps + (MONTH_STARTS[month] as number) + date - DAYS_TO_1970;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function badDay(day: string): never {
  throw new RangeError(`Not a day: ${day}`);
}

/** Nets flows, in any order, per day; days that come to nothing are dropped. Null: nothing is left. */
export function netPerDay(flows: readonly Flow[]): DayNets | { days: null; oneDate: boolean } {
  const count = flows.length;
  if (count === 0) return { days: null, oneDate: true };
  const numbers = integersIn("numbers", count);
  const amounts = floatsIn("amounts", count);
  inRuns(count, (from, to) => read(flows, from, to, numbers, amounts));
  const ends = new Int32Array([numbers[0] as number, numbers[0] as number]);
  inRuns(count, (from, to) => widen(ends, numbers, from, to));
  const [first, last] = ends as unknown as [number, number];
  const oneDate = first === last;
  const nets =
    (last - first <= count * TABLED_DAYS_PER_FLOW
      ? tabled(numbers, amounts, first, last)
      : sorted(numbers, amounts, first)) ?? large(flows, numbers, first);
  const start = nets.days[0];
  if (start === undefined) return { days: null, oneDate };
  if (start > 0) inRuns(nets.days.length, (from, to) => shift(nets.days, start, from, to));
  return { ...nets, oneDate };
}

function read(
  flows: readonly Flow[],
  from: number,
  to: number,
  numbers: Int32Array,
  amounts: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    const { day, cents } = flows[i] as Flow;
    numbers[i] = dayNumber(day);
    amounts[i] = Number(cents);
  }
}

function widen(ends: Int32Array, numbers: Int32Array, from: number, to: number): void {
  let first = ends[0] as number;
  let last = ends[1] as number;
  for (let i = from; i < to; i++) {
    const number = numbers[i] as number;
    if (number < first) first = number;
    if (number > last) last = number;
  }
  ends[0] = first;
  ends[1] = last;
}

function shift(days: Int32Array, by: number, from: number, to: number): void {
  for (let i = from; i < to; i++) days[i] = (days[i] as number) - by;
}

type Nets = Pick<DayNets, "days" | "floats" | "large">;

function isUnsafe(amount: number): boolean {
  return amount > Number.MAX_SAFE_INTEGER || amount < -Number.MAX_SAFE_INTEGER;
}

/** By a table of all days from the first to the last; null beyond the safe integers. */
function tabled(
  numbers: Int32Array,
  amounts: Float64Array,
  first: number,
  last: number,
): Nets | null {
  const table = floatsIn("table", last - first + 1).fill(0);
  const unsafe = new Uint8Array(1);
  inRuns(numbers.length, (from, to) => addUp(table, numbers, amounts, first, from, to, unsafe));
  if (unsafe[0] === 1) return null;
  const days = integersIn("days", table.length);
  let kept = 0;
  inRuns(table.length, (from, to) => {
    kept = keep(table, days, kept, from, to);
  });
  return { days: days.subarray(0, kept), floats: table.subarray(0, kept), large: null };
}

function addUp(
  table: Float64Array,
  numbers: Int32Array,
  amounts: Float64Array,
  first: number,
  from: number,
  to: number,
  unsafe: Uint8Array,
): void {
  for (let i = from; i < to; i++) {
    const at = (numbers[i] as number) - first;
    const amount = amounts[i] as number;
    const total = (table[at] as number) + amount;
    if (isUnsafe(amount) || isUnsafe(total)) unsafe[0] = 1;
    table[at] = total;
  }
}

/** Moves what is not nothing to the front, and answers how much there is. */
function keep(
  table: Float64Array,
  days: Int32Array,
  before: number,
  from: number,
  to: number,
): number {
  let kept = before;
  for (let at = from; at < to; at++) {
    const total = table[at] as number;
    days[kept] = at;
    table[kept] = total;
    if (total !== 0) kept++;
  }
  return kept;
}

/** By sorting, where the days lie far apart; null beyond the safe integers. */
function sorted(numbers: Int32Array, amounts: Float64Array, first: number): Nets | null {
  const count = numbers.length;
  // A day and its flow in one float, so that the engine's own numeric sort serves.
  const keys = Float64Array.from(numbers, (number, i) => (number - first) * count + i).sort();
  const days = new Int32Array(count);
  const floats = new Float64Array(count);
  let kept = 0;
  for (const key of keys) {
    const day = Math.floor(key / count);
    const amount = amounts[key - day * count] as number;
    if (kept > 0 && days[kept - 1] === day) kept--;
    else floats[kept] = 0;
    const total = (floats[kept] as number) + amount;
    if (isUnsafe(amount) || isUnsafe(total)) return null;
    days[kept] = day;
    floats[kept++] = total;
    if (total === 0) kept--;
  }
  return { days: days.subarray(0, kept), floats: floats.subarray(0, kept), large: null };
}

/** Beyond the safe integers. */
function large(flows: readonly Flow[], numbers: Int32Array, first: number): Nets {
  const byDay = new Map<number, bigint>();
  flows.forEach(({ cents }, i) => {
    const day = (numbers[i] as number) - first;
    byDay.set(day, (byDay.get(day) ?? 0n) + cents);
  });
  const kept = [...byDay].filter(([, net]) => net !== 0n).sort(([a], [b]) => a - b);
  return {
    days: Int32Array.from(kept, ([day]) => day),
    floats: Float64Array.from(kept, ([, net]) => Number(net)),
    large: kept.map(([, net]) => net),
  };
}
