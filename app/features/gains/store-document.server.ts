import { and, count, eq, gt } from "drizzle-orm";
import { fileTypeFromBuffer } from "file-type";
import { documents } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { addDaysToInstant } from "~/lib/dates";
import { fileRow } from "~/lib/file-row.server";
import { findTokenOf } from "./find-token.server";
import { DOCUMENT_MAX_BYTES, DOCUMENT_TYPES } from "./rules";
import { documentInput } from "./schema";

const MOST_A_DAY = 30;

/**
 * Keeps a file that a token's owner hands in as evidence, before the gain itself is declared, so that it survives the
 * preview. Its type is told by content alone. Refuses `document_empty`, `document_too_large`, `document_type` and, after
 * thirty within a day, `too_many_documents`, all on the field `document`. Documents never change.
 */
export const storeDocument = defineCommand({
  name: "store-document",
  action: "gain.declare",
  input: documentInput,
  async run(tx, ctx) {
    const token = await findTokenOf(tx, ctx.person.id);
    ctx.authorise(token ? { owner: token.ownerId } : {});
    const { bytes, fileName } = ctx.input;
    if (bytes.byteLength === 0) ctx.refuse({ code: "document_empty", field: "document" });
    if (bytes.byteLength > DOCUMENT_MAX_BYTES)
      ctx.refuse({ code: "document_too_large", field: "document" });
    const [today] = await tx
      .select({ documents: count() })
      .from(documents)
      .where(
        and(
          eq(documents.ownerId, ctx.person.id),
          gt(documents.createdAt, addDaysToInstant(ctx.now, -1)),
        ),
      );
    if ((today?.documents ?? 0) >= MOST_A_DAY)
      ctx.refuse({ code: "too_many_documents", field: "document" });
    const type = await fileTypeFromBuffer(bytes);
    if (!type || !(type.mime in DOCUMENT_TYPES))
      return ctx.refuse({ code: "document_type", field: "document" });
    const [row] = await tx
      .insert(documents)
      .values(
        fileRow({
          ownerId: ctx.person.id,
          name: fileName,
          contentType: type.mime,
          bytes,
          createdAt: ctx.now,
        }),
      )
      .returning({ id: documents.id, fileName: documents.fileName });
    if (!row) throw new Error("the document was not kept");
    return { documentId: row.id, fileName: row.fileName };
  },
});
