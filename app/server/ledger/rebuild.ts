import postgres from "postgres";
import { rebuildProjections } from "~/ledger/rebuild.server";
import { logToStderr } from "../command";
import { withDatabase } from "../with-database";
import type { LedgerCommand } from "./command";

/** Makes the projections anew and says whether they are what stands. */
export const rebuildCommand: LedgerCommand = {
  usage: "rebuild [--write]",
  about: `makes every projection anew from the entries and postings and compares them, row by row.
Exit 0: identical. Exit 1: names the first difference. --write replaces what differs;
nothing can be posted meanwhile.`,
  run: rebuild,
};

async function rebuild(args: string[]): Promise<number> {
  const write = args[0] === "--write";
  if (args.length > (write ? 1 : 0)) return 2;
  return withDatabase(async ({ ownerUrl }) => {
    const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
    try {
      const report = await rebuildProjections(owner, {
        write,
        onProgress: (done, of) => logToStderr(`  ${done} of ${of} entries`),
      });
      for (const { table, rows } of report.differing)
        process.stdout.write(`${table}: ${rows} rows ${write ? "were replaced" : "differ"}\n`);
      if (!report.first) {
        process.stdout.write(`The projections are what ${report.entries} entries make them.\n`);
        return 0;
      }
      const { table, stored, rebuilt } = report.first;
      process.stdout.write(
        `First difference, in ${table}:\n  stands:  ${stored ?? "nothing"}\n  rebuilt: ${rebuilt ?? "nothing"}\n`,
      );
      return write ? 0 : 1;
    } finally {
      await owner.end({ timeout: 5 });
    }
  });
}
