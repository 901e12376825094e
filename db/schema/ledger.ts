import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { amount, entryId, instant } from "./columns";
import { bytes } from "./documents";
import { persons } from "./people";

/** The random ids under which persons, tokens, offers, parts and gains stand in the public log; erasable. */
export const logIds = pgTable(
  "log_ids",
  {
    logId: uuid("log_id").primaryKey().defaultRandom(),
    kind: text("kind").$type<LogIdKind>().notNull(),
    subjectId: uuid("subject_id").notNull(),
  },
  (t) => [unique("log_ids_subject").on(t.kind, t.subjectId)],
);
export type LogIdKind =
  | "person"
  | "token"
  | "offer"
  | "offer_part"
  | "gain"
  | "deposit"
  | "withdrawal"
  | "resale"
  | "purchase"
  | "parting";

/** See the table of purposes in the room's README. `balance` and `version` are null where none is kept. */
export const accounts = pgTable(
  "accounts",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    purpose: text("purpose").notNull(),
    ownerId: uuid("owner_id").notNull(),
    asset: text("asset").notNull(),
    floor: amount("floor"),
    ceiling: amount("ceiling"),
    balance: amount("balance"),
    version: bigint("version", { mode: "bigint" }),
    /** Shares reserved for the holder of a `shares` account: they count under its ceiling. */
    waiting: amount("waiting").notNull().default(sql`0`),
    lastRecordedAt: instant("last_recorded_at"),
  },
  (t) => [
    unique("accounts_owner").on(t.ownerId, t.purpose, t.asset),
    unique("accounts_id_asset").on(t.id, t.asset),
    check(
      "accounts_sound",
      sql`ledger_account_is_sound(${t.purpose}, ${t.asset}, ${t.floor}, ${t.ceiling}, ${t.balance}, ${t.version}, ${t.waiting})`,
    ),
  ],
);

/** One row a thing that happened. Never updated, never deleted. */
export const journalEntries = pgTable(
  "journal_entries",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    logId: uuid("log_id").notNull().unique().defaultRandom(),
    kind: text("kind").notNull(),
    effectiveAt: instant("effective_at").notNull(),
    recordedAt: instant("recorded_at").notNull(),
    actorId: uuid("actor_id"),
    idempotencyKey: text("idempotency_key").notNull().unique(),
    inputHash: bytes("input_hash").notNull(),
    aboutType: text("about_type").notNull(),
    aboutId: uuid("about_id").notNull(),
    memo: text("memo"),
    reversesId: entryId("reverses_id"),
    reversesKind: text("reverses_kind"),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    unique("journal_entries_kind_id").on(t.kind, t.id),
    foreignKey({
      name: "journal_entries_reverses",
      columns: [t.reversesKind, t.reversesId],
      foreignColumns: [t.kind as AnyPgColumn, t.id as AnyPgColumn],
    }),
    uniqueIndex("journal_entries_reversed_once")
      .on(t.reversesId)
      .where(sql`reverses_id is not null`),
    index("journal_entries_about").on(t.aboutId, t.id),
    index("journal_entries_token")
      .on(sql`(data->>'token')`, t.id)
      .where(sql`data->>'token' is not null`),
    index("journal_entries_backdated").on(t.effectiveAt).where(sql`effective_at < recorded_at`),
    uniqueIndex("journal_entries_minted_once").on(t.aboutId).where(sql`kind = 'token_minted'`),
    check(
      "journal_entries_sound",
      sql`ledger_entry_is_sound(${t.kind}, ${t.effectiveAt}, ${t.recordedAt}, ${t.reversesId}, ${t.reversesKind}, ${t.inputHash})`,
    ),
  ],
);

/** `amount` of one asset from an account to another, with both versions and balances after it. */
export const postings = pgTable(
  "postings",
  {
    /** Without a foreign key: the posting function writes both rows at once, and the auditor looks for postings without an entry. */
    entryId: entryId("entry_id").notNull(),
    position: integer("position").notNull(),
    asset: text("asset").notNull(),
    amount: amount("amount").notNull(),
    fromId: bigint("from_id", { mode: "bigint" }).notNull(),
    toId: bigint("to_id", { mode: "bigint" }).notNull(),
    fromVersion: bigint("from_version", { mode: "bigint" }),
    fromBalance: amount("from_balance"),
    toVersion: bigint("to_version", { mode: "bigint" }),
    toBalance: amount("to_balance"),
  },
  (t) => [
    primaryKey({ columns: [t.entryId, t.position] }),
    foreignKey({
      name: "postings_from",
      columns: [t.fromId, t.asset],
      foreignColumns: [accounts.id, accounts.asset],
    }),
    foreignKey({
      name: "postings_to",
      columns: [t.toId, t.asset],
      foreignColumns: [accounts.id, accounts.asset],
    }),
    uniqueIndex("postings_from_version").on(t.fromId, t.fromVersion),
    uniqueIndex("postings_to_version").on(t.toId, t.toVersion),
    check(
      "postings_sound",
      sql`${t.amount} > 0 and ${t.fromId} <> ${t.toId} and (${t.fromVersion} is null) = (${t.fromBalance} is null) and (${t.toVersion} is null) = (${t.toBalance} is null)`,
    ),
  ],
);

/** Projection: the shares that one holder got in one deal, and what is left of them. `id` is its log id. */
export const lots = pgTable(
  "lots",
  {
    id: uuid("id").primaryKey(),
    seq: bigint("seq", { mode: "bigint" }).notNull().unique(),
    entryId: entryId("entry_id")
      .notNull()
      .references(() => journalEntries.id),
    tokenId: uuid("token_id").notNull(),
    /** The investment whose cash the payout cap is a multiple of; it travels with resold shares. */
    dealId: uuid("deal_id").notNull(),
    /** The seller's lot that it came of; null for an investment's. */
    fromLotId: uuid("from_lot_id"),
    holderId: uuid("holder_id")
      .notNull()
      .references(() => persons.id),
    cohort: text("cohort"),
    sharesBought: amount("shares_bought").notNull(),
    sharesLeft: amount("shares_left").notNull(),
    paidCents: amount("paid_cents").notNull(),
    costLeftCents: amount("cost_left_cents").notNull(),
    capCents: amount("cap_cents"),
    capLeftCents: amount("cap_left_cents"),
    sunset: date("sunset", { mode: "string" }),
    lockedUntil: date("locked_until", { mode: "string" }),
    finder: boolean("finder").notNull(),
    apart: boolean("apart").notNull(),
    acquiredAt: instant("acquired_at").notNull(),
    endedAt: instant("ended_at"),
    endedCause: text("ended_cause").$type<"cap" | "sunset">(),
    /** When the entry that made it was reversed: it stays in the record. */
    reversedAt: instant("reversed_at"),
  },
  (t) => [
    index("lots_token").on(t.tokenId, t.seq),
    index("lots_holder").on(t.holderId, t.seq),
    index("lots_entry").on(t.entryId),
    check(
      "lots_shares",
      sql`${t.sharesLeft} between 0 and ${t.sharesBought} and ${t.sharesBought} > 0`,
    ),
    check("lots_cost", sql`${t.costLeftCents} between 0 and ${t.paidCents}`),
    check(
      "lots_cap",
      sql`${t.capLeftCents} between 0 and ${t.capCents} and (${t.capCents} is null) = (${t.capLeftCents} is null)`,
    ),
    check(
      "lots_ended",
      sql`(${t.endedAt} is null) = (${t.endedCause} is null) and (${t.endedAt} is null or ${t.sharesLeft} = 0)`,
    ),
    check("lots_reversed", sql`${t.reversedAt} is null or ${t.sharesLeft} = 0`),
  ],
);

/** Projection: how each lot's shares changed, so that what was held at any instant is one read. */
export const lotMovements = pgTable(
  "lot_movements",
  {
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    entryId: entryId("entry_id")
      .notNull()
      .references(() => journalEntries.id),
    recordedAt: instant("recorded_at").notNull(),
    shares: amount("shares").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lotId, t.entryId] }),
    check("lot_movements_shares", sql`${t.shares} <> 0`),
  ],
);

/** Projection: whom a `reserved` account's shares wait for; they count under that holder's limit. */
export const reservations = pgTable(
  "reservations",
  {
    accountId: bigint("account_id", { mode: "bigint" })
      .notNull()
      .references(() => accounts.id),
    holderId: uuid("holder_id")
      .notNull()
      .references(() => persons.id),
    tokenId: uuid("token_id").notNull(),
    /** Whose lots still hold them: a resale's seller stays entitled until it settles. Null: the token's owner. */
    sellerId: uuid("seller_id").references(() => persons.id),
    shares: amount("shares").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.holderId] }),
    index("reservations_seller").on(t.sellerId, t.tokenId),
    index("reservations_holder").on(t.holderId, t.tokenId),
    check("reservations_shares", sql`${t.shares} > 0`),
  ],
);

/** Projection: each lot's part of a declared gain, fixed at the declaration, and what was paid of it. */
export const gainParts = pgTable(
  "gain_parts",
  {
    gainId: uuid("gain_id").notNull(),
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    holderId: uuid("holder_id")
      .notNull()
      .references(() => persons.id),
    cents: amount("cents").notNull(),
    paidCents: amount("paid_cents").notNull().default(sql`0`),
  },
  (t) => [
    primaryKey({ columns: [t.gainId, t.lotId] }),
    index("gain_parts_lot").on(t.lotId),
    check("gain_parts_cents", sql`${t.cents} > 0 and ${t.paidCents} between 0 and ${t.cents}`),
  ],
);

/**
 * Projection: what was paid to each lot, and when. Without a gain: its part of a sale of shares by the token's owner.
 * Negative: a distribution was reversed.
 */
export const lotPayments = pgTable(
  "lot_payments",
  {
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    entryId: entryId("entry_id")
      .notNull()
      .references(() => journalEntries.id),
    gainId: uuid("gain_id"),
    cents: amount("cents").notNull(),
    recordedAt: instant("recorded_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lotId, t.entryId] }),
    index("lot_payments_gain").on(t.gainId),
    check("lot_payments_cents", sql`${t.cents} <> 0`),
  ],
);

/** What opens an entry's commitment in the public log: the one erasable table of the ledger. */
export const entryOpenings = pgTable(
  "entry_openings",
  {
    entryId: entryId("entry_id").primaryKey(),
    salt: bytes("salt").notNull(),
    body: bytes("body"),
  },
  (t) => [check("entry_openings_salt", sql`octet_length(${t.salt}) = 16`)],
);

/** Entries that wait for the sequencer, which takes them by id and deletes them. */
export const logQueue = pgTable("log_queue", { entryId: entryId("entry_id").primaryKey() });
