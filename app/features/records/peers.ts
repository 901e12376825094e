/** Figures of one vintage beside those of all teachers in the same vintage. Pure. */
import type { RecordSummary } from "~/ledger/returns";

export type Quartiles = { low: number; median: number; high: number };
/** All teachers' figures of one vintage; quartiles only where there are enough to have some. */
export type Peers = { values: readonly number[]; quartiles: Quartiles | null };
export type VintagePeers = { year: number; dpi: Peers; tvpi: Peers };

/** Under so many teachers quartiles would be single teachers. */
export const LEAST_FOR_QUARTILES = 4;

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

/** Every vintage of all records, the gross DPI and TVPI that each teacher reached in it. By year. */
export function vintagePeers(
  records: readonly { summary: RecordSummary }[],
): Map<number, VintagePeers> {
  const years = new Map<number, { dpi: number[]; tvpi: number[] }>();
  for (const { summary } of records)
    for (const { year, gross } of summary.vintages) {
      if (gross.dpi === null || gross.tvpi === null) continue;
      const known = years.get(year) ?? { dpi: [], tvpi: [] };
      known.dpi.push(Number(gross.dpi));
      known.tvpi.push(Number(gross.tvpi));
      years.set(year, known);
    }
  const peers = (values: number[]): Peers => ({ values, quartiles: quartilesOf(values) });
  return new Map(
    [...years].map(([year, { dpi, tvpi }]) => [year, { year, dpi: peers(dpi), tvpi: peers(tvpi) }]),
  );
}

/** In which quarter of all teachers a value stands, in words; null where there are no quartiles. */
export function quarterOf(value: number, { quartiles }: Peers): string | null {
  if (quartiles === null) return null;
  if (value >= quartiles.high) return "top quarter";
  if (value >= quartiles.median) return "second quarter";
  return value >= quartiles.low ? "third quarter" : "bottom quarter";
}
