/** Every number of a bundle's summary, computed again from its bodies, and what else they say. */
import type { EvidenceGrade } from "~/lib/gain-words";
import { EVIDENCE_GRADES, GRADE_WORDS } from "~/lib/gain-words";
import { formatCents, formatIrr, formatMultiple, formatPercent } from "~/lib/money";
import type { PublicBody } from "../bodies";
import { canonicalJson, type Json } from "../canonical";
import { recordInputOf } from "../record-book";
import { computeRecord, type Figures, type RecordSummary } from "../returns";
import { differencesOf } from "./compare";
import type { Tell } from "./findings";

const MOST_DIFFERENCES = 20;
const MOST_NAMES = 12;

/** A number of things, in words. */
export const counted = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`;

/**
 * Tells how a computed record agrees with the summary: each figure that is recomputed, or each that is stated otherwise.
 * Answers whether all of it agrees.
 */
export function checkSummary(summary: Json, computed: RecordSummary, tell: Tell): boolean {
  const differences = differencesOf(summary, computed as unknown as Json);
  for (const { path, stated: given, computed: found } of differences.slice(0, MOST_DIFFERENCES))
    tell({ kind: "lie", text: `${path} is stated as ${given}; the entries give ${found}` });
  if (differences.length > MOST_DIFFERENCES)
    tell({ kind: "lie", text: `${differences.length - MOST_DIFFERENCES} more differ` });
  if (differences.length > 0) return false;
  for (const text of figureLines(computed)) tell({ kind: "recomputed", text });
  return true;
}

/**
 * The record that bodies make, read one at a time; or why they make none: they take what is not there, or speak of what
 * nobody gave. Then not all of them have been read.
 */
export function recordOf(
  bodies: Iterable<PublicBody>,
  people: readonly string[],
  valuationDate: string,
): { record: RecordSummary } | { contradiction: string } {
  try {
    return { record: computeRecord(recordInputOf(bodies, people, valuationDate)) };
  } catch (error) {
    if (error instanceof RangeError) return { contradiction: error.message };
    throw error;
  }
}

function figuresLine(name: string, { irr, ...figures }: Figures): string {
  const back = BigInt(figures.distributionsCents) + BigInt(figures.proceedsCents);
  return [
    `${name}: paid in ${formatCents(figures.paidInCents)}`,
    `back ${formatCents(back)}`,
    `unconfirmed ${formatCents(figures.unconfirmedCents)}`,
    `early ${formatCents(figures.earlyCents)}`,
    `carried ${formatCents(figures.valueCents)}`,
    `DPI ${formatMultiple(figures.dpi)}`,
    `RVPI ${formatMultiple(figures.rvpi)}`,
    `TVPI ${formatMultiple(figures.tvpi)}`,
    `IRR ${formatIrr(irr)}`,
  ].join(", ");
}

function figureLines(record: RecordSummary): string[] {
  const { findersStakes: stakes } = record;
  const pairs = [
    { name: "all", ...record },
    ...record.vintages.map((one) => ({ name: `vintage ${one.year}`, ...one })),
    ...record.cohorts.map((one) => ({ name: `cohort ${one.cohort ?? "none"}`, ...one })),
    ...record.positions.map((one) => ({ name: `position ${one.handle}`, ...one })),
  ];
  return [
    [
      `valued on ${record.valuationDate}: ${counted(record.investments, "investment", "investments")}`,
      `in ${counted(record.students, "student", "students")}`,
      record.firstInvested ? `since ${record.firstInvested}` : "so far",
    ].join(" "),
    `median TVPI ${formatMultiple(record.medianTvpi)}, best position's share ${record.bestShare === null ? "not yet" : formatPercent(record.bestShare)}`,
    ...pairs.flatMap(({ name, gross, net }) => [
      figuresLine(`${name}, gross`, gross),
      figuresLine(`${name}, net`, net),
    ]),
    `finder's stakes: ${counted(stakes.lots, "lot", "lots")}, received ${formatCents(stakes.receivedCents)}, carried ${formatCents(stakes.valueCents)}`,
    `every number of the summary, ${canonicalJson(record as unknown as Json).length} bytes of it, is what the entries give`,
  ];
}

function named(names: Iterable<string>): string {
  const all = [...new Set(names)].sort();
  const more = all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : "";
  return all.length === 0 ? "none" : all.slice(0, MOST_NAMES).join(", ") + more;
}

/** What the operator says and no mathematics can prove, gathered from the bodies; and the last of their days. */
export class Statements {
  lastDay = "";
  readonly #own = new Set<string>();
  readonly #tokens = new Set<string>();
  readonly #grades = new Map<EvidenceGrade, number>();
  readonly #sales = { counted: 0, others: 0 };
  readonly #prices = { counted: 0, others: 0 };
  #apart = 0;

  add(body: PublicBody): void {
    const day = body.recordedAt.slice(0, 10);
    if (day > this.lastDay) this.lastDay = day;
    if (body.kind === "person_opened") this.#own.add(body.data.handle);
    if (body.kind === "investment" || body.kind === "resale" || body.kind === "parting")
      this.#tokens.add(body.data.tokenHandle);
    if (body.kind === "gain" || body.kind === "evidence")
      this.#grades.set(body.data.grade, (this.#grades.get(body.data.grade) ?? 0) + 1);
    if (body.kind === "resale") this.#sales[body.data.unconnected ? "counted" : "others"] += 1;
    if (body.kind === "mark" && body.data.class === "price")
      this.#prices[body.data.counts.length > 0 ? "counted" : "others"] += 1;
    if (body.kind === "investment")
      this.#apart += body.data.parts.filter((part) => part.apart).length;
  }

  get lines(): string[] {
    const [sales, prices] = [this.#sales, this.#prices];
    const graded = EVIDENCE_GRADES.filter((grade) => this.#grades.has(grade)).map(
      (grade) => `${this.#grades.get(grade)} ${GRADE_WORDS[grade].name}`,
    );
    return [
      `who stands behind a handle: ${named(this.#own)}; tokens of ${named(this.#tokens)}`,
      `how well gains are evidenced: ${graded.join(", ") || "no gains"}`,
      `who is connected to whom: ${counted(sales.counted, "resale", "resales")} unconnected, ${sales.others} not; ${counted(prices.counted, "price counts", "prices count")} for somebody, ${prices.others} for nobody; ${counted(this.#apart, "investment stands", "investments stand")} apart`,
    ];
  }
}
