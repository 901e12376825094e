import type { Flow } from "~/ledger/irr";

const FLOWS = 10_000;

/** Uniform numbers in [0, 1), the same for the same seed (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

const sizeOf = (next: () => number): bigint => BigInt(1 + Math.floor(next() * 5_000_000));

/** Ten thousand flows a shape, as records have them and as they are hardest; the same in every run. */
export const FLOW_SHAPES: Record<string, () => Flow[]> = {
  "different days, paid first": () => {
    const next = uniform(1);
    return Array.from({ length: FLOWS }, (_, i) => {
      const size = sizeOf(next);
      return { day: dayOf(9_000 + i), cents: i < FLOWS * 0.4 ? -size : size };
    });
  },
  "different days, mixed": () => {
    const next = uniform(2);
    return Array.from({ length: FLOWS }, (_, i) => {
      const size = sizeOf(next);
      return { day: dayOf(9_000 + i), cents: next() < 0.7 - (0.6 * i) / FLOWS ? -size : size };
    });
  },
  "eight years, any order": () => {
    const next = uniform(3);
    return Array.from({ length: FLOWS }, () => {
      const at = next();
      const size = sizeOf(next);
      return {
        day: dayOf(17_500 + Math.floor(at * 2_922)),
        cents: next() < 0.8 - 0.7 * at ? -size : size,
      };
    });
  },
  "a few hundred days": () => {
    const next = uniform(4);
    return Array.from({ length: FLOWS }, (_, i) => {
      const size = sizeOf(next);
      const day = dayOf(17_500 + Math.floor(i / 40) * 12);
      return { day, cents: i < FLOWS * 0.5 ? -size : size * 2n };
    });
  },
};
