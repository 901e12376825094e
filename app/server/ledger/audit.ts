import { closeDb, getDb } from "#db/client.server";
import { auditRecords } from "~/features/records/get-record.server";
import { AUDIT_CHECKS, type AuditProgress, auditLedger } from "~/ledger/audit.server";
import { withDatabase } from "../with-database";
import type { LedgerCommand } from "./command";

/** Walks the whole book and proves it, with progress; findings one a line. */
export const auditCommand: LedgerCommand = {
  usage: "audit",
  about: `walks the whole book and proves its guarantees: balances, versions, limits,
what never changes, no money from nowhere, every projection, and the
public records that are kept.
Exit 0: the book is true. Exit 1: findings, one a line.`,
  run: async (args) => (args.length > 0 ? 2 : withDatabase(audit)),
};

async function audit(): Promise<number> {
  const started = process.hrtime.bigint();
  let shown = "";
  const tell: AuditProgress = ({ check, upTo, of }) => {
    if (upTo === of && check !== shown) process.stdout.write(`  checked: ${check}\n`);
    else if (process.stdout.isTTY) process.stdout.write(`  ${check}: ${upTo} of ${of}\r`);
    if (upTo === of) shown = check;
  };
  const findings = await auditLedger(getDb(), tell);
  const check = "records as they are kept";
  const handle = await auditRecords(getDb(), (upTo, of) =>
    tell({ check, upTo: BigInt(upTo), of: BigInt(of) }),
  );
  if (handle !== null) {
    const message = `the kept record of ${handle} is not what the signed tree makes of it`;
    findings.push({ guarantee: "record", check, message });
  }
  await closeDb();
  const seconds = Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000;
  for (const finding of findings)
    process.stdout.write(`${finding.guarantee}: ${finding.message}\n`);
  process.stdout.write(
    findings.length === 0
      ? `The book is true: ${AUDIT_CHECKS.length + 1} checks in ${seconds.toFixed(1)} s.\n`
      : `${findings.length} findings.\n`,
  );
  return findings.length === 0 ? 0 : 1;
}
