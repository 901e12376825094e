/** What one side of a comparison does once: it answers how much of it is done a second (or how long it takes). */
export type Measure = () => Promise<number>;
export type Comparison = {
  name: string;
  ours: Measure;
  theirs: Measure;
  /** What the ratio of ours to theirs must reach, as a sentence and as a test. */
  target: { text: string; met(ratio: number): boolean };
};
export type Bench = {
  /** What `npm run bench -- NAME` measures, in a line. */
  about: string;
  /** Prepares, hands over its comparisons one after the other, cleans up. */
  run(
    compare: (comparison: Comparison) => Promise<void>,
    options: { full: boolean },
  ): Promise<void>;
};

const RUNS = 7;

/** The median of an odd number of figures. */
export function median(figures: number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const rounded = (figure: number): number => Number(figure.toPrecision(4));

/**
 * Measures both sides alternately, seven times each after one warm-up, and prints one JSON line with the medians.
 * The target stands beside it on stderr. Answers whether it is met.
 */
export async function compareAlternately(
  comparison: Comparison,
  print: { line(text: string): void; beside(text: string): void },
  runs = RUNS,
): Promise<boolean> {
  const { name, ours, theirs, target } = comparison;
  await theirs();
  await ours();
  const figures: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let run = 0; run < runs; run++) {
    figures.theirs.push(await theirs());
    figures.ours.push(await ours());
  }
  const [us, them] = [median(figures.ours), median(figures.theirs)];
  const ratio = us / them;
  print.line(
    JSON.stringify({
      name,
      ours: rounded(us),
      theirs: rounded(them),
      ratio: rounded(ratio),
      runs,
    }),
  );
  const met = target.met(ratio);
  print.beside(`  ${name}: to reach ${target.text}: ${met ? "reached" : "missed"}`);
  return met;
}

/** Units of work a second while `workers` work side by side until `total` units are done. */
export async function ratePerSecond(
  total: number,
  workers: number,
  unit: (index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const started = process.hrtime.bigint();
  const work = async (): Promise<void> => {
    for (let index = next++; index < total; index = next++) await unit(index);
  };
  await Promise.all(Array.from({ length: workers }, work));
  return total / (Number(process.hrtime.bigint() - started) / 1e9);
}

/** A comparison of figures that were measured one after the other: the small log's first, then the large one's. */
export const afterwards = (
  name: string,
  target: Comparison["target"],
  { ours, theirs }: { ours: number[]; theirs: number[] },
): Comparison => {
  const taker = (figures: readonly number[]) => {
    let n = 0;
    return async () => figures[n++ % figures.length] ?? Number.NaN;
  };
  return { name, target, ours: taker(ours), theirs: taker(theirs) };
};
