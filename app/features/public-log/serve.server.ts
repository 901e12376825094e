import { getDb } from "#db/client.server";
import { toBase64 } from "~/ledger/log/base64";
import { formatTlogProof, parseSize } from "~/ledger/log/checkpoint";
import {
  allCheckpoints,
  findOpening,
  getOpening,
  getPublished,
  getTile,
  listParties,
  listVkeys,
} from "~/ledger/log/published.server";
import { parseTilePath } from "~/ledger/log/tiles";
import { listInclusionProofs, TileCache } from "~/ledger/log/tree.server";
import { JSON_TYPE, type Open, openAnswer, openRefusal, TEXT } from "~/lib/open-answer.server";

const ENTRY_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the log has at an address; null for what it does not have. */
type Found = Pick<Open, "body" | "contentType" | "keep"> | null;
type Body = Open["body"];

const textOf = (body: Body): Found => ({ body, contentType: TEXT, keep: "never" });

/**
 * Answers everything under `/log/` (ledger.md, the public log): checkpoint, tiles, keys, checkpoints, openings, proofs, all of
 * the newest signed tree; 404 for any other address and for whatever is not signed yet. `viewer` is who asks for a private proof.
 */
export async function serveLog(
  path: string,
  request: Request,
  viewer: () => Promise<string | null>,
): Promise<Response> {
  const found = await findInLog(path, viewer);
  return found ? openAnswer(request, found) : openRefusal(request, 404);
}

async function findInLog(path: string, viewer: () => Promise<string | null>): Promise<Found> {
  const db = getDb();
  if (path === "vkey") return textOf((await listVkeys(db)).map((vkey) => `${vkey}\n`).join(""));
  const published = await getPublished(db);
  if (!published) return null;
  if (path === "checkpoint") return textOf(published.note);
  if (path === "checkpoints") return textOf(allNotes());
  if (path.startsWith("tile/")) return findTile(path, published.size);
  if (path.startsWith("open/")) return findOpened(path.slice("open/".length), published.size);
  if (path.startsWith("proof/"))
    return findProof(path.slice("proof/".length), published, await viewer());
  return null;
}

/** Every checkpoint ever signed, the oldest first, an empty line after each. */
async function* allNotes() {
  for await (const notes of allCheckpoints(getDb()))
    yield notes.map((note) => `${note}\n`).join("");
}

async function findTile(path: string, size: number): Promise<Found> {
  const tile = parseTilePath(path);
  const body = tile && (await getTile(getDb(), tile, size));
  return body ? { body, contentType: "application/octet-stream", keep: "forever" } : null;
}

async function findOpened(text: string, size: number): Promise<Found> {
  const index = parseSize(text);
  const opening = index === null ? null : await getOpening(getDb(), index, size);
  if (!opening) return null;
  const shown = { body: toBase64(opening.body), salt: toBase64(opening.salt) };
  return { body: JSON.stringify(shown), contentType: JSON_TYPE, keep: "never" };
}

async function findProof(
  entryId: string,
  { size, note }: { size: number; note: string },
  personId: string | null,
): Promise<Found> {
  const db = getDb();
  if (!ENTRY_ID.test(entryId)) return null;
  const opening = await findOpening(db, entryId, size);
  if (!opening) return null;
  if (!opening.isPublic && !(personId && (await listParties(db, entryId)).includes(personId)))
    return null;
  const [hashes = []] = await listInclusionProofs(new TileCache(db), [opening.index], size);
  const shown = {
    body: toBase64(opening.body),
    leaf: toBase64(opening.leaf),
    salt: toBase64(opening.salt),
  };
  const extra = Buffer.from(JSON.stringify(shown));
  return textOf(formatTlogProof({ extra, index: opening.index, hashes, checkpoint: note }));
}
