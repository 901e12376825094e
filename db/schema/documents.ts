import { sql } from "drizzle-orm";
import { check, customType, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { persons } from "./people";

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** What is kept of a file and its content; each table says which types it takes. */
export const fileColumns = () => ({
  id: id(),
  ownerId: uuid("owner_id")
    .notNull()
    .references(() => persons.id),
  fileName: text("file_name").notNull(),
  contentType: text("content_type").notNull(),
  sizeBytes: integer("size_bytes").notNull(),
  sha256: text("sha256").notNull(),
  content: bytes("content").notNull(),
  createdAt: instant("created_at").notNull(),
});

/** A file that a person handed in as evidence, its type checked by content. */
export const documents = pgTable("documents", fileColumns(), (t) => [
  index("documents_owner").on(t.ownerId),
  check("documents_type", sql`${t.contentType} in ('application/pdf', 'image/png', 'image/jpeg')`),
  check(
    "documents_size",
    sql`${t.sizeBytes} = octet_length(${t.content}) and ${t.sizeBytes} between 1 and 10485760`,
  ),
]);
