import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { feedback } from "#db/schema/index";
import { findShown } from "./find-shown.server";
import { findMembership } from "./membership.server";

/** A piece of feedback, held until the transaction ends, with what it is about and its cohort; null where there is none. */
export async function holdFeedback(tx: Tx, id: string, askerId: string) {
  const [row] = await tx.select().from(feedback).where(eq(feedback.id, id)).for("update");
  if (!row) return null;
  const shown = row.updateId
    ? await findShown(tx, "update", row.updateId)
    : await findShown(tx, "work", row.workId ?? "");
  const member = await findMembership(tx, { id: row.cohortId }, askerId);
  if (!shown || !member) throw new Error("feedback lost what it is about");
  return {
    row,
    shown,
    cohort: member.cohort,
    subject: { teacher: member.teacherIds, student: row.studentId },
  };
}
