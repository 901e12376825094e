import { eq } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { documents, persons, tokens } from "#db/schema/index";

/** The token that a person minted, with what messages say of its owner; null before the first offer is signed. */
export async function findTokenOf(db: Queryable, ownerId: string) {
  const [token] = await db
    .select({
      id: tokens.id,
      ownerId: tokens.ownerId,
      mintedAt: tokens.mintedAt,
      ownerName: persons.displayName,
      ownerHandle: persons.handle,
    })
    .from(tokens)
    .innerJoin(persons, eq(persons.id, tokens.ownerId))
    .where(eq(tokens.ownerId, ownerId));
  return token ?? null;
}

/** A document without its content, if it is that owner's; null otherwise. */
export async function findOwnDocument(
  db: Queryable,
  ownerId: string,
  documentId: string | undefined,
) {
  if (!documentId) return null;
  const [document] = await db
    .select({
      id: documents.id,
      ownerId: documents.ownerId,
      fileName: documents.fileName,
      sizeBytes: documents.sizeBytes,
    })
    .from(documents)
    .where(eq(documents.id, documentId));
  return document?.ownerId === ownerId ? document : null;
}
