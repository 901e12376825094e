import { createHash } from "node:crypto";
import { strToU8, zipSync } from "fflate";
import { getDb } from "#db/client.server";
import { listByLogIds } from "~/features/people/log-names.server";
import { findTokenBook } from "~/ledger/token-book.server";
import { strongTag } from "~/lib/entity-tag.server";
import { openAnswer, openRefusal } from "~/lib/open-answer.server";
import { z } from "~/lib/zod";
import { ocfFilesOf } from "./ocf";

const FILES = [
  "stock_plans_files",
  "stock_legend_templates_files",
  "stock_classes_files",
  "vesting_terms_files",
  "valuations_files",
  "transactions_files",
  "stakeholders_files",
  "financings_files",
  "documents_files",
] as const;

/**
 * A token's history as a package of the Open Cap Table Format 1.2.0, as of the newest signed tree: the same bytes until
 * something of it changes, or a newer tree is signed. Null where the signed tree knows no such token.
 */
export async function getCapTableOcf(tokenLogId: string): Promise<Uint8Array | null> {
  const db = getDb();
  const token = await findTokenBook(db, { logId: tokenLogId });
  if (!token) return null;
  const { id, book, published } = token;
  const holders = [...book.lots.values()].map(({ holder }) => holder);
  const people = await listByLogIds([book.owner, ...holders], db);
  const { issuer, files } = ocfFilesOf({ id, book, people });
  const lastMove = book.moves.at(-1)?.at ?? book.mintedAt;
  const asOf = published?.signedAt ?? lastMove;
  const texts = Object.entries(files).map(([of, { name, content }]) => ({
    of,
    name,
    bytes: strToU8(`${JSON.stringify(content, null, 2)}\n`),
  }));
  const manifest = {
    ocf_version: "1.2.0",
    file_type: "OCF_MANIFEST_FILE",
    issuer,
    as_of: asOf.slice(0, 10),
    generated_at: asOf,
    comments: [
      published
        ? `Stands for the tree of ${published.size} leaves of Belay's public log`
        : "Stands for no signed tree of the public log yet",
    ],
    ...Object.fromEntries(
      FILES.map((name) => [
        name,
        texts
          .filter(({ of }) => of === name)
          .map((text) => ({
            filepath: text.name,
            md5: createHash("md5").update(text.bytes).digest("hex"),
          })),
      ]),
    ),
  };
  const entries = [
    ["Manifest.ocf.json", strToU8(`${JSON.stringify(manifest, null, 2)}\n`)] as const,
    ...texts.map(({ name, bytes }) => [name, bytes] as const),
  ];
  // Zip keeps local times of the machine: midday of the day is on that day everywhere.
  const mtime = new Date(`${asOf.slice(0, 10)}T12:00:00`);
  return zipSync(Object.fromEntries(entries), { mtime, level: 9 });
}

/** The package as a file that anybody's page may read; 404 where there is none. */
export async function capTableAnswer(
  request: Request,
  tokenLogId: string | undefined,
): Promise<Response> {
  const known = z.uuid().safeParse(tokenLogId);
  const body = known.success ? await getCapTableOcf(known.data) : null;
  if (!body) return openRefusal(request, 404);
  return openAnswer(request, {
    body,
    contentType: "application/zip",
    keep: "revalidate",
    tag: strongTag(body),
    headers: { "content-disposition": 'attachment; filename="cap-table.ocf.zip"' },
  });
}
