import { bigint, integer, pgTable } from "drizzle-orm/pg-core";

/** Counters of what was written that public pages may show (note_public_change); only their sum says anything. */
export const publicChanges = pgTable("public_changes", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  n: bigint("n", { mode: "number" }).notNull().default(1),
});
