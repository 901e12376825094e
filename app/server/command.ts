import { EnvError } from "~/env.server";
import { describeError } from "~/lib/logger.server";
import { PlainError } from "~/lib/plain-error";

/** What to print when a command fails: the message alone where it was to be expected, else a bug's traces. */
export function explainFailure(error: unknown): string {
  if (error instanceof PlainError || error instanceof EnvError) return error.message;
  const { type, message, code, constraint, stack } = describeError(error);
  const facts = [message, code, constraint].filter((fact) => fact !== undefined).join(", ");
  return `Unexpected failure: ${type}${facts ? ` (${facts})` : ""}\n${stack ?? ""}`;
}

/** Runs a command to its end; its failure is printed on stderr and makes the exit code 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exitCode = 1;
  }
}

/** Progress of commands goes to stderr, so that stdout holds the answer alone. */
export function logToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
