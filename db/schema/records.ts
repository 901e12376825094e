import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { EvidenceGrade } from "~/lib/gain-words";
import { amount, entryId } from "./columns";
import { journalEntries, lots } from "./ledger";
import { persons } from "./people";

/**
 * Projection: every cash event of every lot as a record counts it (T24a); what pages, exports and ratios are made of.
 * `cents` are sizes; `ownCents` is what the holder's own holders got of it.
 */
export const recordFlows = pgTable(
  "record_flows",
  {
    lotId: uuid("lot_id")
      .notNull()
      .references(() => lots.id),
    entryId: entryId("entry_id")
      .notNull()
      .references(() => journalEntries.id),
    n: integer("n").notNull(),
    holderId: uuid("holder_id")
      .notNull()
      .references(() => persons.id),
    tokenId: uuid("token_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    kind: text("kind")
      .$type<"distribution" | "distribution_reversed" | "proceeds" | "proceeds_reversed">()
      .notNull(),
    gainId: uuid("gain_id"),
    grade: text("grade").$type<EvidenceGrade>(),
    confirmed: boolean("confirmed").notNull(),
    early: boolean("early").notNull(),
    cents: amount("cents").notNull(),
    ownCents: amount("own_cents").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lotId, t.entryId, t.n] }),
    index("record_flows_holder").on(t.holderId, t.entryId),
    index("record_flows_gain").on(t.gainId).where(sql`gain_id is not null`),
    index("record_flows_entry").on(t.entryId),
    check("record_flows_cents", sql`${t.cents} > 0 and ${t.ownCents} between 0 and ${t.cents}`),
    check("record_flows_grade", sql`(${t.gainId} is null) = (${t.grade} is null)`),
    check(
      "record_flows_kind",
      sql`${t.kind} in ('distribution', 'distribution_reversed', 'proceeds', 'proceeds_reversed')`,
    ),
  ],
);

/**
 * Projection: the sums of a person's position in a token. Confirmed cash that is not early, then what stands beside, by
 * gross figures; finder's stakes apart. `lastEntryId` is the last entry that changed anything the record says about it.
 */
export const personTotals = pgTable(
  "person_totals",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    tokenId: uuid("token_id").notNull(),
    lots: integer("lots").notNull(),
    paidCents: amount("paid_cents").notNull(),
    distributedCents: amount("distributed_cents").notNull(),
    proceedsCents: amount("proceeds_cents").notNull(),
    unconfirmedCents: amount("unconfirmed_cents").notNull(),
    earlyCents: amount("early_cents").notNull(),
    ownCents: amount("own_cents").notNull(),
    stakes: integer("stakes").notNull(),
    stakesReceivedCents: amount("stakes_received_cents").notNull(),
    apart: boolean("apart").notNull(),
    lastEntryId: entryId("last_entry_id")
      .notNull()
      .references(() => journalEntries.id),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.tokenId] }),
    index("person_totals_last").on(t.personId, t.lastEntryId),
  ],
);

/**
 * Projection: a person's public record as it was last computed from the signed tree of `treeSize` leaves, for `day`. `state` tells
 * whether it still stands: the chains that it was made of. Whoever finds another state computes it anew.
 */
export const publishedRecords = pgTable(
  "published_records",
  {
    personId: uuid("person_id")
      .primaryKey()
      .references(() => persons.id),
    state: text("state").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    treeSize: bigint("tree_size", { mode: "number" }).notNull(),
    record: jsonb("record").notNull(),
  },
  (t) => [
    index("published_records_day").on(t.day),
    check("published_records_tree_size", sql`${t.treeSize} > 0`),
  ],
);
