import { inArray, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { logIds } from "#db/schema/index";
import { type PublicBody, publicBody } from "./bodies";
import { canonicalJson, type Json } from "./canonical";
import { OUTSIDE, type Purpose, USD } from "./entries";
import { type EntryKind, PUBLIC_KINDS } from "./kinds";
import { peopleNamedIn } from "./log/people";

/** What an entry commits to in the public log; a private one names nobody in `people`. */
export type Body = {
  about: string;
  data: { [key: string]: Json };
  effectiveAt: string;
  id: string;
  kind: EntryKind;
  people: string[];
  postings: { amount: string; asset: string; from: string; to: string }[];
  recordedAt: string;
  reverses?: string;
};

/** The bytes that a body's commitment covers, as text: canonical JSON, all of it ASCII. */
export const encodeBody = (body: Body): string => canonicalJson(body);

/** Whether anyone may open the body of that kind. */
export const isPublic = (kind: EntryKind): boolean =>
  (PUBLIC_KINDS as readonly EntryKind[]).includes(kind);

type EntryRow = {
  id: string;
  log_id: string;
  kind: EntryKind;
  effective_at: string;
  recorded_at: string;
  about_type: string;
  about_id: string;
  data: { [key: string]: Json };
  reverses_id: string | null;
  reverses: string | null;
};
type PostingRow = {
  entry_id: string;
  asset: string;
  amount: string;
  from_purpose: Purpose;
  from_owner: string;
  to_purpose: Purpose;
  to_owner: string;
};

const array = (values: readonly string[]): string => `{${values.join(",")}}`;
const instant = (column: SQL): SQL =>
  sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

async function selectEntries(db: Queryable, ids: readonly string[]): Promise<EntryRow[]> {
  return db.execute<EntryRow>(sql`
    SELECT e.id::text, e.log_id, e.kind, ${instant(sql`e.effective_at`)} AS effective_at, ${instant(sql`e.recorded_at`)} AS recorded_at,
      e.about_type, e.about_id, e.data, e.reverses_id::text, r.log_id AS reverses
    FROM journal_entries e LEFT JOIN journal_entries r ON r.id = e.reverses_id
    WHERE e.id = ANY (${array(ids)}::bigint[]) ORDER BY e.id`);
}

async function selectPostings(db: Queryable, ids: readonly string[]): Promise<PostingRow[]> {
  return db.execute<PostingRow>(sql`
    SELECT p.entry_id::text, p.asset, p.amount::text, f.purpose AS from_purpose, f.owner_id AS from_owner, t.purpose AS to_purpose, t.owner_id AS to_owner
    FROM postings p JOIN accounts f ON f.id = p.from_id JOIN accounts t ON t.id = p.to_id
    WHERE p.entry_id = ANY (${array(ids)}::bigint[]) ORDER BY p.entry_id, p.position`);
}

const tokenOf = (asset: string): string => asset.slice("TOKEN:".length);

/** Log ids of everything that some rows speak of, by its own id. Throws where one has none. */
async function namesOf(
  db: Queryable,
  entries: readonly EntryRow[],
  postings: readonly PostingRow[],
): Promise<(id: string) => string> {
  const own = new Set(
    entries.flatMap((e) => (["entry", "log"].includes(e.about_type) ? [] : [e.about_id])),
  );
  for (const p of postings) {
    own.add(p.from_owner).add(p.to_owner);
    if (p.asset !== USD) own.add(tokenOf(p.asset));
  }
  own.delete(OUTSIDE);
  const rows =
    own.size === 0
      ? []
      : await db
          .select()
          .from(logIds)
          .where(inArray(logIds.subjectId, [...own]));
  const found = new Map(rows.map((row) => [row.subjectId, row.logId]));
  return (id) => {
    if (id === OUTSIDE) return OUTSIDE;
    const logId = found.get(id);
    if (!logId) throw new Error("what an entry speaks of has no log id");
    return logId;
  };
}

/** Everyone who held shares of each mark's token when it was posted, by log id. */
async function holdersAt(
  db: Queryable,
  marks: readonly EntryRow[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (marks.length === 0) return found;
  const rows = await db.execute<{ entry_id: string; holder: string }>(sql`
    SELECT e.id::text AS entry_id, i.log_id AS holder
    FROM journal_entries e JOIN lots l ON l.token_id = e.about_id JOIN lot_movements m ON m.lot_id = l.id AND m.entry_id <= e.id
    JOIN log_ids i ON i.kind = 'person' AND i.subject_id = l.holder_id
    WHERE e.id = ANY (${array(marks.map((mark) => mark.id))}::bigint[]) GROUP BY e.id, i.log_id HAVING sum(m.shares) > 0`);
  for (const row of rows) found.set(row.entry_id, [...(found.get(row.entry_id) ?? []), row.holder]);
  return found;
}

/** The entries whose people belong to an entry too: a gain's declarations to its evidence, what is reversed to its reversal. */
async function aboutOf(
  db: Queryable,
  entries: readonly EntryRow[],
): Promise<Map<string, string[]>> {
  const gains = entries.filter((e) => e.kind === "evidence").map((e) => e.about_id);
  const rows =
    gains.length === 0
      ? []
      : await db.execute<{ id: string; about_id: string }>(sql`
          SELECT id::text, about_id FROM journal_entries
          WHERE about_type = 'gain' AND about_id = ANY (${array(gains)}::uuid[]) AND kind = 'gain'`);
  const withheld = entries.filter((e) => e.kind === "withheld").map((e) => e.about_id);
  const hidden =
    withheld.length === 0
      ? []
      : await db.execute<{ id: string; log_id: string }>(
          sql`SELECT id::text, log_id FROM journal_entries WHERE log_id = ANY (${array(withheld)}::uuid[])`,
        );
  return new Map(
    entries.map((e) => {
      const ids = [
        ...(e.kind === "evidence" ? rows.filter((row) => row.about_id === e.about_id) : []),
        ...(e.kind === "withheld" ? hidden.filter((row) => row.log_id === e.about_id) : []),
      ].map((row) => row.id);
      return [e.id, e.reverses_id === null ? ids : [...ids, e.reverses_id]];
    }),
  );
}

/**
 * The bodies of some entries, in the order of the book (ledger.md, the public log): everything under log ids, absent members
 * left out. `people` of a public one, ascending: the owners of cash, shares and claims in its postings, the persons in its
 * data or that it is about; for evidence, a reversal and a withholding also everyone in the body that it is about; for a
 * mark every holder of the token.
 */
export async function listBodies(db: Queryable, entryIds: readonly bigint[]): Promise<Body[]> {
  if (entryIds.length === 0) return [];
  const ids = entryIds.map(String);
  const [entries, postings] = [await selectEntries(db, ids), await selectPostings(db, ids)];
  const name = await namesOf(db, entries, postings);
  const open = entries.filter((entry) => isPublic(entry.kind));
  const holders = await holdersAt(
    db,
    open.filter((entry) => entry.kind === "mark"),
  );
  const about = await aboutOf(db, open);
  const behind = [...new Set([...about.values()].flat())].map(BigInt);
  const others = new Map((await listBodies(db, behind)).map((body) => [body.id, body.people]));
  const logIdOf = new Map(
    (behind.length === 0 ? [] : await selectEntries(db, behind.map(String))).map((e) => [
      e.id,
      e.log_id,
    ]),
  );
  const moved = new Map<string, PostingRow[]>();
  for (const p of postings) moved.set(p.entry_id, [...(moved.get(p.entry_id) ?? []), p]);
  return entries.map((entry) => {
    const own = moved.get(entry.id) ?? [];
    const body = bodyOf(entry, own, name);
    if (!isPublic(entry.kind)) return body;
    const people = new Set([
      ...peopleNamedIn(body as PublicBody),
      ...(holders.get(entry.id) ?? []),
    ]);
    for (const id of about.get(entry.id) ?? [])
      for (const one of others.get(logIdOf.get(id) ?? "") ?? []) people.add(one);
    return { ...body, people: [...people].sort() };
  });
}

function bodyOf(
  entry: EntryRow,
  postings: readonly PostingRow[],
  name: (id: string) => string,
): Body {
  return {
    about: ["entry", "log"].includes(entry.about_type) ? entry.about_id : name(entry.about_id),
    data: entry.data,
    effectiveAt: entry.effective_at,
    id: entry.log_id,
    kind: entry.kind,
    people: [],
    postings: postings.map((p) => ({
      amount: p.amount,
      asset: p.asset === USD ? USD : `TOKEN:${name(tokenOf(p.asset))}`,
      from: `${p.from_purpose}/${name(p.from_owner)}`,
      to: `${p.to_purpose}/${name(p.to_owner)}`,
    })),
    recordedAt: entry.recorded_at,
    ...(entry.reverses === null ? {} : { reverses: entry.reverses }),
  };
}

/**
 * The public bodies that name any of some persons, in the order of the book, up to the end of an instant where one is
 * given: all that their records are made of. Throws where a body breaks its kind's schema.
 */
export async function listBodiesOf(
  db: Queryable,
  personIds: readonly string[],
  at: Date | null = null,
): Promise<PublicBody[]> {
  const rows = await db.execute<{ id: string }>(sql`
    WITH mine AS (
      SELECT t.id, i.log_id::text AS log_id FROM tokens t JOIN log_ids i ON i.kind = 'token' AND i.subject_id = t.id
      WHERE t.owner_id = ANY (${array(personIds)}::uuid[]) OR t.id IN (SELECT token_id FROM lots WHERE holder_id = ANY (${array(personIds)}::uuid[]))
    ), direct AS (
      SELECT id, log_id, about_id, kind FROM journal_entries WHERE about_type = 'token' AND about_id IN (SELECT id FROM mine)
      UNION SELECT id, log_id, about_id, kind FROM journal_entries WHERE data->>'token' IN (SELECT log_id FROM mine)
      UNION SELECT id, log_id, about_id, kind FROM journal_entries WHERE about_type = 'person' AND about_id = ANY (${array(personIds)}::uuid[])
      UNION SELECT id, log_id, about_id, kind FROM journal_entries
        WHERE id IN (SELECT entry_id FROM record_flows WHERE holder_id = ANY (${array(personIds)}::uuid[]))
    ), evidence AS (
      SELECT e.id, e.log_id FROM journal_entries e WHERE e.about_type = 'gain' AND e.kind = 'evidence'
        AND e.about_id IN (SELECT about_id FROM direct WHERE kind = 'gain')
    ), reversals AS (
      SELECT r.id, r.log_id FROM journal_entries r WHERE r.reverses_id IN (SELECT id FROM direct UNION SELECT id FROM evidence)
    ), repaid AS (
      SELECT e.id FROM journal_entries e WHERE e.about_type = 'entry' AND e.kind = 'claim_repaid' AND e.about_id IN (SELECT log_id FROM reversals)
    ), found AS (
      SELECT id FROM direct UNION SELECT id FROM evidence UNION SELECT id FROM reversals UNION SELECT id FROM repaid
      UNION SELECT r.id FROM journal_entries r WHERE r.reverses_id IN (SELECT id FROM repaid)
    )
    SELECT e.id::text FROM journal_entries e JOIN found USING (id)
    WHERE ${at ? sql`e.recorded_at <= ${at.toISOString()}::timestamptz` : sql`true`} ORDER BY e.id`);
  const people = await db
    .select()
    .from(logIds)
    .where(inArray(logIds.subjectId, [...personIds]));
  const wanted = new Set(people.map((row) => row.logId));
  const bodies: PublicBody[] = [];
  for (let from = 0; from < rows.length; from += 1_000) {
    const batch = rows.slice(from, from + 1_000).map((row) => BigInt(row.id));
    for (const body of await listBodies(db, batch))
      if (body.people.some((one) => wanted.has(one))) bodies.push(publicBody.parse(body));
  }
  return bodies;
}
