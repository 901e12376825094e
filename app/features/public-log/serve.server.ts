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
import {
  immutableBytes,
  jsonResponse,
  notInLog,
  streamText,
  textResponse,
} from "./responses.server";

const ENTRY_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Answers everything under `/log/` (ledger.md, the public log): checkpoint, tiles, keys, checkpoints, openings, proofs, all of
 * the newest signed tree; 404 for any other address and for whatever is not signed yet. `viewer` is who asks for a private proof.
 */
export async function serveLog(
  path: string,
  viewer: () => Promise<string | null>,
): Promise<Response> {
  const db = getDb();
  if (path === "vkey")
    return textResponse((await listVkeys(db)).map((vkey) => `${vkey}\n`).join(""));
  const published = await getPublished(db);
  if (!published) return notInLog();
  if (path === "checkpoint") return textResponse(published.note);
  if (path === "checkpoints") return serveCheckpoints();
  if (path.startsWith("tile/")) return serveTile(path, published.size);
  if (path.startsWith("open/")) return serveOpening(path.slice("open/".length), published.size);
  if (path.startsWith("proof/"))
    return serveProof(path.slice("proof/".length), published, await viewer());
  return notInLog();
}

/** Every checkpoint ever signed, the oldest first, an empty line after each. */
function serveCheckpoints(): Response {
  async function* text() {
    for await (const notes of allCheckpoints(getDb()))
      yield notes.map((note) => `${note}\n`).join("");
  }
  return streamText(text(), {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
  });
}

async function serveTile(path: string, size: number): Promise<Response> {
  const tile = parseTilePath(path);
  const bytes = tile && (await getTile(getDb(), tile, size));
  return bytes ? immutableBytes(bytes) : notInLog();
}

async function serveOpening(text: string, size: number): Promise<Response> {
  const index = parseSize(text);
  const opening = index === null ? null : await getOpening(getDb(), index, size);
  if (!opening) return notInLog();
  return jsonResponse({ body: toBase64(opening.body), salt: toBase64(opening.salt) });
}

async function serveProof(
  entryId: string,
  { size, note }: { size: number; note: string },
  personId: string | null,
): Promise<Response> {
  const db = getDb();
  if (!ENTRY_ID.test(entryId)) return notInLog();
  const opening = await findOpening(db, entryId, size);
  if (!opening) return notInLog();
  if (!opening.isPublic && !(personId && (await listParties(db, entryId)).includes(personId)))
    return notInLog();
  const [hashes = []] = await listInclusionProofs(new TileCache(db), [opening.index], size);
  const shown = {
    body: toBase64(opening.body),
    leaf: toBase64(opening.leaf),
    salt: toBase64(opening.salt),
  };
  const extra = Buffer.from(JSON.stringify(shown));
  return textResponse(formatTlogProof({ extra, index: opening.index, hashes, checkpoint: note }));
}
