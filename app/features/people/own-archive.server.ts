import { sql } from "drizzle-orm";
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { getDb } from "#db/client.server";
import type { Actor } from "~/auth/actor";
import { OWN_TABLES, SECRET } from "./own-tables";

/** Tables of files, whose contents stand in the folder `files`. */
const FILES = ["application_files", "documents"] as const;

type Entry = { name: string; bytes: Uint8Array; packed: boolean };

/**
 * Everything of a person's own as a zip archive, piece by piece: each table's rows as JSON, and each file as it was handed in.
 * What others wrote in confidence, what is still pending and secrets are not in it. One file is in memory at a time.
 */
export async function* writeOwnArchive(actor: Actor, now: Date): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for await (const { name, bytes, packed } of entriesOf(actor)) {
    const entry = packed ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    entry.mtime = now;
    zip.add(entry);
    entry.push(bytes, true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

async function* entriesOf(actor: Actor): AsyncGenerator<Entry> {
  const columns = await listColumns();
  yield { name: "README.txt", bytes: strToU8(readme()), packed: false };
  for (const name of Object.keys(OWN_TABLES)) {
    const rows = await rowsOf(name, actor.id, columns.get(name) ?? []);
    if (rows.length === 0) continue;
    const text = `[\n${rows.join(",\n")}\n]\n`;
    yield { name: `${name}.json`, bytes: strToU8(text), packed: false };
  }
  for (const table of FILES) yield* filesOf(table, actor.id);
}

function readme(): string {
  const lines = Object.entries(OWN_TABLES).map(([name, { says }]) => `${name}.json: ${says}.`);
  return `What Belay keeps of you. A file is there where there is something in it. Amounts of money are in cents, instants in UTC.\n\n${lines.join("\n")}\n`;
}

async function listColumns(): Promise<Map<string, { name: string; bytes: boolean }[]>> {
  const rows = await getDb().execute<{ table: string; name: string; type: string }>(sql`
    select table_name as "table", column_name as name, data_type as type from information_schema.columns
    where table_schema = 'public' order by ordinal_position`);
  const byTable = new Map<string, { name: string; bytes: boolean }[]>();
  for (const { table, name, type } of rows) {
    const known = byTable.get(table) ?? [];
    byTable.set(table, [...known, { name, bytes: type === "bytea" }]);
  }
  return byTable;
}

/** A table's own rows, each as JSON, without bytes, secrets and what is somebody else's. */
async function rowsOf(
  table: string,
  me: string,
  columns: readonly { name: string; bytes: boolean }[],
): Promise<string[]> {
  const own = OWN_TABLES[table];
  if (!own) return [];
  const kept = columns.filter(
    ({ name, bytes }) => !bytes && !SECRET.test(name) && !own.without?.includes(name),
  );
  const list = sql.join(
    kept.map(({ name }) => sql`t.${sql.identifier(name)}`),
    sql`, `,
  );
  const rows = await getDb().execute<{ row: string }>(sql`
    select (select to_jsonb(r) from (select ${list}) r)::text as row
    from ${sql.identifier(table)} t where ${conditionOf(own.where, me)}`);
  return [...rows].map(({ row }) => row);
}

const conditionOf = (where: string, me: string) =>
  sql.join(
    where.split("$me").map((part) => sql.raw(part)),
    sql`${me}::uuid`,
  );

async function* filesOf(table: (typeof FILES)[number], me: string): AsyncGenerator<Entry> {
  const named = await getDb().execute<{ id: string; name: string }>(sql`
    select id, file_name as name from ${sql.identifier(table)} where owner_id = ${me} order by id`);
  for (const { id, name } of named) {
    const [file] = await getDb().execute<{ content: Uint8Array }>(sql`
      select content from ${sql.identifier(table)} where id = ${id} and owner_id = ${me}`);
    if (!file) continue;
    const bytes = new Uint8Array(file.content);
    yield { name: `files/${id}-${name.replace(/[\\/]/g, "_")}`, bytes, packed: true };
  }
}
