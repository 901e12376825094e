/** Figures of one vintage beside those of all teachers in the same vintage. Pure. */
import { type Figures, type RecordSummary, ratioOrNull } from "~/ledger/returns";

export type Quartiles = { low: number; median: number; high: number };
/** All teachers' figures; quartiles only where there are enough to have some. */
export type Peers = { values: readonly number[]; quartiles: Quartiles | null };
/** With whom a vintage is compared: everybody's students of the years `from` to `to`, pooled for each teacher. */
export type VintagePeers = { from: number; to: number; dpi: Peers; tvpi: Peers };

/** Under so many teachers quartiles would be single teachers. */
export const LEAST_FOR_QUARTILES = 4;
/** So many years before and after a vintage are taken in, at most, where it has too few teachers of its own. */
export const WIDEST_YEARS = 2;

/** The value below which that part of the ascending values lies, between two of them in proportion (as spreadsheets' QUARTILE.INC). */
function quantile(ascending: readonly number[], part: number): number {
  const at = (ascending.length - 1) * part;
  const below = Math.floor(at);
  const [low = 0, high = low] = [ascending[below], ascending[below + 1]];
  return low + (high - low) * (at - below);
}

/** The three quartiles of at least four values; null of fewer. */
export function quartilesOf(values: readonly number[]): Quartiles | null {
  if (values.length < LEAST_FOR_QUARTILES) return null;
  const ascending = values.toSorted((a, b) => a - b);
  const at = (part: number) => quantile(ascending, part);
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

const backOf = ({ distributionsCents, proceedsCents }: Figures): bigint =>
  BigInt(distributionsCents) + BigInt(proceedsCents);

/** A record's DPI and TVPI over the vintages of some years together; null where nothing was paid in. */
function pooled(
  { vintages }: RecordSummary,
  from: number,
  to: number,
): { dpi: number; tvpi: number } | null {
  let [paid, back, value] = [0n, 0n, 0n];
  for (const { year, gross } of vintages) {
    if (year < from || year > to) continue;
    paid += BigInt(gross.paidInCents);
    back += backOf(gross);
    value += BigInt(gross.valueCents);
  }
  const dpi = ratioOrNull(back, paid);
  if (dpi === null) return null;
  return { dpi: Number(dpi), tvpi: Number(ratioOrNull(back + value, paid)) };
}

/**
 * All teachers' gross DPI and TVPI with the students of a vintage. Where fewer than four invested in that year, the years around it
 * are taken in, as few as it takes and two on each side at most; where that is still too few, it is the year alone, without quartiles.
 */
export function vintagePeers(
  records: readonly { summary: RecordSummary }[],
  year: number,
): VintagePeers {
  const within = (years: number): VintagePeers => {
    const [from, to] = [year - years, year + years];
    const all = records.flatMap(({ summary }) => pooled(summary, from, to) ?? []);
    const peers = (values: number[]): Peers => ({ values, quartiles: quartilesOf(values) });
    const dpi = peers(all.map((one) => one.dpi));
    return { from, to, dpi, tvpi: peers(all.map((one) => one.tvpi)) };
  };
  const own = within(0);
  for (let years = 0; years <= WIDEST_YEARS; years += 1) {
    const peers = years === 0 ? own : within(years);
    if (peers.dpi.quartiles) return peers;
  }
  return own;
}

/** In which quarter of all teachers a value stands, in words; null where there are no quartiles. */
export function quarterOf(value: number, { quartiles }: Peers): string | null {
  if (quartiles === null) return null;
  if (value >= quartiles.high) return "top quarter";
  if (value >= quartiles.median) return "second quarter";
  return value >= quartiles.low ? "third quarter" : "bottom quarter";
}
