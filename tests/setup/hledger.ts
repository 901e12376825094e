import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays } from "~/lib/dates";

/** Whether hledger, the referee of the exported journals, is there (`npm test` installs it on Debian as root). */
export const hasHledger = spawnSync("hledger", ["--version"], { stdio: "ignore" }).status === 0;

if (!hasHledger)
  process.stdout.write(
    "hledger is not there: the tests that have it check the journals are skipped (Debian: apt-get install hledger)\n",
  );

/** What hledger says on stdout about a journal; throws with its message when it refuses. */
export function askHledger(journal: string, args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "belay-hledger-"));
  try {
    const file = join(folder, "record.journal");
    writeFileSync(file, journal);
    return execFileSync("hledger", ["-f", file, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, LC_ALL: "C.UTF-8", LEDGER_FILE: file },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The yearly rate in percent that `hledger roi` finds from the first day to the valuation date, gross or net. Null where it
 * divides by nothing: for its other rate, the time-weighted, where cash came while nothing was held, as after a parting.
 */
export function hledgerIrr(
  journal: string,
  of: { first: string; valuationDate: string; pnl: "income" | "income|expenses" },
): string | null {
  let report: string;
  try {
    report = askHledger(journal, [
      ...["roi", "--inv", "assets:positions", "--pnl", of.pnl],
      ...["-b", of.first, "-e", addDays(of.valuationDate, 1), "-V"],
    ]);
  } catch (error) {
    if (String(error).includes("Ratio has zero denominator")) return null;
    throw error;
  }
  const row = report.split("\n").find((line) => /^\| +1 /.test(line)) ?? "";
  const irr = row.split("||").at(-1)?.split("|")[0]?.trim();
  if (!irr?.endsWith("%")) throw new Error(`hledger gave no rate:\n${report}`);
  return irr.slice(0, -1).replaceAll(",", "");
}
