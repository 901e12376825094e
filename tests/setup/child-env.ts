import { getEnv } from "~/env.server";

/** The environment of a process that works on this one's database and log. */
export function childEnv(
  more: Pick<NodeJS.ProcessEnv, "NODE_ENV"> & Record<string, string>,
): NodeJS.ProcessEnv {
  const env = getEnv();
  const { DATABASE_URL = "", MIGRATE_DATABASE_URL = "", ENCRYPTION_KEY = "" } = env;
  return {
    PATH: process.env.PATH,
    LOG_LEVEL: "silent",
    DATABASE_URL,
    MIGRATE_DATABASE_URL,
    ENCRYPTION_KEY,
    APP_URL: "http://localhost:3000",
    RESEND_API_KEY: "re_test",
    MAIL_FROM: "Belay <hello@belay.example>",
    ...more,
  };
}
