import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { solveIrr } from "~/ledger/irr";
import { irrJson } from "~/ledger/returns";
import type { LedgerCommand } from "./command";
import { parseFlows } from "./flows-csv";

/** Prints the internal rate of return of a file's flows as JSON, alone on stdout. */
export const irrCommand: LedgerCommand = {
  usage: "irr FILE.csv",
  about: `prints the internal rate of return of the file's lines "date,amount" as JSON: kind (irr,
multiple, none, total_loss), rate, rates. Dates are YYYY-MM-DD in any order; money paid is
negative; any number of decimals; a header may come first. "-" reads from stdin.`,
  run: async ([file, ...more]) => (file === undefined || more.length > 0 ? 2 : printIrr(file)),
};

async function printIrr(file: string): Promise<number> {
  let text: string;
  try {
    text = file === "-" ? await readAll(process.stdin) : await readFile(file, "utf8");
  } catch (error) {
    process.stderr.write(`${file} cannot be read: ${(error as Error).message}\n`);
    return 1;
  }
  const flows = parseFlows(text);
  if (!flows.ok) {
    for (const { line, problem } of flows.error)
      process.stderr.write(`${file}:${line}: ${problem}\n`);
    return 1;
  }
  process.stdout.write(`${JSON.stringify(irrJson(solveIrr(flows.value)))}\n`);
  return 0;
}
