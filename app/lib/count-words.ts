/** All that separates words, for JavaScript and for PostgreSQL. */
const SPACE = /[\s\u0085\u180e\u200b]+/;

/** How many words a text has: runs of anything but spaces. Never fewer than the database counts. */
export const countWords = (text: string): number => text.split(SPACE).filter(Boolean).length;
