import { getDb, type Queryable } from "#db/client.server";
import { getClock, loadClock } from "~/auth/clock.server";
import { getPersonByHandle } from "~/features/people/queries.server";
import { getRecordAsOf, listRecordLots, recordOfLots } from "~/ledger/record.server";
import type { Figures, RecordSummary } from "~/ledger/returns";
import { endOfDayInstant, utcDay } from "~/lib/dates";
import { formatCents, formatIrr, formatMultiple } from "~/lib/money";
import { withDatabase } from "../with-database";
import type { LedgerCommand } from "./command";

type Asked = { handle: string; asOf: string | null; json: boolean };

/** Prints a person's record, from the projections or as of a day. */
export const recordCommand: LedgerCommand = {
  usage: "record HANDLE [--as-of DATE] [--json]",
  about: `the record of a person, today or as it stood at the end of a day (UTC).
With --json it stands alone on stdout (npm run -s ledger -- record …).`,
  run: printRecord,
};

async function printRecord(args: string[]): Promise<number> {
  const asked = parse(args);
  if (!asked) return 2;
  return withDatabase(async () => {
    await loadClock();
    const record = await findRecord(getDb(), asked);
    if (!record) {
      process.stderr.write(`There is nobody of the handle "${asked.handle}".\n`);
      return 1;
    }
    process.stdout.write(asked.json ? `${JSON.stringify(record)}\n` : toText(asked.handle, record));
    return 0;
  });
}

function parse(args: string[]): Asked | null {
  const asked: Asked = { handle: "", asOf: null, json: false };
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (arg === "--json") asked.json = true;
    else if (arg === "--as-of") asked.asOf = left.shift() ?? "";
    else if (arg.startsWith("--as-of=")) asked.asOf = arg.slice("--as-of=".length);
    else if (asked.handle === "" && /^[a-z0-9-]{3,30}$/.test(arg) && !arg.startsWith("--"))
      asked.handle = arg;
    else return null;
  }
  return asked.handle === "" || (asked.asOf !== null && !isDay(asked.asOf)) ? null : asked;
}

function isDay(text: string): boolean {
  try {
    endOfDayInstant(text);
    return true;
  } catch {
    return false;
  }
}

async function findRecord(db: Queryable, asked: Asked): Promise<RecordSummary | null> {
  const person = await getPersonByHandle(asked.handle, db);
  if (!person) return null;
  const today = utcDay(getClock().now());
  if (asked.asOf === null || asked.asOf === today)
    return recordOfLots(await listRecordLots(db, person.id), today);
  return getRecordAsOf(db, person.id, asked.asOf);
}

function toText(handle: string, record: RecordSummary): string {
  const rows: [string, (figures: Figures) => string][] = [
    ["Paid in", (figures) => formatCents(figures.paidInCents)],
    ["Distributions", (figures) => formatCents(figures.distributionsCents)],
    ["Sales and returns", (figures) => formatCents(figures.proceedsCents)],
    ["Carried value", (figures) => formatCents(figures.valueCents)],
    ["DPI", (figures) => formatMultiple(figures.dpi)],
    ["RVPI", (figures) => formatMultiple(figures.rvpi)],
    ["TVPI", (figures) => formatMultiple(figures.tvpi)],
    ["IRR", (figures) => formatIrr(figures.irr, null)],
    ["Unconfirmed cash", (figures) => formatCents(figures.unconfirmedCents)],
    ["Early cash", (figures) => formatCents(figures.earlyCents)],
  ];
  const table = [
    ["", "gross", "net"],
    ...rows.map(([name, of]) => [name, of(record.gross), of(record.net)]),
  ];
  const lines = table.map(
    ([name = "", gross = "", net = ""]) =>
      `  ${name.padEnd(18)}${gross.padStart(20)}${net.padStart(20)}`,
  );
  const since = record.firstInvested ? `, the first on ${record.firstInvested}` : "";
  return `${[
    `${handle}, as of ${record.valuationDate}: ${record.investments} investments in ${record.students} students${since}`,
    ...lines,
    `  Median TVPI ${formatMultiple(record.medianTvpi)}; the largest position made ${record.bestShare ?? "—"} of all`,
  ].join("\n")}\n`;
}
