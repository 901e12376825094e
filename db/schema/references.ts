import { uuid } from "drizzle-orm/pg-core";
import { cohorts } from "./cohorts";
import { persons } from "./people";

/** A column that names a person, always. */
export const person = (name: string) =>
  uuid(name)
    .notNull()
    .references(() => persons.id);
/** The column that says of which cohort a row is. */
export const cohort = () =>
  uuid("cohort_id")
    .notNull()
    .references(() => cohorts.id);
