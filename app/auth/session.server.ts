import { redirect } from "@remix-run/node";
import { and, count, desc, eq, gt, lt, lte, ne } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { sessions } from "#db/schema/index";
import { systemClock } from "~/lib/clock";
import type { Actor } from "./actor";
import { getLucia, storedSessionId } from "./lucia.server";
import { localPath } from "./next-path";

/** How long a password and code count as just given. */
export const PROOF_MINUTES = 5;
const MINUTE_MS = 60_000;
const LONGEST_AGENT = 300;

/** A signed-in browser: who it is, and under which stored id. */
export type SignedIn = {
  person: Actor;
  /** As it is stored (a hash): safe to show to its owner. */
  sessionId: string;
  hasSecondStep: boolean;
  /** Was made an operator, whether they have the second step that the desk needs or not. */
  grantedOperator: boolean;
};

type Found = Promise<SignedIn | null>;
const found = new WeakMap<Request, Found>();

/** The session that sends this request; null for a visitor. Asked once a request. */
export function findSession(request: Request): Found {
  const known = found.get(request);
  if (known) return known;
  const asked = lookUp(request);
  found.set(request, asked);
  return asked;
}

/** Who sends this request, by their session's cookie; null for a visitor. */
export async function findPerson(request: Request): Promise<Actor | null> {
  return (await findSession(request))?.person ?? null;
}

const sessionIdOf = (request: Request): string | null =>
  getLucia().readSessionCookie(request.headers.get("cookie") ?? "");

async function lookUp(request: Request): Found {
  const sessionId = sessionIdOf(request);
  if (!sessionId) return null;
  const { user, session } = await getLucia().validateSession(sessionId);
  if (!user) return null;
  const { id, handle, displayName, emailVerified, grantedOperator, hasSecondStep } = user;
  const at = systemClock.now();
  const stored = storedSessionId(sessionId);
  if (at.getTime() - session.seenAt.getTime() > MINUTE_MS)
    await getDb()
      .update(sessions)
      .set({ seenAt: at })
      .where(and(eq(sessions.id, stored), lt(sessions.seenAt, at)));
  const proved = at.getTime() - session.provedAt.getTime() < PROOF_MINUTES * MINUTE_MS;
  const operator = grantedOperator && hasSecondStep;
  const person = { id, handle, displayName, emailVerified, operator, proved };
  return { person, sessionId: stored, hasSecondStep, grantedOperator };
}

/** The session that sends this request. A visitor is sent to sign in and comes back to the same page after it. */
export async function requireSession(request: Request): Promise<SignedIn> {
  const session = await findSession(request);
  if (session) return session;
  throw redirect(`/sign-in${nextOf(request)}`);
}

/** Who sends this request. A visitor is sent to sign in and comes back to the same page after it. */
export async function requirePerson(request: Request): Promise<Actor> {
  return (await requireSession(request)).person;
}

function nextOf(request: Request): string {
  const url = new URL(request.url);
  const here = localPath(url.pathname.replace(/\.data$/, "") + url.search);
  return request.method === "GET" && here ? `?next=${encodeURIComponent(here)}` : "";
}

/**
 * The operator who sends this request; for everybody else the page does not exist (404). An operator without a second
 * step is led to set it up first.
 */
export async function requireOperator(request: Request): Promise<Actor> {
  const session = await findSession(request);
  if (!session?.grantedOperator) throw new Response("Not found", { status: 404 });
  if (!session.person.operator) throw redirect(`/account/second-step${nextOf(request)}`);
  return session.person;
}

/**
 * Signs a person in: a new session, never one that was there before, in the place of the one this browser had.
 * Answers the `Set-Cookie` value. Lapsed sessions of that person are cleared away. Whoever calls this has checked the
 * password, and the second step where there is one.
 */
export async function startSession(personId: string, request?: Request): Promise<string> {
  const lucia = getLucia();
  const before = request ? sessionIdOf(request) : null;
  if (before) await lucia.invalidateSession(before);
  const at = systemClock.now();
  await getDb()
    .delete(sessions)
    .where(and(eq(sessions.userId, personId), lte(sessions.expiresAt, at)));
  const userAgent = (request?.headers.get("user-agent") ?? "").slice(0, LONGEST_AGENT);
  const session = await lucia.createSession(personId, {
    createdAt: at,
    seenAt: at,
    provedAt: at,
    userAgent,
  });
  return lucia.createSessionCookie(session.id).serialize();
}

/** Notes that whoever uses this browser has just proved who they are. Later questions of this request see it. */
export async function proveSession(request: Request): Promise<void> {
  const session = await findSession(request);
  if (!session) throw new Error("a visitor cannot prove who they are");
  await getDb()
    .update(sessions)
    .set({ provedAt: systemClock.now() })
    .where(eq(sessions.id, session.sessionId));
  found.delete(request);
}

/** Ends the session of this browser and answers the `Set-Cookie` value that clears it. */
export async function endSession(request: Request): Promise<string> {
  const lucia = getLucia();
  const sessionId = sessionIdOf(request);
  if (sessionId) await lucia.invalidateSession(sessionId);
  return lucia.createBlankSessionCookie().serialize();
}

/** Ends every session of a person, within the caller's transaction. */
export async function endAllSessions(db: Queryable, personId: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.userId, personId));
}

/** Ends every session of a person but one, within the caller's transaction. Answers how many ended. */
export async function endOtherSessions(
  db: Queryable,
  personId: string,
  keptSessionId: string,
): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, personId), ne(sessions.id, keptSessionId)))
    .returning({ id: sessions.id });
  return ended.length;
}

/** Ends one session of a person, by its stored id. Answers whether there was one. */
export async function endOneSession(
  db: Queryable,
  personId: string,
  sessionId: string,
): Promise<boolean> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, personId), eq(sessions.id, sessionId)))
    .returning({ id: sessions.id });
  return ended.length > 0;
}

const livingOf = (personId: string) =>
  and(eq(sessions.userId, personId), gt(sessions.expiresAt, systemClock.now()));

/** A person's sessions, last seen first: ids as stored, instants of the machine. */
export async function listSessions(personId: string) {
  return getDb()
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      seenAt: sessions.seenAt,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(livingOf(personId))
    .orderBy(desc(sessions.seenAt));
}

/** In how many browsers a person is signed in. */
export async function countSessions(personId: string): Promise<number> {
  const [row] = await getDb()
    .select({ sessions: count() })
    .from(sessions)
    .where(livingOf(personId));
  return Number(row?.sessions ?? 0);
}
