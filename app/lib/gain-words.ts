/** T12, weakest first: how well a gain is evidenced. */
export const EVIDENCE_GRADES = [
  "self_reported",
  "documented",
  "counterparty",
  "tax_transcript",
] as const;
export type EvidenceGrade = (typeof EVIDENCE_GRADES)[number];

/** Whether cash from a gain of this grade counts as confirmed (T12, T24a). */
export function isConfirmed(grade: EvidenceGrade): boolean {
  return grade === "counterparty" || grade === "tax_transcript";
}

/** What each grade is called, and what it means. */
export const GRADE_WORDS: Record<EvidenceGrade, { name: string; meaning: string }> = {
  self_reported: {
    name: "self-reported",
    meaning: "The owner says so; nobody else has.",
  },
  documented: { name: "documented", meaning: "The owner handed in a document." },
  counterparty: {
    name: "confirmed by the counterparty",
    meaning: "The buyer or the company confirmed the sale.",
  },
  tax_transcript: {
    name: "confirmed by a tax transcript",
    meaning: "A tax authority’s transcript shows the sale.",
  },
};

/** Where the payment of a gain stands. */
export type PaymentState = "nothing_to_pay" | "due" | "overdue" | "paid";
