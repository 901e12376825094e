/** Every number of a bundle's summary, computed again from its bodies. */
import type { EvidenceGrade } from "~/lib/gain-words";
import { EVIDENCE_GRADES, GRADE_WORDS } from "~/lib/gain-words";
import { formatCents, formatIrr, formatMultiple } from "~/lib/money";
import type { PublicBody } from "../bodies";
import { canonicalJson, type Json } from "../canonical";
import { recordInputOf } from "../record-book";
import { computeRecord, type Figures, type RecordSummary } from "../returns";
import { differencesOf } from "./compare";
import { Lie, type Tell } from "./findings";

const MOST_DIFFERENCES = 20;
const MOST_NAMES = 12;

/** The latest day on which any of the bodies was recorded. */
export const lastDayOf = (bodies: readonly PublicBody[]): string =>
  bodies.reduce((day, { recordedAt }) => {
    const own = recordedAt.slice(0, 10);
    return own > day ? own : day;
  }, "");

/**
 * Computes the record and tells how it agrees with the summary: each figure that is recomputed, or each that is stated
 * otherwise; then what the operator states and nobody can compute. Answers whether all of it agrees. Throws Lie where the
 * bodies make no record.
 */
export function checkRecord(
  bodies: readonly PublicBody[],
  people: readonly string[],
  stated: { summary: Json; valuationDate: string },
  tell: Tell,
): boolean {
  const computed = recordOf(bodies, people, stated.valuationDate);
  const differences = differencesOf(stated.summary, computed as unknown as Json);
  for (const { path, stated: given, computed: found } of differences.slice(0, MOST_DIFFERENCES))
    tell({ kind: "lie", text: `${path} is stated as ${given}; the entries give ${found}` });
  if (differences.length > MOST_DIFFERENCES)
    tell({ kind: "lie", text: `${differences.length - MOST_DIFFERENCES} more differ` });
  if (differences.length > 0) return false;
  for (const text of figureLines(computed)) tell({ kind: "recomputed", text });
  for (const text of statementsIn(bodies)) tell({ kind: "stated", text });
  return true;
}

function recordOf(
  bodies: readonly PublicBody[],
  people: readonly string[],
  valuationDate: string,
): RecordSummary {
  try {
    return computeRecord(recordInputOf(bodies, people, valuationDate));
  } catch (error) {
    // The fold refuses entries that take what is not there, or speak of what nobody gave.
    if (error instanceof RangeError)
      throw new Lie(`the entries contradict each other: ${error.message}`);
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
    `valued on ${record.valuationDate}: ${record.investments} investments in ${record.students} students since ${record.firstInvested ?? "never"}`,
    `median TVPI ${formatMultiple(record.medianTvpi)}, best position's share ${record.bestShare ?? "none"}`,
    ...pairs.flatMap(({ name, gross, net }) => [
      figuresLine(`${name}, gross`, gross),
      figuresLine(`${name}, net`, net),
    ]),
    `finder's stakes: ${stakes.lots} lots, received ${formatCents(stakes.receivedCents)}, carried ${formatCents(stakes.valueCents)}`,
    `every number of the summary, ${canonicalJson(record as unknown as Json).length} bytes of it, is what the entries give`,
  ];
}

function named(names: Iterable<string>): string {
  const all = [...new Set(names)].sort();
  const more = all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : "";
  return all.length === 0 ? "none" : all.slice(0, MOST_NAMES).join(", ") + more;
}

/** What the operator says and no mathematics can prove. */
function statementsIn(bodies: readonly PublicBody[]): string[] {
  const own: string[] = [];
  const tokens: string[] = [];
  const grades = new Map<EvidenceGrade, number>();
  const sales = { counted: 0, others: 0 };
  const prices = { counted: 0, others: 0 };
  let apart = 0;
  for (const body of bodies) {
    if (body.kind === "person_opened") own.push(body.data.handle);
    if (body.kind === "investment" || body.kind === "resale" || body.kind === "parting")
      tokens.push(body.data.tokenHandle);
    if (body.kind === "gain" || body.kind === "evidence")
      grades.set(body.data.grade, (grades.get(body.data.grade) ?? 0) + 1);
    if (body.kind === "resale") sales[body.data.unconnected ? "counted" : "others"] += 1;
    if (body.kind === "mark" && body.data.class === "price")
      prices[body.data.counts.length > 0 ? "counted" : "others"] += 1;
    if (body.kind === "investment") apart += body.data.parts.filter((part) => part.apart).length;
  }
  const graded = EVIDENCE_GRADES.filter((grade) => grades.has(grade)).map(
    (grade) => `${grades.get(grade)} ${GRADE_WORDS[grade].name}`,
  );
  return [
    `who stands behind a handle: ${named(own)}; tokens of ${named(tokens)}`,
    `how well gains are evidenced: ${graded.join(", ") || "no gains"}`,
    `who is connected to whom: ${sales.counted} resales unconnected, ${sales.others} not; ${prices.counted} prices count for somebody, ${prices.others} for nobody; ${apart} investments stand apart`,
  ];
}
