import { auditCommand } from "./ledger/audit";
import type { LedgerCommand } from "./ledger/command";
import { irrCommand } from "./ledger/irr";
import { journalCommand } from "./ledger/journal";
import { rebuildCommand } from "./ledger/rebuild";
import { recordCommand } from "./ledger/record";

const COMMANDS: Record<string, LedgerCommand> = {
  audit: auditCommand,
  record: recordCommand,
  irr: irrCommand,
  journal: journalCommand,
  rebuild: rebuildCommand,
};

const WIDTH = Math.max(...Object.values(COMMANDS).map(({ usage }) => usage.length)) + 4;

function help(commands: readonly LedgerCommand[]): string {
  const lines = commands.map(({ usage, about }) => {
    const [first, ...rest] = about.split("\n");
    const more = rest.map((line) => `${" ".repeat(WIDTH)}${line}\n`).join("");
    return `${`  ${usage}`.padEnd(WIDTH)}${first}\n${more}`;
  });
  return `Usage: npm run ledger -- COMMAND\n\n${lines.join("\n")}`;
}

const isHelp = (word: string): boolean => word === "--help" || word === "-h" || word === "help";

/** The command line of the ledger. Answers the exit code. */
export async function main([name, ...args]: string[]): Promise<number> {
  const all = Object.values(COMMANDS);
  if (name === undefined || isHelp(name)) {
    process.stdout.write(help(all));
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`There is no command "${name}".\n${help(all)}`);
    return 2;
  }
  if (args.some(isHelp)) {
    process.stdout.write(help([command]));
    return 0;
  }
  const code = await command.run(args);
  if (code === 2) process.stderr.write(help([command]));
  return code;
}
