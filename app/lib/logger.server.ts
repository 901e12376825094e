import pino, { type Logger } from "pino";
import { getEnv } from "~/env.server";
import { singleton } from "~/lib/singleton.server";

/** What may be logged of an error: never a statement's parameters or a row's values. */
export type LoggedError = {
  type: string;
  message?: string;
  code?: string;
  constraint?: string;
  stack?: string;
};

function findText(error: unknown, key: string): string | undefined {
  for (
    let at: unknown = error, depth = 0;
    at instanceof Error && depth < 8;
    at = at.cause, depth++
  ) {
    const value = (at as unknown as Record<string, unknown>)[key];
    if (typeof value === "string") return value;
  }
  return undefined;
}

/** Whether a statement of the database failed, for whatever reason: such an error carries its text and parameters. */
function carriesStatement(error: unknown): boolean {
  for (
    let at: unknown = error, depth = 0;
    at instanceof Error && depth < 8;
    at = at.cause, depth++
  ) {
    if ("query" in at || at.message.startsWith("Failed query:")) return true;
  }
  return false;
}

/**
 * Describes an error for the log. The text of a database error repeats what people typed, so such an error
 * is told by its SQLSTATE (or that of the connection), its constraint and the place in the code alone.
 */
export function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = findText(error, "code");
  const constraint = findText(error, "constraint_name");
  const fromDatabase =
    carriesStatement(error) || (code !== undefined && /^[0-9A-Z]{5}$/.test(code));
  const frames = error.stack?.split("\n").filter((line) => line.startsWith("    at "));
  return {
    type: error.name,
    ...(fromDatabase ? {} : { message: error.message }),
    ...(code ? { code } : {}),
    ...(constraint ? { constraint } : {}),
    ...(frames ? { stack: frames.slice(0, 12).join("\n") } : {}),
  };
}

/** The process's logger: JSON lines on stdout. Give errors as `err`; give no personal data at all. */
export function getLogger(): Logger {
  return singleton("logger", () =>
    pino({
      level: getEnv().LOG_LEVEL,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
    }),
  );
}
