/** How many questions a cohort asks, at least and at most. */
export const MIN_QUESTIONS = 2;
export const MAX_QUESTIONS = 10;
