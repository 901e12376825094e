import type { Question } from "~/features/cohorts/queries.server";
import { countWords } from "~/lib/count-words";
import { startOfDayInstant } from "~/lib/dates";

/** What a question asks for, as far as an answer to it is judged. */
export type Asked = Pick<Question, "kind" | "required" | "maxWords" | "options">;

/** How long an answer may be, in characters, by the kind of its question; drafts may be longer. */
export const LONGEST_ANSWER = 10_000;
/** How long a draft may be, in characters. */
export const LONGEST_DRAFT = 20_000;
const LONGEST_SHORT = 500;
const LONGEST_LINK = 2_000;

export type Read = { ok: true; answer: string } | { ok: false; problem: string };
const kept = (answer: string): Read => ({ ok: true, answer });
const wrong = (problem: string): Read => ({ ok: false, problem });

const MISSING: Record<Asked["kind"], string> = {
  short: "Answer this question.",
  long: "Answer this question.",
  one: "Choose one of these.",
  many: "Choose at least one of these.",
  link: "Enter an address, such as https://example.org.",
  number: "Enter a number.",
  date: "Enter a date.",
  file: "Attach a file.",
};

/** What to say where an answer must be given and is not. */
export const missingMessage = (asked: Pick<Asked, "kind">): string => MISSING[asked.kind];

/** An address as typed, with `https://` before it where it names no scheme; null for what is none. */
function addressOf(text: string): string | null {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  if (!/^https?:\/\/[^\s\u0085]+$/i.test(whole) || !URL.canParse(whole)) return null;
  if (!new URL(whole).hostname.includes(".")) return null;
  return whole.replace(/^https?/i, (scheme) => scheme.toLowerCase());
}

/** A number as typed, plain: `−1,234.50` is `-1234.50`. Null for what is none, or has over 15 digits or 6 decimals. */
function numberOf(text: string): string | null {
  const plain = text.replace(/[\u2212\u2013]/g, "-").replace(/[\s_]/g, "");
  const whole = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain;
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(whole) ? whole : null;
}

function isDay(text: string): boolean {
  try {
    return startOfDayInstant(text) !== null;
  } catch {
    return false;
  }
}

const READERS: Record<Asked["kind"], (text: string, asked: Asked) => Read> = {
  short: (text) => {
    const line = text.replace(/\n+/g, " ");
    return line.length <= LONGEST_SHORT
      ? kept(line)
      : wrong(`Shorten this to at most ${LONGEST_SHORT} characters.`);
  },
  long: (text) =>
    text.length <= LONGEST_ANSWER
      ? kept(text)
      : wrong(
          `Shorten this answer to at most ${LONGEST_ANSWER.toLocaleString("en-US")} characters.`,
        ),
  one: (text, { options }) => (options.includes(text) ? kept(text) : wrong(MISSING.one)),
  many: (text, { options }) => {
    const chosen = new Set(text.split("\n"));
    if ([...chosen].some((one) => !options.includes(one))) return wrong(MISSING.many);
    return kept(options.filter((one) => chosen.has(one)).join("\n"));
  },
  link: (text) => {
    const address = text.length <= LONGEST_LINK ? addressOf(text) : null;
    return address ? kept(address) : wrong(MISSING.link);
  },
  number: (text) => {
    const number = numberOf(text);
    return number === null
      ? wrong("Enter a number, such as 12 or 3.5, with at most six decimals.")
      : kept(number);
  },
  date: (text) => (isDay(text) ? kept(text) : wrong("Enter a date that the calendar has.")),
  file: () => kept(""),
};

/**
 * What is kept of what was typed as an answer, or what is wrong with it: not of its question's kind, too long, too many words.
 * An empty one is kept as such; whether it must be given is not asked here.
 */
export function readAnswer(asked: Asked, typed: string): Read {
  const text = typed.replace(/^[\s\u0085\u180e\u200b]+|[\s\u0085\u180e\u200b]+$/g, "");
  if (text === "") return kept("");
  const read = READERS[asked.kind](text, asked);
  if (!read.ok || asked.maxWords === null) return read;
  const words = countWords(read.answer);
  const most = asked.maxWords.toLocaleString("en-US");
  return words <= asked.maxWords
    ? read
    : wrong(`This has ${words.toLocaleString("en-US")} words: shorten it to at most ${most}.`);
}

/** What was given to a question: a text, and whether there is a file. */
export type Given = { answer: string; hasFile: boolean };

/** What is wrong with what was given, for submitting it; null where all is well. */
export function answerProblem(asked: Asked, given: Given | undefined): string | null {
  const empty = asked.kind === "file" ? !given?.hasFile : !given?.answer.trim();
  if (empty) return asked.required ? missingMessage(asked) : null;
  const read = readAnswer(asked, given?.answer ?? "");
  return read.ok ? null : read.problem;
}
