/** Words of the record's page and of its ledger lines. Pure. */
import type { MarkClass } from "~/ledger/carried-value";
import { daysBetween } from "~/lib/dates";
import { type EvidenceGrade, GRADE_WORDS } from "~/lib/gain-words";
import { formatCents, formatShares } from "~/lib/money";
import type { LineMark, ListName } from "./figure-lines";
import type { Asked, FigureName } from "./figures";

const days = (count: number): string =>
  `${formatShares(String(count))} ${count === 1 ? "day" : "days"} old`;

/** What a carried value rests on, and how old that is (T25): `at a price, 400 days old`. */
export function markWords(markClass: MarkClass, markDate: string, on: string): string {
  const age = days(daysBetween(markDate, on));
  switch (markClass) {
    case "cost":
      return `at cost, ${age}`;
    case "price":
      return `at a price, ${age}`;
    case "written_down":
      return `written down, ${age}`;
    case "ended":
      return "ended";
  }
}

/** The same with what it was: `at cost, 1,834 days old: $45,000.00 × 0.3691`. */
export function markSumWords(mark: LineMark, on: string): string {
  const words = markWords(mark.markClass, mark.day, on);
  if (mark.markClass === "ended" || mark.basisCents === 0n) return words;
  const sum = `${words}: ${formatCents(mark.basisCents)} × ${mark.factor}`;
  return mark.isCut ? `${sum}, cut to what is left of its cap` : sum;
}

/** How cash is known: the grade of the gain behind it, or that it came over the platform. */
export const evidenceWords = (grade: string): string =>
  grade in GRADE_WORDS ? GRADE_WORDS[grade as EvidenceGrade].name : "on the platform";

/** What an entry is called on a ledger line. */
const KINDS: Record<string, string> = {
  investment: "Investment",
  distribution: "Distribution",
  distribution_reversed: "Distribution taken back",
  repayment: "Repayment after a reversal",
  repayment_reversed: "Repayment taken back",
  reversal: "Reversal",
  lot_ended: "Ended",
  carried: "Held",
};
/** `bought`: the entry brought shares into the record. */
export function kindWords(kind: string, bought: boolean): string {
  if (kind === "resale") return bought ? "Bought from a holder" : "Sold to another holder";
  if (kind === "parting") return "Bought out by the student";
  return KINDS[kind] ?? kind.replaceAll("_", " ");
}

type FigureWords = { name: string; how: string };

/** What a figure is called, and how it is made of its lines. */
export const FIGURE_WORDS: Record<FigureName, FigureWords> = {
  dpi: { name: "DPI", how: "Confirmed cash back, divided by all cash paid in." },
  tvpi: {
    name: "TVPI",
    how: "Confirmed cash back and the carried value of what is held, divided by all cash paid in.",
  },
  rvpi: { name: "RVPI", how: "The carried value of what is held, divided by all cash paid in." },
  irr: {
    name: "IRR",
    how: "The yearly rate at which all these flows, and what is carried today, come to nothing: days over 365, flows of one day together.",
  },
  "paid-in": { name: "Paid in", how: "All cash ever paid for shares, reversed and sold ones too." },
  cash: {
    name: "Confirmed cash back",
    how: "Cash whose evidence is confirmed. A payment that was taken back is negative.",
  },
  distributions: { name: "Distributions", how: "Confirmed cash from students’ gains." },
  proceeds: {
    name: "Proceeds",
    how: "Confirmed cash for shares sold on, bought back by the student, or given back by a reversal.",
  },
  "own-holders": {
    name: "To own holders",
    how: "What holders of this teacher’s own token received because of these sales: gross less net.",
  },
  value: {
    name: "Carried value",
    how: "What is still held, each lot at its cost or at the last price that counts, less with age.",
  },
  unconfirmed: {
    name: "Unconfirmed cash",
    how: "Paid, but its evidence is not confirmed. It counts in no ratio.",
  },
  early: {
    name: "Early distributions",
    how: "Of gains that closed within 180 days of the investment. They count in no ratio.",
  },
  median: {
    name: "Median outcome",
    how: "Positions from the lowest TVPI up: the one at which the cash paid in for it and all before it first reaches half.",
  },
  best: {
    name: "Best position’s share",
    how: "Cash back and carried value of the largest position, divided by that of all.",
  },
  investments: { name: "Investments", how: "Every lot of shares bought, one line each." },
  students: { name: "Students", how: "Whose shares were bought, one line each." },
  years: { name: "Years", how: "From the first investment to the day of the record." },
  held: { name: "Students still held", how: "Those of whose token some shares are still held." },
  resold: { name: "Sold on", how: "Sales of shares to another holder." },
  parted: {
    name: "Bought out by the student",
    how: "Partings: the student bought the shares back.",
  },
  ended: {
    name: "Ended",
    how: "Shares that went back to the student by a payout cap or a sunset.",
  },
  reversed: {
    name: "Reversed",
    how: "Investments that two operators reversed. They stay in the record.",
  },
  apart: { name: "Apart", how: "Positions in relatives’ tokens, in no headline figure." },
  stakes: {
    name: "Finder’s stakes",
    how: "What shares given for a referral brought and are carried at. Nothing was paid for them, so they have no ratio.",
  },
};

/** What a list of lines is called. */
export const LIST_WORDS: Record<ListName, string> = {
  cash: "Confirmed cash back",
  paid: "Paid in",
  value: "Carried value",
  flows: "Cash out and in",
  own: "To own holders",
  unconfirmed: "Unconfirmed cash",
  early: "Early distributions",
  lots: "Investments",
  left: "Shares that left",
};

/** Which part of the record is asked for, in words; empty for all of it. */
export function partWords(
  asked: Asked,
  names: { student: string | null; cohort: string | null },
): string {
  if (asked.vintage !== undefined) return `vintage ${asked.vintage}`;
  if (asked.cohort !== undefined) return names.cohort ?? (asked.cohort || "outside a cohort");
  if (asked.student !== undefined) return names.student ?? asked.student;
  return asked.lot === undefined ? "" : `one investment in ${names.student ?? "a student"}`;
}
