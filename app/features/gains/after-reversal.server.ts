import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { gains } from "#db/schema/index";
import type { OldEntry } from "~/ledger/reverse.server";
import type { EvidenceGrade } from "~/lib/gain-words";
import { dueAt } from "./rules";

/**
 * After a reversal a gain's row says again what the book says: reversed, unpaid, with the grade and the day that stand.
 * Entries about anything else change nothing. Holds the gain's row.
 */
export async function restoreGain(tx: Tx, now: Date, entry: OldEntry): Promise<void> {
  if (entry.about.type !== "gain") return;
  const [gain] = await tx.select().from(gains).where(eq(gains.id, entry.about.id)).for("update");
  if (!gain) throw new Error("a gain vanished");
  const changes: Partial<typeof gains.$inferInsert> = {
    gain: { reversedAt: now },
    distribution: { paidAt: null },
    gain_deferred: { dueAt: dueAt(gain.declaredAt), deferredUntil: null },
    evidence: { grade: await gradeThatStands(tx, gain.id) },
  }[entry.kind as "gain" | "distribution" | "gain_deferred" | "evidence"];
  await tx.update(gains).set(changes).where(eq(gains.id, gain.id));
}

async function gradeThatStands(tx: Tx, gainId: string): Promise<EvidenceGrade> {
  const [row] = await tx.execute<{ grade: EvidenceGrade }>(sql`
    SELECT e.data->>'grade' AS grade FROM journal_entries e
    WHERE e.about_type = 'gain' AND e.about_id = ${gainId} AND e.kind IN ('gain', 'evidence')
      AND NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverses_id = e.id)
    ORDER BY e.id DESC LIMIT 1`);
  return row?.grade ?? "self_reported";
}
