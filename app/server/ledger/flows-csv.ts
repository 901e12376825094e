import { CsvError, parse } from "csv-parse/sync";
import { dayNumber, type Flow } from "~/ledger/irr";
import { err, ok, type Result } from "~/lib/result";

/** What is wrong on a line of the file, the first line being 1. */
export type LineProblem = { line: number; problem: string };

const AMOUNT = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/** What the parser answers with `info`. */
type CountedRecord = { record: string[]; info: { lines: number } };
type Line = { line: number; date: string; amount: string };

/**
 * Flows from text with a date (YYYY-MM-DD) and an amount on each line, in any order, under a header
 * that names them or under none. Amounts have any number of decimals and stay exact: all are counted
 * in units of the smallest one. Refuses with every line that is not one.
 */
export function parseFlows(text: string): Result<Flow[], LineProblem[]> {
  const lines = linesOf(text);
  if (!lines.ok) return lines;
  const problems: LineProblem[] = [];
  const decimals = lines.value.reduce(
    (most, { amount }) => Math.max(most, (AMOUNT.exec(amount)?.[3] ?? "").length),
    0,
  );
  const flows = lines.value.map(({ line, date, amount }): Flow => {
    if (!isDay(date)) problems.push({ line, problem: `"${date}" is no date like 2026-11-22` });
    const [, sign = "", whole = "", part = ""] = AMOUNT.exec(amount) ?? [];
    if (whole + part === "")
      problems.push({ line, problem: `"${amount}" is no amount like -1250.75` });
    const units = BigInt(`0${whole}${part.padEnd(decimals, "0")}`);
    return { day: date, cents: sign === "-" ? -units : units };
  });
  return problems.length > 0 ? err(problems) : ok(flows);
}

function isDay(text: string): boolean {
  try {
    dayNumber(text);
    return true;
  } catch {
    return false;
  }
}

function linesOf(text: string): Result<Line[], LineProblem[]> {
  let records: CountedRecord[];
  try {
    const options = { bom: true, info: true, relax_column_count: true, trim: true };
    records = parse(text, options) as unknown as CountedRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return err([{ line: Number(error.lines), problem: error.message }]);
  }
  const full = records.filter(({ record }) => record.some((field) => field !== ""));
  const names = full[0]?.record.map((name) => name.toLowerCase()) ?? [];
  const hasHeader = names.includes("date") && names.includes("amount");
  const [dateAt, amountAt] = hasHeader ? [names.indexOf("date"), names.indexOf("amount")] : [0, 1];
  const lines = full.slice(hasHeader ? 1 : 0).map(({ record, info }) => ({
    line: info.lines,
    date: record[dateAt] ?? "",
    amount: record[amountAt] ?? "",
    count: record.length,
  }));
  const uneven = lines.filter(({ count }) => count !== (hasHeader ? names.length : 2));
  if (uneven.length === 0) return ok(lines);
  return err(uneven.map(({ line }) => ({ line, problem: "a date and an amount belong here" })));
}
