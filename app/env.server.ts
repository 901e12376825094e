import { clearSingleton, singleton } from "~/lib/singleton.server";
import { z } from "~/lib/zod";

const port = z.coerce.number().int().min(0).max(65535);
const flag = z.enum(["0", "1"]).transform((value) => value === "1");
const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  });
const postgresUrl = url(["postgres:", "postgresql:"]);

const schema = z.object({
  NODE_ENV: z.string().default("production"),
  HOST: z.string().default("127.0.0.1"),
  PORT: port.default(3000),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: postgresUrl.optional(),
  MIGRATE_DATABASE_URL: postgresUrl.optional(),
  DATABASE_ROLE: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, "must be a lower-case PostgreSQL role name")
    .default("belay_app"),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  APP_URL: url(["http:", "https:"]).optional(),
  ENCRYPTION_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/,
      "must be 32 random bytes in base64, as 'openssl rand -base64 32' prints them",
    )
    .optional(),
  LOG_ORIGIN: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.:-]*(\/[A-Za-z0-9._~-]+)*$/,
      "must be the log's address without scheme and trailing slash, as in belay.example/log",
    )
    .optional(),
  LOG_SIGNING_KEY: z
    .string()
    .regex(
      /^PRIVATE\+KEY\+\S+(\s+PRIVATE\+KEY\+\S+)?$/,
      "must be a signed-note private key, as 'npm run log -- key NAME' makes it (after a rotation the older one follows it)",
    )
    .optional(),
  LOG_STATE_DIR: z.string().optional(),
  RESEND_API_KEY: z.string().min(1).optional(),
  RESEND_BASE_URL: url(["http:", "https:"]).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  DEMO: flag.optional(),
  LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug"]).default("info"),
});

/** The environment after validation. `production` means: a database of one's own is configured. */
export type Env = z.infer<typeof schema> & { production: boolean; appUrl: string };

/** What is wrong with the environment, one line a variable. */
export class EnvError extends Error {
  constructor(readonly problems: string[]) {
    super(`The environment is not complete:\n${problems.map((line) => `  ${line}`).join("\n")}`);
    this.name = "EnvError";
  }
}

/**
 * Validates a set of variables. Throws `EnvError` naming everything that is missing or wrong at once.
 * Empty values count as absent.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`));
  }
  const env = parsed.data;
  if (env.MIGRATE_DATABASE_URL && !env.DATABASE_URL) env.DATABASE_URL = env.MIGRATE_DATABASE_URL;
  const production = env.DATABASE_URL !== undefined;
  const problems: string[] = [];
  if (production && !env.APP_URL)
    problems.push(
      "APP_URL: the public address of this site is needed (links in mail come from it)",
    );
  if (production && !env.RESEND_API_KEY)
    problems.push("RESEND_API_KEY: a mail key is needed, so that people can verify their address");
  if (production && !env.MAIL_FROM)
    problems.push("MAIL_FROM: the sender of mail is needed, as in 'Belay <hello@belay.example>'");
  if (production && !env.ENCRYPTION_KEY)
    problems.push(
      "ENCRYPTION_KEY: 32 random bytes in base64 are needed ('openssl rand -base64 32' makes them): secrets of second steps are kept encrypted with it",
    );
  if (production && !env.LOG_ORIGIN)
    problems.push(
      "LOG_ORIGIN: the public log's name is needed: its address without scheme, as in belay.example/log",
    );
  if (production && !env.LOG_SIGNING_KEY)
    problems.push(
      "LOG_SIGNING_KEY: the public log's key is needed ('npm run log -- key NAME' makes one for LOG_ORIGIN's name)",
    );
  if (problems.length > 0) throw new EnvError(problems);
  const appUrl = (env.APP_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, "");
  return { ...env, production, appUrl };
}

/** The validated environment of this process, read once. The only reader of `process.env`. */
export function getEnv(): Env {
  return singleton("env", () => readEnv(process.env));
}

/** Reads the environment anew at the next `getEnv` (tests and start-up). */
export function forgetEnv(): void {
  clearSingleton("env");
}
