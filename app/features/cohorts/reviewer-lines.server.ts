import { CsvError, parse } from "csv-parse/sync";
import { z } from "~/lib/zod";

/** One line of a file of reviewers; `problem`: why nobody can be asked by it. */
export type ReviewerLine = { line: number; email: string; problem: string | null };
export type ReadLines = { lines: ReviewerLine[]; problem: string | null };

const MOST_LINES = 500;
const LONGEST_EMAIL = 254;
const HEADERS = ["email", "e-mail", "mail", "e-mail address", "email address"];
const email = z.email();

const wrong = (problem: string): ReadLines => ({ lines: [], problem });

/**
 * The reviewers that a file names: CSV with commas, semicolons or tabs, with a column headed `email` among others, or with addresses
 * alone. Addresses are lower-cased; empty lines are left out. A line's number is the file's.
 */
export function readReviewerLines(text: string): ReadLines {
  const records = recordsOf(text);
  if (typeof records === "string") return wrong(records);
  const [first] = records;
  if (!first) return wrong("The file is empty: give one address a line.");
  const headed = first.cells.findIndex((cell) => HEADERS.includes(cell.toLowerCase()));
  const widest = Math.max(...records.map(({ cells }) => cells.length));
  if (headed < 0 && widest > 1)
    return wrong("There are several columns, and none is headed “email”. Name the one that is.");
  const named = records.slice(headed < 0 ? 0 : 1);
  if (named.length === 0) return wrong("There is no line below the heading.");
  if (named.length > MOST_LINES)
    return wrong(`There are ${named.length} lines, and at most ${MOST_LINES} can be read at once.`);
  const firstAt = new Map<string, number>();
  const lines = named.map(({ line, cells }): ReviewerLine => {
    const typed = (cells[Math.max(headed, 0)] ?? "").toLowerCase();
    const known = firstAt.get(typed);
    if (known === undefined) firstAt.set(typed, line);
    return { line, email: typed.slice(0, LONGEST_EMAIL), problem: lineProblem(typed, known) };
  });
  return { lines, problem: null };
}

function lineProblem(typed: string, known: number | undefined): string | null {
  if (typed === "") return "There is no address on this line.";
  if (typed.length > LONGEST_EMAIL || !email.safeParse(typed).success)
    return "This is no e-mail address.";
  return known === undefined ? null : `The address stands on line ${known} already.`;
}

/** What parts the cells: of tab, semicolon and comma the one that the first line has most of. */
function delimiterOf(text: string): string {
  const [heading = ""] = text.trimStart().split("\n");
  const often = (sign: string) => heading.split(sign).length;
  return ["\t", ";"].reduce((best, sign) => (often(sign) > often(best) ? sign : best), ",");
}

/** The file's records with the line on which each begins, or what is wrong with it. */
function recordsOf(text: string): { line: number; cells: string[] }[] | string {
  try {
    const read = parse(text, {
      ...{ bom: true, trim: true, skip_empty_lines: true, relax_column_count: true, info: true },
      delimiter: delimiterOf(text),
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return read
      .map(({ record, info }) => ({ line: info.lines, cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell !== ""));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return "This is no CSV file: a quotation mark is not closed, or stands in the middle of a cell.";
  }
}
