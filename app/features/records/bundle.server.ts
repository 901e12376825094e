import { sql } from "drizzle-orm";
import { type Db, getDb } from "#db/client.server";
import { getPersonByHandle } from "~/features/people/queries.server";
import { type PublicBody, publicBody } from "~/ledger/bodies";
import { bundleText } from "~/ledger/log/bundle-of";
import { bodiesOf, getChain } from "~/ledger/log/chains.server";
import { parseCheckpoint } from "~/ledger/log/checkpoint";
import { parseCanonical } from "~/ledger/log/leaf";
import { parseNote } from "~/ledger/log/note";
import { getPublished, listVkeys, type Published } from "~/ledger/log/published.server";
import { recordInputOf } from "~/ledger/record-book";
import { computeRecord, type RecordSummary } from "~/ledger/returns";
import { utcDay } from "~/lib/dates";
import { JSON_TYPE, openAnswer, openRefusal } from "~/lib/open-answer.server";

type Person = { person: string; handle: string };

/** A person and whoever is one person with them by entries in the signed tree, by log id. */
async function listPersons(db: Db, personId: string, size: number): Promise<Person[]> {
  const rows = await db.execute<{ person: string; handle: string }>(sql`
    WITH RECURSIVE same (id, depth) AS (
      SELECT ${personId}::uuid, 0
      UNION SELECT s.other_id, same.depth + 1 FROM same JOIN same_persons s ON s.person_id = same.id
        JOIN log_leaves l ON l.entry_id = s.entry_id AND l.index < ${size} WHERE same.depth < 100
    ) SELECT i.log_id AS person, p.handle FROM same JOIN persons p ON p.id = same.id
      JOIN log_ids i ON i.kind = 'person' AND i.subject_id = same.id
      GROUP BY i.log_id, p.handle ORDER BY min(same.depth), i.log_id`);
  return [...rows];
}

async function summaryOf(
  db: Db,
  people: readonly Person[],
  at: { size: number; day: string },
): Promise<{ summary: RecordSummary; valuationDate: string }> {
  const bodies = new Map<number, PublicBody>();
  let valuationDate = at.day;
  for (const { person } of people)
    for await (const { index, body } of bodiesOf(db, { person, size: at.size })) {
      const read = publicBody.parse(parseCanonical(body)?.value);
      bodies.set(index, read);
      const day = read.recordedAt.slice(0, 10);
      if (day > valuationDate) valuationDate = day;
    }
  const inOrder = [...bodies].sort(([a], [b]) => a - b).map(([, body]) => body);
  const names = people.map(({ person }) => person);
  return { summary: computeRecord(recordInputOf(inOrder, names, valuationDate)), valuationDate };
}

/** A bundle, piece by piece, and what it depends on: the signed tree and the day. */
export type BundleExport = { text: AsyncGenerator<string>; tag: string };

/**
 * A person's record with everything that proves it (ledger.md, the bundle), as of the newest signed tree. Null for an unknown
 * handle; `not yet` for somebody whom the signed tree does not know, or where nothing was signed so far.
 */
export async function getBundleExport(
  handle: string | undefined,
  now: Date,
): Promise<BundleExport | "not yet" | null> {
  const db = getDb();
  const person = handle ? await getPersonByHandle(handle, db) : null;
  if (!person) return null;
  const published = await getPublished(db);
  return published ? exportAt(db, person.id, published, utcDay(now)) : "not yet";
}

async function exportAt(
  db: Db,
  personId: string,
  { size, note }: Published,
  day: string,
): Promise<BundleExport | "not yet"> {
  const people = await listPersons(db, personId, size);
  const chains = [];
  for (const one of people) {
    const chain = await getChain(db, { ...one, size });
    if (!chain) return "not yet";
    chains.push(chain);
  }
  const [own, ...others] = chains;
  const [vkey] = await listVkeys(db);
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? "");
  if (!own || !vkey || !checkpoint) throw new Error("what was published cannot be read");
  const { summary, valuationDate } = await summaryOf(db, people, { size, day });
  const { origin } = checkpoint;
  const text = bundleText({
    ...own,
    origin,
    checkpoint: note,
    vkey,
    valuationDate,
    summary,
    others,
  });
  return { text, tag: `W/"${size}-${valuationDate}"` };
}

/** The bundle as it is made; 304 where the reader has it, 404 for nobody, 503 until the next signed tree for somebody new. */
export async function bundleAnswer(
  request: Request,
  handle: string | undefined,
  now: Date,
): Promise<Response> {
  const found = await getBundleExport(handle, now);
  if (found === null) return openRefusal(request, 404);
  if (found === "not yet")
    return openRefusal(
      request,
      503,
      "This record is about to be signed for the first time. Try again in a minute.\n",
      { "retry-after": "5" },
    );
  const { text: body, tag } = found;
  return openAnswer(request, { body, contentType: JSON_TYPE, keep: "revalidate", tag });
}
