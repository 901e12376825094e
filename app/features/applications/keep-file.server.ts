import { count, eq, sql, sum } from "drizzle-orm";
import { fileTypeFromBuffer } from "file-type";
import type { Tx } from "#db/client.server";
import { applicationFiles } from "#db/schema/index";
import { fileRow } from "~/lib/file-row.server";
import { err, ok, type Result } from "~/lib/result";
import { FILE_MAX_BYTES, FILE_TYPES, MOST_FILE_BYTES, MOST_FILES } from "./limits";

export type FileProblem = "file_empty" | "file_too_large" | "file_type" | "too_many_files";
export type KeptFile = { id: string; name: string; sizeBytes: number };

/** Text in UTF-8 without control characters: what no format's own bytes give away. */
function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell text from anything else
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(text);
  } catch {
    return false;
  }
}

/** What a file is by its content alone, of the types that are taken; null for all others. */
export async function typeOfContent(bytes: Uint8Array): Promise<string | null> {
  const found = await fileTypeFromBuffer(bytes);
  if (found) return found.mime in FILE_TYPES ? found.mime : null;
  return isPlainText(bytes) ? "text/plain" : null;
}

/**
 * Keeps a file of a person in the caller's transaction, its type told by its content. Refusals, in this order: `file_empty`,
 * `file_too_large` (10 MiB), `file_type`, `too_many_files` (100 files or 200 MiB in all). One person's files come one after another.
 */
export async function keepFile(
  tx: Tx,
  of: { ownerId: string; file: { name: string; bytes: Uint8Array }; now: Date },
): Promise<Result<KeptFile, FileProblem>> {
  const { bytes, name } = of.file;
  if (bytes.byteLength === 0) return err("file_empty");
  if (bytes.byteLength > FILE_MAX_BYTES) return err("file_too_large");
  const contentType = await typeOfContent(bytes);
  if (!contentType) return err("file_type");
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`files:${of.ownerId}`}, 0))`,
  );
  const [kept] = await tx
    .select({ files: count(), bytes: sum(applicationFiles.sizeBytes).mapWith(Number) })
    .from(applicationFiles)
    .where(eq(applicationFiles.ownerId, of.ownerId));
  const total = (kept?.bytes ?? 0) + bytes.byteLength;
  if ((kept?.files ?? 0) >= MOST_FILES || total > MOST_FILE_BYTES) return err("too_many_files");
  const [row] = await tx
    .insert(applicationFiles)
    .values(fileRow({ ownerId: of.ownerId, name, contentType, bytes, createdAt: of.now }))
    .returning({ id: applicationFiles.id, name: applicationFiles.fileName });
  if (!row) throw new Error("the file was not kept");
  return ok({ ...row, sizeBytes: bytes.byteLength });
}

/** Takes away those of a person's files that nothing refers to any more: no answer, no draft, no work. */
export async function dropUnusedFiles(tx: Tx, ownerId: string): Promise<void> {
  await tx.execute(sql`
    delete from application_files f where f.owner_id = ${ownerId}
      and not exists (select 1 from application_drafts d where d.file_id = f.id)
      and not exists (select 1 from application_answers a where a.file_id = f.id)
      and not exists (select 1 from portfolio_works w where w.file_id = f.id)`);
}
