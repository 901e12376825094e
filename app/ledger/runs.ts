/** Long loops over typed arrays, cut into runs. */

const LENGTH = 256;

/**
 * Calls `run` for each stretch of 0…count − 1. An engine compiles a short function that is called
 * often; one that is called once and loops for long it compiles, and throws away, again and again.
 */
export function inRuns(count: number, run: (from: number, to: number) => void): void {
  for (let from = 0; from < count; from += LENGTH) run(from, Math.min(from + LENGTH, count));
}
