import { type Db, getDb } from "#db/client.server";
import { getPersonByHandle } from "~/features/people/queries.server";
import { bundleText } from "~/ledger/log/bundle-of";
import { getChain } from "~/ledger/log/chains.server";
import { parseCheckpoint } from "~/ledger/log/checkpoint";
import { parseNote } from "~/ledger/log/note";
import { getPublished, listVkeys, type Published } from "~/ledger/log/published.server";
import { getPublicBook, listRecordStates } from "~/ledger/public-record.server";
import { utcDay } from "~/lib/dates";
import { JSON_TYPE, openAnswer, openRefusal } from "~/lib/open-answer.server";
import { summaryOf } from "./get-record.server";

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
  const state = (await listRecordStates(db, [personId], size)).get(personId);
  if (!state) return "not yet";
  const chains = [];
  for (const one of state.people) {
    const chain = await getChain(db, { ...one, size });
    if (!chain) return "not yet";
    chains.push(chain);
  }
  const [own, ...others] = chains;
  const [vkey] = await listVkeys(db);
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? "");
  if (!own || !vkey || !checkpoint) throw new Error("what was published cannot be read");
  const summary = summaryOf(await getPublicBook(db, state), day);
  const { valuationDate } = summary;
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
