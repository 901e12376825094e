import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { amount, entryId, instant } from "./columns";
import { journalEntries, lots } from "./ledger";
import { person } from "./references";

const ownEntry = () =>
  entryId("entry_id")
    .notNull()
    .references(() => journalEntries.id);
/** The entry that reversed it, if one did. */
const reversedBy = () => entryId("reversed_by").references(() => journalEntries.id);

/** Projection: one row a resale's or parting's entry; what was taken stands in `sold_lots`. */
export const sales = pgTable(
  "sales",
  {
    entryId: ownEntry().primaryKey(),
    kind: text("kind").$type<"resale" | "parting">().notNull(),
    tokenId: uuid("token_id").notNull(),
    sellerId: person("seller_id"),
    buyerId: person("buyer_id"),
    shares: amount("shares").notNull(),
    priceCents: amount("price_cents").notNull(),
    /** Whether its cash counts in full (T24a). */
    unconnected: boolean("unconnected").notNull(),
    apart: boolean("apart").notNull(),
    recordedAt: instant("recorded_at").notNull(),
    reversedBy: reversedBy(),
  },
  (t) => [
    index("sales_token").on(t.tokenId, t.entryId),
    index("sales_seller").on(t.sellerId, t.entryId),
    index("sales_buyer").on(t.buyerId, t.entryId),
    check("sales_kind", sql`${t.kind} in ('resale', 'parting')`),
    check("sales_amounts", sql`${t.shares} > 0 and ${t.priceCents} >= 0`),
    check("sales_parties", sql`${t.sellerId} <> ${t.buyerId}`),
  ],
);

/** Projection: what a sale took from one lot, at what price, and what the lot was carried at the day before. */
export const soldLots = pgTable(
  "sold_lots",
  {
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    entryId: ownEntry(),
    shares: amount("shares").notNull(),
    priceCents: amount("price_cents").notNull(),
    basisCents: amount("basis_cents").notNull(),
    carriedCents: amount("carried_cents").notNull(),
    /** What went along of the lot's payout cap; null: the lot has none. A parting takes 0: the tail is paid out of it. */
    capCents: amount("cap_cents"),
    /** The buyer's lot that came of it; null where the shares went to the token's owner. */
    newLotId: uuid("new_lot_id").references(() => lots.id),
  },
  (t) => [
    primaryKey({ columns: [t.lotId, t.entryId] }),
    index("sold_lots_entry").on(t.entryId),
    check(
      "sold_lots_amounts",
      sql`${t.shares} > 0 and ${t.priceCents} >= 0 and ${t.basisCents} >= 0 and ${t.carriedCents} >= 0 and (${t.capCents} is null or ${t.capCents} >= 0)`,
    ),
  ],
);

/** Projection: every result that counts in a token's calendar year (T8): declared sales, and sales of others' shares. */
export const tokenGains = pgTable(
  "token_gains",
  {
    entryId: ownEntry().primaryKey(),
    tokenId: uuid("token_id").notNull(),
    /** The declared gain; null for a resale or parting. */
    gainId: uuid("gain_id"),
    year: integer("year").notNull(),
    gainCents: amount("gain_cents").notNull(),
    lossCents: amount("loss_cents").notNull(),
    distributableCents: amount("distributable_cents").notNull(),
    recordInstant: instant("record_instant").notNull(),
    reversedBy: reversedBy(),
  },
  (t) => [
    index("token_gains_year").on(t.tokenId, t.year),
    // A declaration that names too many people for one entry is several; it counts once.
    uniqueIndex("token_gains_once").on(t.gainId).where(sql`reversed_by is null`),
    check(
      "token_gains_amounts",
      sql`${t.gainCents} >= 0 and ${t.lossCents} >= 0 and ${t.distributableCents} between 0 and ${t.gainCents}`,
    ),
  ],
);

export type StoredMarkClass = "price" | "written_down";

/** Projection: prices and write-downs of a token, in the order of the book (T25). */
export const marks = pgTable(
  "marks",
  {
    entryId: ownEntry().primaryKey(),
    tokenId: uuid("token_id").notNull(),
    priceCents: amount("price_cents").notNull(),
    shares: amount("shares").notNull(),
    class: text("class").$type<StoredMarkClass>().notNull(),
    day: date("day", { mode: "string" }).notNull(),
    /** The log id of the entry that set the price, or why it was written down. */
    event: text("event").notNull(),
    recordedAt: instant("recorded_at").notNull(),
    reversedBy: reversedBy(),
  },
  (t) => [
    index("marks_token").on(t.tokenId, t.entryId),
    index("marks_event").on(t.event),
    check("marks_class", sql`${t.class} in ('price', 'written_down')`),
    check(
      "marks_price",
      sql`${t.shares} > 0 and (${t.class} = 'written_down') = (${t.priceCents} = 0)`,
    ),
    check(
      "marks_event_known",
      sql`(${t.class} = 'written_down') = (${t.event} in ('statement', 'finding', 'missed_years'))`,
    ),
  ],
);

/** Projection: for whom a mark counts though it is higher. */
export const markCounts = pgTable(
  "mark_counts",
  {
    entryId: ownEntry(),
    holderId: person("holder_id"),
  },
  (t) => [
    primaryKey({ columns: [t.entryId, t.holderId] }),
    index("mark_counts_holder").on(t.holderId),
  ],
);

/**
 * Projection: what one owes the other since a reversal, and what was repaid of it (T31). The creditor may be the
 * platform, which is no person.
 */
export const claims = pgTable(
  "claims",
  {
    entryId: ownEntry(),
    debtorId: person("debtor_id"),
    creditorId: uuid("creditor_id").notNull(),
    cents: amount("cents").notNull(),
    repaidCents: amount("repaid_cents").notNull().default(sql`0`),
  },
  (t) => [
    primaryKey({ columns: [t.entryId, t.debtorId, t.creditorId] }),
    index("claims_debtor").on(t.debtorId),
    index("claims_creditor").on(t.creditorId),
    check("claims_cents", sql`${t.cents} > 0 and ${t.repaidCents} between 0 and ${t.cents}`),
    check("claims_parties", sql`${t.debtorId} <> ${t.creditorId}`),
  ],
);

/** Projection: who paid whom by which entry, for the questions of connectedness (T25). */
export const personPayments = pgTable(
  "person_payments",
  {
    entryId: ownEntry(),
    payerId: person("payer_id"),
    payeeId: person("payee_id"),
    cents: amount("cents").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.entryId, t.payerId, t.payeeId] }),
    index("person_payments_payer").on(t.payerId, t.recordedAt),
    index("person_payments_payee").on(t.payeeId, t.recordedAt),
    check("person_payments_cents", sql`${t.cents} > 0`),
  ],
);

/** Projection: the years for which a token's owner declared that nothing was sold (T11). */
export const nothingDeclared = pgTable(
  "nothing_declared",
  {
    tokenId: uuid("token_id").notNull(),
    year: integer("year").notNull(),
    entryId: ownEntry(),
  },
  (t) => [primaryKey({ columns: [t.tokenId, t.year] })],
);

/** Projection: whose record counts as whose (T18): an entity is the person who controls it. */
export const samePersons = pgTable(
  "same_persons",
  {
    entryId: ownEntry().primaryKey(),
    personId: person("person_id"),
    otherId: person("other_id"),
  },
  (t) => [
    unique("same_persons_other").on(t.otherId),
    index("same_persons_person").on(t.personId),
    check("same_persons_two", sql`${t.personId} <> ${t.otherId}`),
  ],
);
