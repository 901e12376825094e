import { stringify } from "csv-stringify/sync";
import { type Db, getDb } from "#db/client.server";
import { getPersonByHandle } from "~/features/people/queries.server";
import { journalText } from "~/ledger/journal";
import { heldLines, type LinedRecord, recordLines } from "~/ledger/record-lines";
import { utcDay } from "~/lib/dates";
import { openAnswer, openRefusal } from "~/lib/open-answer.server";
import { decimalString } from "~/lib/ratio";
import { getLinedRecord } from "./get-record.server";

async function findRecord(
  db: Db,
  handle: string | undefined,
  now: Date,
): Promise<LinedRecord | null> {
  const person = handle ? await getPersonByHandle(handle, db) : null;
  return person && getLinedRecord(db, person, utcDay(now));
}

/** A person's record as a plain-text accounting journal; one without investments is valid and empty. Null for an unknown handle. */
export async function getJournalExport(
  handle: string | undefined,
  now: Date,
): Promise<string | null> {
  const record = await findRecord(getDb(), handle, now);
  return record && journalText(record);
}

/** A person's record as CSV, one line a flow; one without investments has its header alone. Null for an unknown handle. */
export async function getCsvExport(handle: string | undefined, now: Date): Promise<string | null> {
  const record = await findRecord(getDb(), handle, now);
  return record && csvText(record);
}

const COLUMNS = [
  "date",
  "entry",
  "kind",
  "student",
  "cohort",
  "standing",
  "confirmed",
  "shares",
  "gross_usd",
  "own_holders_usd",
  "net_usd",
] as const;

/**
 * The record as CSV (RFC 4180): a line for each flow by day, then a line for what each position is carried at. Gross and
 * net are signed, out of the investor's hands negative. No text in it is read as a formula by a spreadsheet.
 */
export function csvText(record: LinedRecord): string {
  const flows = recordLines(record).map((line) => {
    const gross = line.receivedCents + line.proceedsCents - line.paidCents;
    return {
      date: line.day,
      entry: BigInt(line.entry),
      kind: line.kind,
      student: line.tokenHandle,
      cohort: line.cohort,
      standing: line.standing,
      confirmed: line.unconfirmed ? "no" : "yes",
      shares: line.shares,
      gross_usd: gross,
      own_holders_usd: line.ownHoldersCents,
      net_usd: gross - line.ownHoldersCents,
    };
  });
  const held = heldLines(record)
    .filter((line) => line.shares > 0n)
    .map((line) => ({
      date: record.valuationDate,
      entry: null,
      kind: "carried_value",
      student: line.tokenHandle,
      cohort: null,
      standing: line.standing,
      confirmed: null,
      shares: -line.shares,
      gross_usd: line.valueCents,
      own_holders_usd: 0n,
      net_usd: line.valueCents,
    }));
  return stringify([...flows, ...held], {
    header: true,
    columns: [...COLUMNS],
    record_delimiter: "windows",
    escape_formulas: true,
    cast: {
      bigint: (value, { column }) =>
        String(column).endsWith("_usd") ? decimalString(value, 2) : String(value),
    },
  });
}

/** A text that anybody's page may read, under a file name of its own; 404 where there is none. */
export function exportAnswer(
  request: Request,
  text: string | null,
  { contentType, fileName }: { contentType: string; fileName: string },
): Response {
  if (text === null) return openRefusal(request, 404);
  return openAnswer(request, {
    body: text,
    contentType,
    keep: "revalidate",
    headers: { "content-disposition": `inline; filename="${fileName}"` },
  });
}
