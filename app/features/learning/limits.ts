/** How many links an update has room for. */
export const UPDATE_LINKS = 3;
/** How long a text of the learning space may be, in characters. */
export const LONGEST_TEXT = 10_000;
