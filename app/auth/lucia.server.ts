import { createHash } from "node:crypto";
import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { type Adapter, Lucia, TimeSpan } from "lucia";
import { getDb } from "#db/client.server";
import { persons, sessions } from "#db/schema/index";
import { getEnv } from "~/env.server";
import { singleton } from "~/lib/singleton.server";

/** The name of the cookie that holds a session's id. */
export const SESSION_COOKIE = "belay_session";
const SESSION_DAYS = 30;

/** How a session's id is stored: its SHA-256, so that a stolen table opens nothing. */
export function storedSessionId(sessionId: string): string {
  return createHash("sha256").update(sessionId).digest("hex");
}

/** Lucia's adapter, made anew for each call so that it follows the process's pool. */
const rows = () => new DrizzlePostgreSQLAdapter(getDb(), sessions, persons);

/** Lucia's adapter with hashed ids: plain ones go in and come out, hashes are kept. */
const hashedAdapter: Adapter = {
  async getSessionAndUser(sessionId) {
    const [session, user] = await rows().getSessionAndUser(storedSessionId(sessionId));
    if (!session || !user) return [null, null];
    return [{ ...session, id: sessionId }, user];
  },
  getUserSessions: (userId) => rows().getUserSessions(userId),
  setSession: (session) => rows().setSession({ ...session, id: storedSessionId(session.id) }),
  updateSessionExpiration: (sessionId, expiresAt) =>
    rows().updateSessionExpiration(storedSessionId(sessionId), expiresAt),
  deleteSession: (sessionId) => rows().deleteSession(storedSessionId(sessionId)),
  deleteUserSessions: (userId) => rows().deleteUserSessions(userId),
  deleteExpiredSessions: () => rows().deleteExpiredSessions(),
};

type PersonRow = Omit<typeof persons.$inferSelect, "id">;
type SessionRow = Omit<typeof sessions.$inferSelect, "id" | "userId" | "expiresAt">;

const makeLucia = () =>
  new Lucia(hashedAdapter, {
    sessionExpiresIn: new TimeSpan(SESSION_DAYS, "d"),
    // The session's end lies in the database and moves on with use; the cookie only has to outlive it.
    sessionCookie: {
      name: SESSION_COOKIE,
      expires: false,
      attributes: { secure: getEnv().appUrl.startsWith("https:"), sameSite: "lax" },
    },
    // Of the whole row no more than this leaves: never the password's hash, a secret, the legal name or the birth date.
    getUserAttributes: (row) => ({
      handle: row.handle,
      displayName: row.displayName,
      emailVerified: row.emailVerifiedAt !== null,
      grantedOperator: row.operatorSince !== null,
      hasSecondStep: row.totpConfirmedAt !== null,
    }),
    getSessionAttributes: (row) => ({ seenAt: row.seenAt, provedAt: row.provedAt }),
  });

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof makeLucia>;
    DatabaseUserAttributes: PersonRow;
    DatabaseSessionAttributes: SessionRow;
  }
}

/** The process's Lucia. Sessions live in real time, not in the product's clock. */
export function getLucia(): ReturnType<typeof makeLucia> {
  return singleton("lucia", makeLucia);
}
