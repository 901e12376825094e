import { formatMultiple } from "~/lib/money";
import { policy } from "~/policy";
import type { Standing } from "./standings";

/** A logarithm as the factor that it stands for: `1.23×`. */
export const factorOf = (log: string): string => formatMultiple(Math.exp(Number(log)).toFixed(4));

/** Where a record stands among all (T26), as short as a line of a list has room for; without a rank, why. */
export function shortStanding(standing: Standing): { short: string; long: string } {
  if (standing.kind !== "ranked") return { short: "Not ranked", long: why(standing) };
  const { rank, of, estimate, low, high } = standing;
  return {
    short: `${rank} of ${of}`,
    long: `estimate ${factorOf(estimate)}, from ${factorOf(low)} to ${factorOf(high)}`,
  };
}

function why({ kind, positions }: Standing): string {
  const least = policy.rankedFrom.value;
  if (kind === "too_few_positions")
    return `${positions} of the ${least.positions} old and large investments that a rank needs`;
  return kind === "too_few_teachers"
    ? `fewer than ${least.teachers} teachers have enough investments`
    : "the teachers differ no more than chance explains";
}
