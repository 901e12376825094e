import { getDb } from "#db/client.server";
import { toBase64 } from "~/ledger/log/base64";
import { parseCheckpoint } from "~/ledger/log/checkpoint";
import { parseNote } from "~/ledger/log/note";
import { getPublished, listVkeys } from "~/ledger/log/published.server";
import { endpoint } from "./endpoint";
import * as shapes from "./shapes";

export const log = endpoint({
  path: "/log",
  title: "The public log",
  about: "How long the log is, its newest checkpoint and keys, and where its parts are served.",
  params: {},
  query: {},
  answer: shapes.log,
  find: async (_, { site }) => {
    const db = getDb();
    const [published, vkeys] = [await getPublished(db), await listVkeys(db)];
    const read = published ? parseCheckpoint(parseNote(published.note)?.text ?? "") : null;
    return {
      origin: read?.origin ?? null,
      size: published?.size ?? 0,
      root: read ? toBase64(read.root) : null,
      signedAt: published?.signedAt ?? null,
      checkpoint: published?.note ?? null,
      vkeys,
      urls: {
        checkpoint: `${site}/log/checkpoint`,
        checkpoints: `${site}/log/checkpoints`,
        vkey: `${site}/log/vkey`,
        tile: `${site}/log/tile/{level}/{n}`,
        entries: `${site}/log/tile/entries/{n}`,
        open: `${site}/log/open/{index}`,
        proof: `${site}/log/proof/{entry}`,
      },
    };
  },
});
