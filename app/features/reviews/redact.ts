/** What stands where something is hidden. */
export const HIDDEN = "█████";

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>()]*[^\s<>().,;:!?]|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
/** Profiles of well-known places, written without "https://". */
const BARE_LINK =
  /\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|ai|co|me|app|edu|gov|info|uk|de|fr|nl|es|it|pl|in|us|ca|ch|eu|xyz)(?:\/(?:[^\s<>()]*[^\s<>().,;:!?])?)?(?!\w)/giu;
const MENTION = /(?<![\w/])@[a-z0-9_][\w.-]*/giu;
const IN_PATTERN = /[.*+?^${}()|[\]\\]/g;

/**
 * A text without what says who wrote it: links, e-mail addresses, @names, and each of `phrases` wherever it stands as a word of
 * its own, in whatever case and with whatever white space between its words.
 */
export function redact(text: string, phrases: readonly string[]): string {
  let hidden = text.replace(LINK, HIDDEN).replace(BARE_LINK, HIDDEN).replace(MENTION, HIDDEN);
  for (const phrase of [...phrases].sort((a, b) => b.length - a.length)) {
    const pattern = patternOf(phrase);
    if (pattern) hidden = hidden.replace(pattern, HIDDEN);
  }
  return hidden;
}

function patternOf(phrase: string): RegExp | null {
  const words = phrase.normalize("NFC").trim().split(/\s+/).filter(Boolean);
  if (words.join("").length < 2) return null;
  const body = words.map((word) => word.replace(IN_PATTERN, "\\$&")).join("\\s+");
  return new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, "giu");
}

/** The phrases by which a person is known: the name as it is shown, each of its words of three letters and more, the handle. */
export function phrasesOf(person: { displayName: string; handle: string }): string[] {
  const words = person.displayName.split(/[\s,]+/).filter((word) => word.length >= 3);
  return [...new Set([person.displayName, person.handle, ...words])];
}
