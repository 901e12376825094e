import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { amount, id, instant } from "./columns";
import { persons } from "./people";

/** Money that a person says they sent; an operator confirms what arrived. */
export const deposits = pgTable(
  "deposits",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    state: text("state")
      .$type<"requested" | "confirmed" | "refused">()
      .notNull()
      .default("requested"),
    amountCents: amount("amount_cents").notNull(),
    arrivedCents: amount("arrived_cents"),
    reference: text("reference").notNull(),
    requestedAt: instant("requested_at").notNull(),
    decidedAt: instant("decided_at"),
    decidedBy: uuid("decided_by").references(() => persons.id),
    reason: text("reason"),
    /** The first of the two operators, and what they said arrived or was paid. */
    firstBy: uuid("first_by").references(() => persons.id),
    firstAt: instant("first_at"),
    firstArrivedCents: amount("first_arrived_cents"),
  },
  (t) => [
    index("deposits_person").on(t.personId),
    uniqueIndex("deposits_reference").on(t.reference).where(sql`state <> 'refused'`),
    check(
      "deposits_two_operators",
      sql`(${t.firstBy} is null) = (${t.firstAt} is null) and ${t.firstBy} is distinct from ${t.personId} and (${t.firstBy} is null or ${t.firstBy} is distinct from ${t.decidedBy})`,
    ),
    check(
      "deposits_second_operator",
      sql`(${t.firstBy} is null) = (${t.firstArrivedCents} is null) and (${t.state} <> 'confirmed' or (${t.firstBy} is not null and ${t.firstArrivedCents} = ${t.arrivedCents}))`,
    ),
    check("deposits_state", sql`${t.state} in ('requested', 'confirmed', 'refused')`),
    check(
      "deposits_amounts",
      sql`${t.amountCents} > 0 and (${t.arrivedCents} is null or ${t.arrivedCents} > 0)`,
    ),
    check(
      "deposits_decided",
      sql`(${t.state} = 'requested') = (${t.decidedAt} is null) and (${t.state} = 'confirmed') = (${t.arrivedCents} is not null) and (${t.state} = 'requested' or ${t.decidedBy} is not null) and ${t.decidedBy} is distinct from ${t.personId}`,
    ),
  ],
);

/** Money that a person takes out: in escrow until an operator has paid it. */
export const withdrawals = pgTable(
  "withdrawals",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    state: text("state").$type<"requested" | "paid" | "refused">().notNull().default("requested"),
    amountCents: amount("amount_cents").notNull(),
    destination: text("destination").notNull(),
    requestedAt: instant("requested_at").notNull(),
    decidedAt: instant("decided_at"),
    decidedBy: uuid("decided_by").references(() => persons.id),
    reason: text("reason"),
    /** The first of the two operators, and what they said arrived or was paid. */
    firstBy: uuid("first_by").references(() => persons.id),
    firstAt: instant("first_at"),
  },
  (t) => [
    index("withdrawals_person").on(t.personId),
    check(
      "withdrawals_two_operators",
      sql`(${t.firstBy} is null) = (${t.firstAt} is null) and ${t.firstBy} is distinct from ${t.personId} and (${t.firstBy} is null or ${t.firstBy} is distinct from ${t.decidedBy})`,
    ),
    check("withdrawals_second_operator", sql`${t.state} <> 'paid' or ${t.firstBy} is not null`),
    check("withdrawals_state", sql`${t.state} in ('requested', 'paid', 'refused')`),
    check("withdrawals_amount", sql`${t.amountCents} > 0`),
    check(
      "withdrawals_decided",
      sql`(${t.state} = 'requested') = (${t.decidedAt} is null) and (${t.state} = 'requested' or ${t.decidedBy} is not null) and ${t.decidedBy} is distinct from ${t.personId}`,
    ),
  ],
);
