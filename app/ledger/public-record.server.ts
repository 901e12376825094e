/**
 * What a record is made of as the public may know it: the bodies in the signed tree, told to one fold a person that is kept
 * and told what came since.
 */
import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { singleton } from "~/lib/singleton.server";
import { type PublicBody, publicBody } from "./bodies";
import { listBodiesOf } from "./bodies.server";
import { bodiesOf } from "./log/chains.server";
import { parseCanonical } from "./log/leaf";
import { type FoldedBook, RecordFold } from "./record-book";

/** A person in the signed tree, by log id, with how long their chain is there. */
export type Chained = { id: string; person: string; handle: string; n: number };

/** A record's state in a signed tree: `people` are one, whoever's record it is first. `key` is another whenever the record is. */
export type RecordState = { size: number; people: Chained[]; key: string };

/** A record's lines; entries have their numbers in the book, and `leaves` says where they stand in the log. */
export type PublicBook = FoldedBook & {
  /** The UTC day of the newest body; null where there is none. */
  lastDay: string | null;
  /** Log ids of whoever is one person in it. */
  names: string[];
  leaves: ReadonlyMap<string, number>;
};

const array = (ids: readonly string[]): string => `{${ids.join(",")}}`;

/** The states of some persons' records in the signed tree of that size, by id; who is not in that tree has none. */
export async function listRecordStates(
  db: Queryable,
  personIds: readonly string[],
  size: number,
): Promise<Map<string, RecordState>> {
  const rows = await db.execute<{
    root: string;
    id: string;
    person: string;
    handle: string;
    n: number;
  }>(sql`
    WITH RECURSIVE same (root, id, depth) AS (
      SELECT id, id, 0 FROM unnest(${array(personIds)}::uuid[]) AS id
      UNION SELECT same.root, s.other_id, same.depth + 1 FROM same JOIN same_persons s ON s.person_id = same.id
        JOIN log_leaves l ON l.entry_id = s.entry_id AND l.index < ${size} WHERE same.depth < 100
    ), nearest AS (SELECT root, id, min(depth) AS depth FROM same GROUP BY root, id)
    SELECT t.root, t.id, i.log_id AS person, p.handle, k.n
    FROM nearest t JOIN persons p ON p.id = t.id JOIN log_ids i ON i.kind = 'person' AND i.subject_id = t.id
    CROSS JOIN LATERAL (
      SELECT n FROM log_links WHERE person = i.log_id AND leaf_index < ${size} ORDER BY n DESC LIMIT 1) k
    ORDER BY t.root, t.depth, i.log_id`);
  const states = new Map<string, RecordState>();
  for (const { root, ...one } of rows) {
    const state = states.get(root) ?? { size, people: [], key: "" };
    if (state.people.length === 0 && one.id !== root) continue;
    state.people.push(one);
    state.key += `${one.person}:${one.n} `;
    states.set(root, state);
  }
  return states;
}

type Told = {
  fold: RecordFold;
  names: string;
  ns: Map<string, number>;
  leaves: Map<string, number>;
  lastDay: string | null;
};
type Next = { index: number; entry: string; body: PublicBody };

const beginning = (names: string[]): Told => ({
  fold: new RecordFold(names),
  names: names.join(),
  ns: new Map(),
  leaves: new Map(),
  lastDay: null,
});

/** Tells a fold what came in all chains since, in the log's order. */
async function tell(db: Queryable, told: Told, { people, size }: RecordState): Promise<void> {
  const waiting = new Map<number, Next>();
  const take = ({ index, entry, body }: Next) => {
    told.fold.apply(body, entry);
    told.leaves.set(entry, index);
    const day = body.recordedAt.slice(0, 10);
    if (told.lastDay === null || day > told.lastDay) told.lastDay = day;
  };
  for (const { person, n } of people) {
    if (told.ns.get(person) === n) continue;
    for await (const { index, entry, body } of bodiesOf(db, {
      person,
      size,
      after: told.ns.get(person) ?? 0,
    })) {
      const next = { index, entry, body: publicBody.parse(parseCanonical(body)?.value) };
      if (people.length === 1) take(next);
      else waiting.set(index, next);
    }
    told.ns.set(person, n);
  }
  for (const index of [...waiting.keys()].sort((a, b) => a - b)) take(waiting.get(index) as Next);
}

/** How many entries the kept folds of a process may hold together, about half a gigabyte per million. */
const MOST_KEPT = 300_000;
type Kept = { told: Promise<Told>; size: number; count: number };

/** Whether a fold that was told so much can be told the rest. */
const goesOn = (told: Told, { people }: RecordState): boolean =>
  told.names === people.map(({ person }) => person).join() &&
  people.every(({ person, n }) => (told.ns.get(person) ?? 0) <= n);

async function bring(
  db: Queryable,
  before: Promise<Told> | null,
  state: RecordState,
): Promise<Told> {
  const known = await before?.catch(() => null);
  const told =
    known && goesOn(known, state) ? known : beginning(state.people.map(({ person }) => person));
  await tell(db, told, state);
  return told;
}

/**
 * A record's lines in a signed tree. The first time in a process it grows with the record's history, afterwards with what came
 * since. Throws RangeError where the bodies contradict each other.
 */
export async function getPublicBook(db: Queryable, state: RecordState): Promise<PublicBook> {
  const folds = singleton("public-folds", () => new Map<string, Kept>());
  const root = state.people[0]?.id ?? "";
  const kept = folds.get(root);
  // An older tree is told from its beginning, and not kept.
  const isOld = kept !== undefined && kept.size > state.size;
  const told = bring(db, isOld ? null : (kept?.told ?? null), state);
  if (!isOld) {
    folds.delete(root);
    const count = state.people.reduce((sum, { n }) => sum + n, 0);
    const mine = { told, size: state.size, count };
    folds.set(root, mine);
    told.catch(() => folds.get(root) === mine && folds.delete(root));
    dropOldest(folds);
  }
  return bookOf(await told);
}

function dropOldest(folds: Map<string, Kept>): void {
  let all = [...folds.values()].reduce((sum, { count }) => sum + count, 0);
  for (const [root, { count }] of folds) {
    if (all <= MOST_KEPT || folds.size === 1) return;
    folds.delete(root);
    all -= count;
  }
}

const bookOf = ({ fold, names, lastDay, leaves }: Told): PublicBook => ({
  ...fold.book(),
  names: names.split(","),
  lastDay,
  leaves,
});

/** A record's lines before any tree was signed: what the book has of these persons, by id with their log ids. */
export async function getUnsignedBook(
  db: Queryable,
  people: ReadonlyMap<string, string>,
): Promise<PublicBook> {
  const told = beginning([...people.values()]);
  const bodies = await listBodiesOf(db, [...people.keys()]);
  const numbers = await db.execute<{ id: string; entry: string }>(
    sql`SELECT e.log_id AS id, e.id::text AS entry FROM journal_entries e WHERE e.log_id = ANY (${array(bodies.map(({ id }) => id))}::uuid[])`,
  );
  const entries = new Map(numbers.map(({ id, entry }) => [id, entry]));
  for (const body of bodies) {
    told.fold.apply(body, entries.get(body.id));
    told.lastDay = body.recordedAt.slice(0, 10);
  }
  return bookOf(told);
}
