import { bigint, timestamp, uuid } from "drizzle-orm/pg-core";

/** Cents of US dollars or shares of a token: exact, never a float. */
export const amount = (name: string) => bigint(name, { mode: "bigint" });
/** The id of a journal entry. */
export const entryId = (name: string) => bigint(name, { mode: "bigint" });
/** An instant, with time zone. */
export const instant = (name: string) =>
  timestamp(name, { withTimezone: true, mode: "date", precision: 3 });
/** A random id that the database makes. */
export const id = () => uuid("id").primaryKey().defaultRandom();
