import { createHash } from "node:crypto";
import type { Actor } from "~/auth/actor";
import type { Refusal } from "~/auth/command.server";
import type { ReadForm } from "~/auth/form.server";
import { storeDocument } from "~/features/gains/store-document.server";
import { ok, type Result } from "~/lib/result";

/**
 * Stores the form's file, if there is one, so that it survives the preview; answers the fields that carry it on. The
 * same file handed in again is the same document.
 */
export async function keepDocument(
  actor: Actor,
  form: ReadForm,
  now: Date,
): Promise<Result<Record<string, string>, Refusal>> {
  const file = form.files.document;
  if (!file) return ok({});
  const digest = createHash("sha256").update(file.bytes).digest("hex");
  const nameDigest = createHash("sha256").update(file.name).digest("hex").slice(0, 16);
  const input = { fileName: file.name.slice(-400), bytes: file.bytes };
  const stored = await storeDocument({
    actor,
    input,
    idempotencyKey: `${digest}:${nameDigest}`,
    now,
  });
  if (!stored.ok) return stored;
  return ok({ documentId: stored.value.documentId, documentName: stored.value.fileName });
}
