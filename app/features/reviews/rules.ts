/** The mean of scores by their criteria's weights, in thousandths, half up. Whole numbers alone; at least one score. */
export function totalMilliOf(scores: readonly { score: number; weight: number }[]): number {
  const weight = scores.reduce((sum, one) => sum + one.weight, 0);
  const sum = scores.reduce((all, one) => all + one.score * one.weight, 0);
  return Math.floor((2 * sum * 1000 + weight) / (2 * weight));
}

/** A total in thousandths as read: two digits after the point. */
export const formatTotal = (totalMilli: number): string =>
  (Math.round(totalMilli / 10) / 100).toFixed(2);
