import { once } from "node:events";
import { getDb } from "#db/client.server";
import { getClock, loadClock } from "~/auth/clock.server";
import { getJournalExport } from "~/features/records/exports.server";
import { bookJournal } from "~/ledger/book-journal.server";
import { withDatabase } from "../with-database";
import type { LedgerCommand } from "./command";

/** Prints a person's record, or the whole book, as plain-text accounting. */
export const journalCommand: LedgerCommand = {
  usage: "journal [HANDLE]",
  about: `a person's record as plain-text accounting, for hledger and its like; without a handle
the whole book, every running balance asserted.`,
  run: printJournal,
};

async function printJournal(args: string[]): Promise<number> {
  const [handle] = args;
  if (args.length > 1 || handle?.startsWith("--")) return 2;
  return withDatabase(async () => {
    await loadClock();
    if (handle === undefined) {
      for await (const piece of bookJournal(getDb()))
        if (!process.stdout.write(piece)) await once(process.stdout, "drain");
      return 0;
    }
    const text = await getJournalExport(handle, getClock().now());
    if (text === null) {
      process.stderr.write(`There is nobody of the handle "${handle}".\n`);
      return 1;
    }
    process.stdout.write(text);
    return 0;
  });
}
