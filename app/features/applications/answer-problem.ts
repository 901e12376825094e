import { countWords } from "~/lib/count-words";
import { startOfDayInstant } from "~/lib/dates";
import type { AskedQuestion } from "./question-field";

const NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/;

/**
 * What is wrong with an answer that is to be submitted, as the applicant reads it; null where nothing is. The database asks
 * the same (`answer_is_of_kind`).
 */
export function answerProblem(
  question: Pick<AskedQuestion, "kind" | "required" | "maxWords" | "options">,
  answer: string,
  hasFile = false,
): string | null {
  const { kind, required, maxWords, options } = question;
  if (kind === "file") return required && !hasFile ? "Add a file." : null;
  if (answer.trim() === "") {
    if (!required) return null;
    return kind === "one" || kind === "many" ? "Choose an answer." : "Answer this question.";
  }
  const words = countWords(answer);
  if (maxWords !== null && words > maxWords)
    return `Shorten this to at most ${maxWords.toLocaleString("en-US")} words: it has ${words.toLocaleString("en-US")}.`;
  switch (kind) {
    case "short":
      return /\n/.test(answer) || answer.length > 500
        ? "Shorten this to one line of at most 500 characters."
        : null;
    case "one":
    case "many":
      return picked(kind, answer).every((one) => options.includes(one))
        ? null
        : "Choose from the answers that are offered now.";
    case "link":
      return isLink(answer) ? null : "Enter an address that begins with https:// or http://.";
    case "number":
      return NUMBER.test(answer) ? null : "Enter a number, such as 12 or 3.5.";
    case "date":
      return isDay(answer) ? null : "Enter a date.";
    case "long":
      return null;
  }
}

const picked = (kind: "one" | "many", answer: string): string[] =>
  kind === "one" ? [answer] : answer.split("\n");

const isLink = (answer: string): boolean =>
  /^https?:\/\/[^\s]+$/.test(answer) && URL.canParse(answer);

function isDay(answer: string): boolean {
  try {
    return startOfDayInstant(answer) !== null;
  } catch {
    return false;
  }
}

/** A number as people type it (`1,200.50`, a true minus) as it is kept; anything else stays as it is. */
export const plainNumber = (typed: string): string => {
  const plain = typed.replace(/[\s,]/g, "").replace(/^−/, "-");
  return NUMBER.test(plain) ? plain : typed;
};
