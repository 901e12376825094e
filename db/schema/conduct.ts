import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { journalEntries } from "./ledger";
import { gains } from "./offers";
import { persons } from "./people";
import { person } from "./references";

const operator = (name: string) => uuid(name).references(() => persons.id);

/** A tie between two people, or a person and an entity that they control. It counts from its declaration on (T24a, T25). */
export const ties = pgTable(
  "ties",
  {
    id: id(),
    personId: person("person_id"),
    otherId: person("other_id"),
    /** `controls`: the first controls the other. */
    kind: text("kind").$type<"relative" | "controls">().notNull(),
    declaredBy: person("declared_by"),
    declaredAt: instant("declared_at").notNull(),
    endedAt: instant("ended_at"),
    endedBy: operator("ended_by"),
    endReason: text("end_reason"),
  },
  (t) => [
    uniqueIndex("ties_one")
      .on(sql`least(person_id, other_id)`, sql`greatest(person_id, other_id)`)
      .where(sql`ended_at is null`),
    index("ties_person").on(t.personId),
    index("ties_other").on(t.otherId),
    check("ties_kind", sql`${t.kind} in ('relative', 'controls')`),
    check("ties_two", sql`${t.personId} <> ${t.otherId}`),
    check(
      "ties_ended",
      sql`(${t.endedAt} is null) = (${t.endedBy} is null) and (${t.endedAt} is null) = (${t.endReason} is null) and ${t.endedBy} is distinct from ${t.personId} and ${t.endedBy} is distinct from ${t.otherId}`,
    ),
  ],
);

/** The owner asks for 12 months' deferral of a distribution for hardship; an operator decides (T11). */
export const gainDeferrals = pgTable(
  "gain_deferrals",
  {
    id: id(),
    gainId: uuid("gain_id")
      .notNull()
      .references(() => gains.id),
    hardship: text("hardship").notNull(),
    state: text("state")
      .$type<"requested" | "granted" | "refused">()
      .notNull()
      .default("requested"),
    requestedAt: instant("requested_at").notNull(),
    decidedAt: instant("decided_at"),
    decidedBy: operator("decided_by"),
    reason: text("reason"),
    until: instant("until"),
  },
  (t) => [
    uniqueIndex("gain_deferrals_one_open").on(t.gainId).where(sql`state = 'requested'`),
    uniqueIndex("gain_deferrals_one_granted").on(t.gainId).where(sql`state = 'granted'`),
    check("gain_deferrals_state", sql`${t.state} in ('requested', 'granted', 'refused')`),
    check(
      "gain_deferrals_decided",
      sql`(${t.state} = 'requested') = (${t.decidedAt} is null) and (${t.decidedAt} is null) = (${t.decidedBy} is null) and (${t.decidedAt} is null) = (${t.reason} is null) and (${t.state} = 'granted') = (${t.until} is not null)`,
    ),
  ],
);

export type ReversalReason = "fraud" | "error" | "order";

/** Two operators reverse a journal entry (T31): the first asks, the second confirms. Reason and order number stay here. */
export const reversals = pgTable(
  "reversals",
  {
    id: id(),
    entryId: bigint("entry_id", { mode: "bigint" })
      .notNull()
      .references(() => journalEntries.id),
    reason: text("reason").$type<ReversalReason>().notNull(),
    orderNumber: text("order_number").notNull(),
    note: text("note").notNull(),
    state: text("state").$type<"asked" | "done" | "dropped">().notNull().default("asked"),
    askedBy: person("asked_by"),
    askedAt: instant("asked_at").notNull(),
    decidedBy: operator("decided_by"),
    decidedAt: instant("decided_at"),
    reversalEntryId: bigint("reversal_entry_id", { mode: "bigint" })
      .unique()
      .references(() => journalEntries.id),
  },
  (t) => [
    uniqueIndex("reversals_one").on(t.entryId).where(sql`state in ('asked', 'done')`),
    check("reversals_reason", sql`${t.reason} in ('fraud', 'error', 'order')`),
    check(
      "reversals_named",
      sql`length(trim(${t.orderNumber})) > 0 and length(trim(${t.note})) > 0`,
    ),
    check("reversals_state", sql`${t.state} in ('asked', 'done', 'dropped')`),
    check(
      "reversals_decided",
      sql`(${t.state} = 'asked') = (${t.decidedAt} is null) and (${t.decidedAt} is null) = (${t.decidedBy} is null) and (${t.state} = 'done') = (${t.reversalEntryId} is not null)`,
    ),
    check(
      "reversals_two_operators",
      sql`${t.state} <> 'done' or ${t.decidedBy} is distinct from ${t.askedBy}`,
    ),
  ],
);
