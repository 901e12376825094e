import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { cohorts } from "./cohorts";
import { id, instant } from "./columns";
import { persons } from "./people";

/** A cohort that somebody keeps in view. */
export const savedCohorts = pgTable(
  "saved_cohorts",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    cohortId: uuid("cohort_id")
      .notNull()
      .references(() => cohorts.id),
    savedAt: instant("saved_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.cohortId] }),
    index("saved_cohorts_cohort").on(t.cohortId),
  ],
);

/** The secret in the address of a person's calendar feed, as its hash. */
export const calendarTokens = pgTable(
  "calendar_tokens",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    tokenHash: text("token_hash").notNull().unique(),
    madeAt: instant("made_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [uniqueIndex("calendar_tokens_one_live").on(t.personId).where(sql`revoked_at is null`)],
);
