/** Longer questions are cut there. */
export const QUESTION_LENGTH = 100;
const MOST_WORDS = 8;

/**
 * The beginnings of words that a typed question asks for, without accents, cut where the database's `search_words` cuts; none
 * where nothing in it is a letter or a digit.
 */
export function searchWords(typed: string): string[] {
  return typed
    .slice(0, QUESTION_LENGTH)
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== "")
    .slice(0, MOST_WORDS);
}

/** What PostgreSQL's `to_tsquery('simple', …)` is asked for a typed question: all its words. Null where it has none. */
export function searchQuery(typed: string): string | null {
  const words = searchWords(typed);
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(" & ");
}
