import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { decimalString } from "~/lib/ratio";
import { USD } from "./entries";

const BATCH = 1_000;

type Line = {
  entry_id: string;
  kind: string;
  day: string;
  position: number | null;
  asset: string;
  commodity: string | null;
  amount: string;
  from_name: string;
  from_balance: string | null;
  to_name: string;
  to_balance: string | null;
};

/**
 * The whole book as plain-text accounting, entry by entry, in pieces: every posting takes from one account and gives to
 * another, with the balance that it left asserted, so that hledger proves the running balances again. Entries without
 * postings are transactions without lines. Reads in batches.
 */
export async function* bookJournal(db: Queryable): AsyncGenerator<string> {
  yield "; The whole book: every entry with its postings, by the day on which it was recorded.\n";
  for (let last = "0"; ; ) {
    const rows = await selectLines(db, last);
    if (rows.length === 0) return;
    const entries = new Map<string, Line[]>();
    for (const row of rows) entries.set(row.entry_id, [...(entries.get(row.entry_id) ?? []), row]);
    yield [...entries.values()].map(transaction).join("");
    last = rows.at(-1)?.entry_id ?? last;
  }
}

async function selectLines(db: Queryable, after: string): Promise<Line[]> {
  const name = (account: "f" | "t") => sql`CASE
    WHEN ${sql.raw(account)}.purpose IN ('outside', 'mint') THEN ${sql.raw(account)}.purpose
    ELSE ${sql.raw(account)}.purpose || ':' || COALESCE((SELECT handle FROM persons WHERE id = ${sql.raw(account)}.owner_id), ${sql.raw(account)}.owner_id::text) END`;
  return db.execute<Line>(sql`
    SELECT e.id::text AS entry_id, e.kind, to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, p.position, p.asset,
      o.handle AS commodity, p.amount::text, ${name("f")} AS from_name, p.from_balance::text, ${name("t")} AS to_name, p.to_balance::text
    FROM (SELECT * FROM journal_entries WHERE id > ${after}::bigint ORDER BY id LIMIT ${BATCH}) e
    LEFT JOIN postings p ON p.entry_id = e.id LEFT JOIN accounts f ON f.id = p.from_id LEFT JOIN accounts t ON t.id = p.to_id
    LEFT JOIN tokens k ON p.asset = 'TOKEN:' || k.id LEFT JOIN persons o ON o.id = k.owner_id
    ORDER BY e.id, p.position`);
}

function transaction(lines: Line[]): string {
  const [first] = lines;
  if (!first) return "";
  const title = `\n${first.day} (${first.entry_id}) ${first.kind.replaceAll("_", " ")}\n`;
  return title + lines.flatMap((line) => (line.position === null ? [] : ends(line))).join("");
}

/** Both ends of a posting. */
function ends(line: Line): string[] {
  const said = (amount: string) =>
    line.asset === USD
      ? `${decimalString(BigInt(amount), 2)} USD`
      : `${amount} "${line.commodity}"`;
  const end = (name: string, amount: string, balance: string | null) =>
    `  ${name}  ${said(amount)}${balance === null ? "" : ` = ${said(balance)}`}\n`;
  return [
    end(line.from_name, `-${line.amount}`, line.from_balance),
    end(line.to_name, line.amount, line.to_balance),
  ];
}
