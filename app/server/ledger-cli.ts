import { closeDb, getDb } from "#db/client.server";
import { AUDIT_CHECKS, auditLedger } from "~/ledger/audit.server";
import { withDatabase } from "./with-database";

const HELP = `Usage: npm run ledger -- audit

  audit   walks the whole book and proves its guarantees: balances, versions, limits,
          what never changes, no money from nowhere, and every projection.
          Exit 0: the book is true. Exit 1: findings, one a line.
`;

/** The command line of the ledger. Answers the exit code. */
export async function main(argv: string[]): Promise<number> {
  const [command] = argv;
  if (command === undefined || command === "--help" || command === "-h" || command === "help") {
    process.stdout.write(HELP);
    return command === undefined ? 2 : 0;
  }
  if (command !== "audit" || argv.length > 1) {
    if (argv.includes("--help")) {
      process.stdout.write(HELP);
      return 0;
    }
    process.stderr.write(`There is no command "${argv.join(" ")}".\n${HELP}`);
    return 2;
  }
  return withDatabase(audit);
}

async function audit(): Promise<number> {
  const started = process.hrtime.bigint();
  let shown = "";
  const findings = await auditLedger(getDb(), ({ check, upTo, of }) => {
    if (upTo === of && check !== shown) process.stdout.write(`  checked: ${check}\n`);
    else if (process.stdout.isTTY) process.stdout.write(`  ${check}: ${upTo} of ${of}\r`);
    if (upTo === of) shown = check;
  });
  await closeDb();
  const seconds = Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000;
  for (const finding of findings)
    process.stdout.write(`${finding.guarantee}: ${finding.message}\n`);
  process.stdout.write(
    findings.length === 0
      ? `The book is true: ${AUDIT_CHECKS.length} checks in ${seconds.toFixed(1)} s.\n`
      : `${findings.length} findings.\n`,
  );
  return findings.length === 0 ? 0 : 1;
}
