import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { entryId, instant } from "./columns";
import { bytes } from "./documents";
import { persons } from "./people";

/** A place in the public log, or a size of it. */
const place = (name: string) => bigint(name, { mode: "number" });

/** The public log's leaves as they are hashed. `entryId` is null for leaves of all heads. Immutable. */
export const logLeaves = pgTable(
  "log_leaves",
  {
    index: place("index").primaryKey(),
    entryId: entryId("entry_id").unique("log_leaves_entry"),
    data: bytes("data").notNull(),
    hash: bytes("hash").notNull(),
  },
  (t) => [
    check("log_leaves_index", sql`${t.index} >= 0`),
    check("log_leaves_data", sql`octet_length(${t.data}) BETWEEN 1 AND 65535`),
    check("log_leaves_hash", sql`octet_length(${t.hash}) = 32`),
  ],
);

/** Links of all persons' chains: `head` is the person's head after the leaf. Immutable. */
export const logLinks = pgTable(
  "log_links",
  {
    person: uuid("person").notNull(),
    n: integer("n").notNull(),
    leafIndex: place("leaf_index")
      .notNull()
      .references(() => logLeaves.index),
    head: bytes("head").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.person, t.n] }),
    unique("log_links_leaf").on(t.leafIndex, t.person),
    check("log_links_n", sql`${t.n} >= 1`),
    check("log_links_head", sql`octet_length(${t.head}) = 32`),
  ],
);

/** Hashes of full tiles: the hash `index` of tile level `level` stands for 256^level leaves. Level 0 is the leaves' own. Immutable. */
export const logTileHashes = pgTable(
  "log_tile_hashes",
  {
    level: integer("level").notNull(),
    index: place("index").notNull(),
    hash: bytes("hash").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.level, t.index] }),
    check("log_tile_hashes_level", sql`${t.level} BETWEEN 1 AND 6`),
    check("log_tile_hashes_hash", sql`octet_length(${t.hash}) = 32`),
  ],
);

/** Every tree that was ever to be signed; its last leaf holds all heads. Immutable. */
export const logTrees = pgTable(
  "log_trees",
  {
    size: place("size").primaryKey(),
    root: bytes("root").notNull(),
    madeAt: instant("made_at").notNull(),
  },
  (t) => [
    check("log_trees_size", sql`${t.size} >= 1`),
    check("log_trees_root", sql`octet_length(${t.root}) = 32`),
  ],
);

/** Signed checkpoints, all of them: whatever the newest does not cover is not public yet. Immutable. */
export const logCheckpoints = pgTable(
  "log_checkpoints",
  {
    size: place("size").primaryKey(),
    note: text("note").notNull(),
    signedAt: instant("signed_at").notNull(),
  },
  (t) => [
    foreignKey({
      columns: [t.size],
      foreignColumns: [logTrees.size],
      name: "log_checkpoints_tree",
    }),
    index("log_checkpoints_signed_at").on(t.signedAt),
  ],
);

/** The keys that have signed, in the order in which they first did. Immutable. */
export const logKeys = pgTable("log_keys", {
  vkey: text("vkey").primaryKey(),
  since: instant("since").notNull(),
});

/**
 * Entries whose opening two operators have taken away, with the reason: of a private entry it is erased, of a public one
 * withheld, once an entry in the log says so.
 */
export const closedOpenings = pgTable(
  "closed_openings",
  {
    entryId: entryId("entry_id").primaryKey(),
    reason: text("reason").notNull(),
    firstBy: uuid("first_by")
      .notNull()
      .references(() => persons.id),
    firstAt: instant("first_at").notNull(),
    secondBy: uuid("second_by").references(() => persons.id),
    closedAt: instant("closed_at"),
    /** The entry that says so in the log, of a public one. */
    withheldBy: entryId("withheld_by").unique("closed_openings_withheld_by"),
  },
  (t) => [
    check("closed_openings_reason", sql`length(${t.reason}) BETWEEN 3 AND 500`),
    check(
      "closed_openings_two_operators",
      sql`${t.firstBy} IS DISTINCT FROM ${t.secondBy} AND (${t.secondBy} IS NULL) = (${t.closedAt} IS NULL)`,
    ),
  ],
);

/** How long the log is: one row. */
export const logState = pgTable(
  "log_state",
  { one: integer("one").primaryKey().default(1), size: place("size").notNull().default(0) },
  (t) => [check("log_state_one", sql`${t.one} = 1`)],
);
