/** The mean of scores by their criteria's weights, in thousandths, half up. Whole numbers alone; at least one score. */
export function totalMilliOf(scores: readonly { score: number; weight: number }[]): number {
  const weight = scores.reduce((sum, one) => sum + one.weight, 0);
  const sum = scores.reduce((all, one) => all + one.score * one.weight, 0);
  return Math.floor((2 * sum * 1000 + weight) / (2 * weight));
}

/** A total in thousandths as read: two digits after the point. */
export const formatTotal = (totalMilli: number): string =>
  (Math.round(totalMilli / 10) / 100).toFixed(2);

/** How somebody who may review stands towards an application. */
export type Standing = {
  /** Their own review is submitted, or they abstained. */
  done: boolean;
  assigned: boolean;
  /** Whether they decide about it too. */
  teacher: boolean;
  /** Submitted reviews of it. */
  reviews: number;
  /** How many its cohort asks for. */
  wanted: number;
};

/**
 * Whether others' scores may be seen: after one's own; or, by who decides and has no review to write, once there are as many
 * as the cohort asks for (T29). Who may see them without one's own can score no more: `mayScore`.
 */
export const maySeeOthers = (of: Standing): boolean =>
  of.done || (of.teacher && !of.assigned && of.reviews >= of.wanted);

/** Whether a review may be begun or changed. */
export const mayScore = (of: Standing): boolean => of.done || of.assigned || !maySeeOthers(of);

/** Where a first pass is blind: the states in which an application may yet be scored, and its applicant is hidden until then. */
export const BLIND_STATES: readonly string[] = ["submitted", "revise"];

/** How an application is called while its applicant is hidden. */
export const blindName = (applicationId: string): string =>
  `Application ${applicationId.replaceAll("-", "").slice(-6).toUpperCase()}`;
