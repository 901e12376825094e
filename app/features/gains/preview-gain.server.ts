import { getDb } from "#db/client.server";
import type { AnyActor } from "~/auth/actor";
import { type Refusal, refuseInput } from "~/auth/command.server";
import { denial } from "~/auth/permissions";
import { utcDay } from "~/lib/dates";
import { err, ok, type Result } from "~/lib/result";
import { findOwnDocument, findTokenOf } from "./find-token.server";
import { getPeople } from "./holders.server";
import { planGain } from "./plan-gain.server";
import { declareBy, dueAt, firstGrade, recordInstantOf } from "./rules";
import { saleInput } from "./schema";

/** What declaring a sale would do. Cents and shares as text. */
export type GainPreview = {
  ownerName: string;
  company: string;
  closingDate: string;
  /** Whether the 30 days for declaring it have passed. */
  late: boolean;
  proceedsCents: string;
  basisCents: string;
  costsCents: string;
  gainCents: string;
  /** The sale's loss, as far as it counts. */
  lossCents: string;
  /** The sale's loss that counts for nothing, for want of a document. */
  uncountedLossCents: string;
  offsetCents: string;
  distributableCents: string;
  ownerCents: string;
  ownerShares: string;
  toPayCents: string;
  parts: {
    lotId: string;
    holder: string;
    handle: string;
    shares: string;
    cents: string;
    cut: boolean;
  }[];
  grade: ReturnType<typeof firstGrade>;
  document: { id: string; fileName: string } | null;
  dueAt: string;
};

/**
 * Shows what `declareGain` would do with the same input, before anything happens, and changes nothing. Refuses as it
 * does. What the preview says may be overtaken by another declaration of the same token in between.
 */
export async function previewGain(
  actor: AnyActor,
  input: unknown,
  now: Date,
): Promise<Result<GainPreview, Refusal>> {
  const db = getDb();
  const token = actor && typeof actor === "object" ? await findTokenOf(db, actor.id) : null;
  const denied = denial(actor, "gain.declare", token ? { owner: token.ownerId } : {});
  if (denied) return err({ code: denied });
  if (!token) return err({ code: "not_found" });
  const parsed = saleInput.safeParse(input);
  if (!parsed.success) return refuseInput(parsed.error);
  const sale = parsed.data;
  const recordInstant = recordInstantOf(sale.closingDate, token.mintedAt, now);
  if (!recordInstant.ok) return err({ code: recordInstant.error, field: "closingDate" });
  const document = await findOwnDocument(db, token.ownerId, sale.documentId);
  if (sale.documentId && !document) return err({ code: "document_missing", field: "document" });

  const plan = await planGain(db, token.id, sale, recordInstant.value, document !== null);
  const people = await getPeople(
    db,
    plan.parts.map((part) => part.holderId),
  );
  const rawLoss = sale.basis + sale.costs - sale.proceeds;
  return ok({
    ownerName: token.ownerName,
    company: sale.company,
    closingDate: sale.closingDate,
    late: declareBy(sale.closingDate) < utcDay(now),
    proceedsCents: String(sale.proceeds),
    basisCents: String(sale.basis),
    costsCents: String(sale.costs),
    gainCents: String(plan.gainCents),
    lossCents: String(plan.lossCents),
    uncountedLossCents: String(rawLoss > 0n && !document ? rawLoss : 0n),
    offsetCents: String(plan.offsetCents),
    distributableCents: String(plan.distributableCents),
    ownerCents: String(plan.ownerCents),
    ownerShares: String(plan.ownerShares),
    toPayCents: String(plan.toPayCents),
    parts: plan.parts.map((part) => ({
      lotId: part.lotId,
      holder: people.get(part.holderId)?.displayName ?? "",
      handle: people.get(part.holderId)?.handle ?? "",
      shares: String(part.shares),
      cents: String(part.cents),
      cut: part.cutCents > 0n,
    })),
    grade: firstGrade(document !== null),
    document: document ? { id: document.id, fileName: document.fileName } : null,
    dueAt: dueAt(now).toISOString(),
  });
}
