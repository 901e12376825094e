import { policy } from "~/policy";

/** A hypothesis that came true or did not; void ones say nothing. */
export type Scored = { chancePercent: number; outcome: "true" | "false" };

/** From which chance to which, in percent: five bins that 1 to 99 fall into. */
const BINS = [
  [1, 20],
  [21, 40],
  [41, 60],
  [61, 80],
  [81, 99],
] as const;

export type Calibration = {
  n: number;
  /** The Brier score to three decimals, `0.250`; null while nothing is scored. */
  brier: string | null;
  /** So few that they tell nothing yet. */
  few: boolean;
  bins: { said: string; n: number; cameTrue: number; meanPercent: number | null }[];
};

/**
 * How well stated chances fit what came about: the Brier score, the mean of (chance − outcome)², with outcome 1 or 0 (Brier 1950),
 * and how often hypotheses of about the same chance came true. 0 is best; whoever always says 50% gets 0.250.
 */
export function calibrationOf(scored: readonly Scored[]): Calibration {
  const n = scored.length;
  const squares = scored.reduce((sum, one) => sum + distanceOf(one) ** 2, 0);
  return {
    n,
    brier: n === 0 ? null : milliText(Math.round(squares / (10 * n))),
    few: n < policy.calibrationLeast.value,
    bins: BINS.map(([from, to]) => {
      const within = scored.filter((one) => one.chancePercent >= from && one.chancePercent <= to);
      const sum = within.reduce((all, one) => all + one.chancePercent, 0);
      return {
        said: `${from}% to ${to}%`,
        n: within.length,
        cameTrue: within.filter((one) => one.outcome === "true").length,
        meanPercent: within.length === 0 ? null : Math.round(sum / within.length),
      };
    }),
  };
}

/** In percent. */
const distanceOf = ({ chancePercent, outcome }: Scored): number =>
  chancePercent - (outcome === "true" ? 100 : 0);

const milliText = (milli: number): string =>
  `${Math.floor(milli / 1000)}.${String(milli % 1000).padStart(3, "0")}`;
