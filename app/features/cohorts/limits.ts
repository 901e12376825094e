/** How many questions a cohort asks, at least and at most. */
export const MIN_QUESTIONS = 2;
export const MAX_QUESTIONS = 40;
/** By how many criteria its applications are scored, at most. */
export const MAX_CRITERIA = 12;
