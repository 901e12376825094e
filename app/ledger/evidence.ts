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
