/** Of a set of totals in thousandths: how many, their sum, the sum of their squares. Whole numbers. */
export type Scale = { reviews: number; sumMilli: number; sumSquares: number };

export const NO_REVIEWS: Scale = { reviews: 0, sumMilli: 0, sumSquares: 0 };

/** A scale with a total more (`by` 1) or less (`by` -1). */
export const scaleWith = (scale: Scale, totalMilli: number, by: 1 | -1): Scale => ({
  reviews: scale.reviews + by,
  sumMilli: scale.sumMilli + by * totalMilli,
  sumSquares: scale.sumSquares + by * totalMilli * totalMilli,
});

/** All scales in one: the cohort's. */
export const addScales = (scales: readonly Scale[]): Scale =>
  scales.reduce(
    (all, one) => ({
      reviews: all.reviews + one.reviews,
      sumMilli: all.sumMilli + one.sumMilli,
      sumSquares: all.sumSquares + one.sumSquares,
    }),
    NO_REVIEWS,
  );

/** Mean and (population) standard deviation, in thousandths; null of nothing. */
export function momentsOf(scale: Scale): { mean: number; deviation: number } | null {
  if (scale.reviews === 0) return null;
  const mean = scale.sumMilli / scale.reviews;
  const variance = Math.max(0, scale.sumSquares / scale.reviews - mean * mean);
  return { mean, deviation: Math.sqrt(variance) };
}

/** A cohort whose totals are all alike has no scale to move others onto. */
const LEAST_DEVIATION = 1;

/**
 * A total as it would be on the scale of the whole cohort, in thousandths within 1000 to 5000: as many deviations from the
 * cohort's mean as it is from its reviewer's. A reviewer of few is taken to score like the cohort: mean and variance are
 * weighed with `prior` reviews of the cohort's (empirical Bayes), so that the first reviews move almost nothing.
 */
export function normalMilliOf(
  totalMilli: number,
  reviewer: Scale,
  cohort: Scale,
  prior: number,
): number {
  const all = momentsOf(cohort);
  const own = momentsOf(reviewer);
  if (!all || !own || all.deviation < LEAST_DEVIATION) return totalMilli;
  const n = reviewer.reviews;
  const mean = (n * own.mean + prior * all.mean) / (n + prior);
  const variance = (n * own.deviation ** 2 + prior * all.deviation ** 2) / (n + prior);
  const deviation = Math.sqrt(variance);
  const moved = all.mean + ((totalMilli - mean) * all.deviation) / deviation;
  return Math.round(Math.min(5_000, Math.max(1_000, moved)));
}

/** The mean of whole numbers, half up; null of none. */
export function meanOf(numbers: readonly number[]): number | null {
  const n = numbers.length;
  if (n === 0) return null;
  const sum = numbers.reduce((all, one) => all + one, 0);
  return Math.floor((2 * sum + n) / (2 * n));
}
