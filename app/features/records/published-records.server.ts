/** Public records as they were last computed, kept in this process and in the database: reading one does not grow with its history. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { eq, inArray, lt, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { publishedRecords } from "#db/schema/index";
import { getPublished } from "~/ledger/log/published.server";
import { listSamePersons } from "~/ledger/positions.server";
import {
  getPublicBook,
  getUnsignedBook,
  listRecordStates,
  type PublicBook,
  type RecordState,
} from "~/ledger/public-record.server";
import { getLogIds } from "~/ledger/read.server";
import { clearSingleton, singleton } from "~/lib/singleton.server";
import { policy } from "~/policy";
import type { AsOf } from "./as-of-words";

/** Makes of a record's lines what is kept of it on a day. Depends on these alone, and on the product's numbers. */
export type Compute<T> = (book: PublicBook, day: string) => T;

/** To be raised whenever what is computed of the same lines changes. */
const FORM = 1;
const RULES = createHash("sha256")
  .update(JSON.stringify(policy, (_, value) => (typeof value === "bigint" ? String(value) : value)))
  .digest("hex")
  .slice(0, 16);
const EMPTY: PublicBook = {
  lots: [],
  flows: [],
  movements: [],
  lastDay: null,
  names: [],
  leaves: new Map(),
};
/** How many records a process keeps. */
const MOST_KEPT = 2_000;

type InMemory = { state: string; day: string; record: unknown };
const inMemory = () => singleton("published-records", () => new Map<string, InMemory>());

const stateOf = ({ key }: RecordState): string => `${FORM} ${RULES} ${key}`;

function remember(personId: string, kept: InMemory): void {
  const known = inMemory();
  known.delete(personId);
  known.set(personId, kept);
  const [oldest] = known.keys();
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
}

/** The newest signed tree, and the states of some persons' records in it; null before the first. */
async function lookUp(
  db: Queryable,
  personIds: readonly string[],
): Promise<{ asOf: AsOf; states: Map<string, RecordState> } | null> {
  const published = await getPublished(db);
  if (!published) return null;
  const { size, signedAt } = published;
  return { asOf: { size, signedAt }, states: await listRecordStates(db, personIds, size) };
}

/** What a record's lines are as of the newest signed tree, before they are read: `state` is another whenever they are. */
export type Lines = { state: string | null; asOf: AsOf | null; read(): Promise<PublicBook> };

/** Lines of a record as of the newest signed tree; before the first, of the book, whose state is null: unknown. */
export async function findLines(db: Queryable, personId: string): Promise<Lines> {
  const found = await lookUp(db, [personId]);
  if (!found) return { state: null, asOf: null, read: () => unsignedBook(db, personId) };
  const state = found.states.get(personId);
  return {
    state: state ? stateOf(state) : "",
    asOf: found.asOf,
    read: async () => (state ? getPublicBook(db, state) : EMPTY),
  };
}

async function unsignedBook(db: Queryable, personId: string): Promise<PublicBook> {
  return getUnsignedBook(db, await getLogIds(db, "person", await listSamePersons(db, personId)));
}

/**
 * The records of some persons on a day, as of the newest signed tree, by id: what is kept of each where it still stands, else
 * computed and kept. Whoever is not in the tree has an empty one.
 */
export async function keepRecords<T>(
  db: Queryable,
  personIds: readonly string[],
  day: string,
  compute: Compute<T>,
): Promise<{ records: Map<string, T>; asOf: AsOf | null }> {
  const found = await lookUp(db, personIds);
  const records = new Map<string, T>();
  if (found) await recall(db, found.states, day);
  for (const personId of personIds) {
    const state = found?.states.get(personId);
    const book = found ? EMPTY : await unsignedBook(db, personId);
    records.set(
      personId,
      state ? await recordAt(db, { personId, state, day }, compute) : compute(book, day),
    );
  }
  return { records, asOf: found?.asOf ?? null };
}

type Wanted = { personId: string; state: RecordState; day: string };

async function recordAt<T>(db: Queryable, wanted: Wanted, compute: Compute<T>): Promise<T> {
  const { personId, day } = wanted;
  const state = stateOf(wanted.state);
  const known = inMemory().get(personId);
  if (known?.state === state && known.day === day) return known.record as T;
  const [row] = await db
    .select()
    .from(publishedRecords)
    .where(eq(publishedRecords.personId, personId));
  if (row?.state === state && row.day === day) {
    remember(personId, row);
    return row.record as T;
  }
  return computeAnew(db, wanted, compute);
}

async function computeAnew<T>(
  db: Queryable,
  { personId, state, day }: Wanted,
  compute: Compute<T>,
): Promise<T> {
  const record = compute(await getPublicBook(db, state), day);
  const row = { personId, state: stateOf(state), day, treeSize: state.size, record };
  // A newer tree's record is not replaced by an older one's.
  await db
    .insert(publishedRecords)
    .values(row)
    .onConflictDoUpdate({
      target: publishedRecords.personId,
      set: row,
      setWhere: sql`(${publishedRecords.treeSize}, ${publishedRecords.day}) <= (${state.size}, ${day}::date)`,
    });
  remember(personId, row);
  return record;
}

/** Everybody who ever bought shares, each person once: who was joined to another (T18) stands in that other's record alone. */
async function listHolders(db: Queryable): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    WITH RECURSIVE same (root, id) AS (
      SELECT p.id, p.id FROM persons p WHERE NOT EXISTS (SELECT 1 FROM same_persons s WHERE s.other_id = p.id)
      UNION SELECT same.root, s.other_id FROM same JOIN same_persons s ON s.person_id = same.id
    ) SELECT DISTINCT same.root AS id FROM same JOIN lots l ON l.holder_id = same.id WHERE NOT l.finder ORDER BY same.root`);
  return rows.map(({ id }) => id);
}

/** A record among all. `ids`: the person, and whoever is one person with them. */
export type KeptAmongAll<T> = { personId: string; ids: readonly string[]; record: T };

/** The records of everybody who ever bought shares, each person once, in the order of their ids, on a day, as `keepRecords` gives each. */
export async function listKeptRecords<T>(
  db: Queryable,
  day: string,
  compute: Compute<T>,
): Promise<{ records: KeptAmongAll<T>[]; asOf: AsOf | null }> {
  const holders = await listHolders(db);
  const found = await lookUp(db, holders);
  const records: KeptAmongAll<T>[] = [];
  if (!found) {
    for (const personId of holders) {
      const ids = await listSamePersons(db, personId);
      records.push({ personId, ids, record: compute(await unsignedBook(db, personId), day) });
    }
    return { records, asOf: null };
  }
  await recall(db, found.states, day);
  for (const [personId, state] of found.states) {
    const record = await recordAt(db, { personId, state, day }, compute);
    records.push({ personId, ids: state.people.map(({ id }) => id), record });
  }
  return { records, asOf: found.asOf };
}

/** Brings into memory, at once, the rows that still stand. */
async function recall(
  db: Queryable,
  states: ReadonlyMap<string, RecordState>,
  day: string,
): Promise<void> {
  const known = inMemory();
  const missing = [...states].filter(([id, state]) => {
    const kept = known.get(id);
    return kept?.state !== stateOf(state) || kept.day !== day;
  });
  if (missing.length === 0) return;
  const rows = await db
    .select()
    .from(publishedRecords)
    .where(
      inArray(
        publishedRecords.personId,
        missing.map(([id]) => id),
      ),
    );
  for (const row of rows) remember(row.personId, row);
}

/**
 * Computes anew, ahead of the next reader, the records that leaves from `since` on have changed, and some that were last computed for
 * an earlier day. Answers the size of the tree that they now stand for.
 */
export async function refreshKept<T>(
  db: Queryable,
  { since, day }: { since: number; day: string },
  compute: Compute<T>,
): Promise<number> {
  const published = await getPublished(db);
  if (!published) return 0;
  const { size } = published;
  const changed = since < size ? await listChanged(db, since, size) : [];
  const old = await db
    .select({ id: publishedRecords.personId })
    .from(publishedRecords)
    .where(lt(publishedRecords.day, day))
    .limit(10);
  const ids = [...new Set([...changed, ...old].map(({ id }) => id))];
  if (ids.length === 0) return size;
  for (const [personId, state] of await listRecordStates(db, ids, size))
    await recordAt(db, { personId, state, day }, compute);
  return size;
}

/** Whoever has bought shares and whose record the leaves from `since` to `size` (exclusive) concern. */
async function listChanged(db: Queryable, since: number, size: number): Promise<{ id: string }[]> {
  return db.execute<{ id: string }>(sql`
    WITH RECURSIVE touched (id, depth) AS (
      SELECT DISTINCT i.subject_id, 0 FROM log_links k JOIN log_ids i ON i.kind = 'person' AND i.log_id = k.person
      WHERE k.leaf_index >= ${since} AND k.leaf_index < ${size}
      UNION SELECT s.person_id, touched.depth + 1 FROM touched JOIN same_persons s ON s.other_id = touched.id WHERE touched.depth < 100
    ) SELECT DISTINCT id FROM touched WHERE id IN (SELECT holder_id FROM lots WHERE NOT finder)`);
}

/**
 * Computes every kept record anew, from nothing, for its tree and its day. Answers the first person whose kept record is another, by
 * handle; null where all are what they must be. What other versions of the product kept is nobody's any more, and passed over.
 */
export async function findFalseRecord<T>(
  db: Queryable,
  compute: Compute<T>,
  onProgress: (upTo: number, of: number) => void,
): Promise<string | null> {
  const ids = await db
    .select({ id: publishedRecords.personId })
    .from(publishedRecords)
    .orderBy(publishedRecords.personId);
  clearSingleton("public-folds");
  for (const [i, { id }] of ids.entries()) {
    const [row] = await db.select().from(publishedRecords).where(eq(publishedRecords.personId, id));
    const handle = row ? await handleOfFalse(db, row, compute) : null;
    if (handle !== null) return handle;
    onProgress(i + 1, ids.length);
  }
  return null;
}

async function handleOfFalse<T>(
  db: Queryable,
  row: typeof publishedRecords.$inferSelect,
  compute: Compute<T>,
): Promise<string | null> {
  const state = (await listRecordStates(db, [row.personId], row.treeSize)).get(row.personId);
  const handle = state?.people[0]?.handle ?? row.personId;
  if (row.treeSize > ((await getPublished(db))?.size ?? 0)) return handle;
  if (!row.state.startsWith(`${FORM} ${RULES} `)) return null;
  if (!state || stateOf(state) !== row.state) return handle;
  const record = compute(await getPublicBook(db, state), row.day);
  return isDeepStrictEqual(JSON.parse(JSON.stringify(record)), row.record) ? null : handle;
}
