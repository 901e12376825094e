import { type EvidenceGrade, GRADE_WORDS, isConfirmed } from "~/lib/gain-words";
import { Badge } from "./page";

/** How well a gain is evidenced, as it is shown wherever the gain is (T12). */
export function GradeBadge({ grade }: { grade: EvidenceGrade }) {
  return <Badge tone={isConfirmed(grade) ? "gain" : "plain"}>{GRADE_WORDS[grade].name}</Badge>;
}
