/** What is said of a record's standing among all (T26). */
import { policy } from "~/policy";
import type { Standing } from "./standings";

const times = (logarithm: string): string => `${Math.exp(Number(logarithm)).toFixed(2)}×`;
const positions = (count: number): string => `${count} ${count === 1 ? "position" : "positions"}`;

/** The standing in a sentence or two: the estimate with its interval and how it is made, or why there is none. */
export function standingWords(standing: Standing): { head: string; text: string } {
  const { positions: least, months, teachers } = policy.rankedFrom.value;
  const rule = `${least} positions of ${months} months and $1,000 each`;
  switch (standing.kind) {
    case "ranked": {
      const { rank, of, estimate, low, high } = standing;
      return {
        head: `Rank ${rank} of ${of}`,
        text: `Money back (1 + DPI) is estimated at ${times(estimate)} what is usual for the same years, and lies with 95% confidence between ${times(low)} and ${times(high)}. The estimate comes from ${positions(standing.positions)}, and is drawn towards all teachers’ by as much as luck may explain.`,
      };
    }
    case "too_few_positions":
      return {
        head: "Not ranked",
        text: `${standing.positions === 0 ? "No position is" : `Only ${positions(standing.positions)} ${standing.positions === 1 ? "is" : "are"}`} old and large enough. A rank takes ${rule}; fewer say more about luck than about judgement.`,
      };
    case "too_few_teachers":
      return {
        head: "Not ranked",
        text: `${positions(standing.positions)} are old and large enough, but only ${standing.teachers} ${standing.teachers === 1 ? "teacher has" : "teachers have"} ${least} of them. Nobody is ranked among fewer than ${teachers}.`,
      };
    case "no_difference":
      return {
        head: "Not ranked",
        text: "The teachers who could be ranked do not differ by more than luck explains, so nobody is.",
      };
  }
}
