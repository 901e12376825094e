/** One thing to do or to know: where it is done, its name, why. `late` where a deadline has passed. */
export type Step = { to: string; name: string; note: string; late?: boolean };

/** A number with its noun: `1 gain`, `2 gains`. */
export const counted = (n: number, one: string, many: string): string =>
  `${n} ${n === 1 ? one : many}`;
