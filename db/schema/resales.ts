import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { amount, id, instant } from "./columns";
import { tokens } from "./offers";
import { persons } from "./people";
import { person } from "./references";

const operator = (name: string) => uuid(name).references(() => persons.id);

/**
 * `funding`: the buyer named has not put the money up. `owner`: the owner's first refusal. `holders`: the other holders'.
 * `approval`: the owner approves or refuses the buyer. `returned`: what was not sold went back.
 */
export type ResaleState = "funding" | "owner" | "holders" | "approval" | "settled" | "returned";
export type ReturnCause =
  | "withdrawn"
  | "unfunded"
  | "unanswered"
  | "buyer_refused"
  | "not_verified"
  | "lot_ended"
  | "reversal";

/** A holder asks to sell shares at a price to a named buyer (T20). */
export const resales = pgTable(
  "resales",
  {
    id: id(),
    tokenId: uuid("token_id")
      .notNull()
      .references(() => tokens.id),
    sellerId: person("seller_id"),
    buyerId: person("buyer_id"),
    shares: amount("shares").notNull(),
    priceCents: amount("price_cents").notNull(),
    state: text("state").$type<ResaleState>().notNull().default("funding"),
    askedAt: instant("asked_at").notNull(),
    /** When the present state ends by itself. */
    until: instant("until"),
    fundedAt: instant("funded_at"),
    closedAt: instant("closed_at"),
    cause: text("cause").$type<ReturnCause>(),
  },
  (t) => [
    uniqueIndex("resales_one_open")
      .on(t.tokenId, t.sellerId)
      .where(sql`state not in ('settled', 'returned')`),
    index("resales_due").on(t.until).where(sql`state not in ('settled', 'returned')`),
    index("resales_buyer").on(t.buyerId, t.state),
    check(
      "resales_state",
      sql`${t.state} in ('funding', 'owner', 'holders', 'approval', 'settled', 'returned')`,
    ),
    check("resales_amounts", sql`${t.shares} between 1 and 1000000 and ${t.priceCents} > 0`),
    check("resales_parties", sql`${t.sellerId} <> ${t.buyerId}`),
    check(
      "resales_funded",
      sql`${t.state} in ('funding', 'returned') or ${t.fundedAt} is not null`,
    ),
    check(
      "resales_closed",
      sql`(${t.state} in ('settled', 'returned')) = (${t.closedAt} is not null) and (${t.closedAt} is null) = (${t.until} is not null) and (${t.state} = 'returned') = (${t.cause} is not null)`,
    ),
    check(
      "resales_cause",
      sql`${t.cause} in ('withdrawn', 'unfunded', 'unanswered', 'buyer_refused', 'not_verified', 'lot_ended', 'reversal')`,
    ),
  ],
);

/** What one buyer puts up in a resale: the one named, or a holder with first refusal. Its cash has an escrow account of its own. */
export const resalePurchases = pgTable(
  "resale_purchases",
  {
    id: id(),
    resaleId: uuid("resale_id")
      .notNull()
      .references(() => resales.id),
    buyerId: person("buyer_id"),
    role: text("role").$type<"named" | "holder">().notNull(),
    /** How many shares they want at most; the one named takes what is left. */
    wantedShares: amount("wanted_shares").notNull(),
    fundedCents: amount("funded_cents").notNull(),
    fundedAt: instant("funded_at").notNull(),
    boughtShares: amount("bought_shares"),
    paidCents: amount("paid_cents"),
    closedAt: instant("closed_at"),
  },
  (t) => [
    unique("resale_purchases_one_each").on(t.resaleId, t.buyerId),
    index("resale_purchases_buyer").on(t.buyerId),
    check("resale_purchases_role", sql`${t.role} in ('named', 'holder')`),
    check(
      "resale_purchases_amounts",
      sql`${t.wantedShares} between 1 and 1000000 and ${t.fundedCents} > 0 and ${t.boughtShares} between 0 and ${t.wantedShares} and ${t.paidCents} between 0 and ${t.fundedCents}`,
    ),
    check(
      "resale_purchases_closed",
      sql`(${t.boughtShares} is null) = (${t.closedAt} is null) and (${t.paidCents} is null) = (${t.closedAt} is null)`,
    ),
  ],
);

export type PartingState = "offered" | "disputed" | "settled" | "returned";

/** The owner of a token buys a holder out (T7); the price waits in an escrow account of its own. */
export const partings = pgTable(
  "partings",
  {
    id: id(),
    tokenId: uuid("token_id")
      .notNull()
      .references(() => tokens.id),
    holderId: person("holder_id"),
    priceCents: amount("price_cents").notNull(),
    state: text("state").$type<PartingState>().notNull().default("offered"),
    offeredAt: instant("offered_at").notNull(),
    /** Until then the holder may dispute it; then it settles. */
    disputeUntil: instant("dispute_until").notNull(),
    dispute: text("dispute"),
    decidedBy: operator("decided_by"),
    decision: text("decision"),
    closedAt: instant("closed_at"),
  },
  (t) => [
    uniqueIndex("partings_one_open")
      .on(t.tokenId, t.holderId)
      .where(sql`state in ('offered', 'disputed')`),
    index("partings_due").on(t.disputeUntil).where(sql`state = 'offered'`),
    index("partings_holder").on(t.holderId, t.state),
    check("partings_state", sql`${t.state} in ('offered', 'disputed', 'settled', 'returned')`),
    check("partings_price", sql`${t.priceCents} > 0`),
    check(
      "partings_closed",
      sql`(${t.state} in ('settled', 'returned')) = (${t.closedAt} is not null)`,
    ),
    check(
      "partings_disputed",
      sql`(${t.state} <> 'disputed' or ${t.dispute} is not null) and (${t.decidedBy} is null) = (${t.decision} is null) and ${t.decidedBy} is distinct from ${t.holderId}`,
    ),
  ],
);
