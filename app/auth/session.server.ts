import { redirect } from "@remix-run/node";
import { and, count, eq, gt, lte } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { sessions } from "#db/schema/index";
import type { Actor } from "./actor";
import { getLucia } from "./lucia.server";
import { localPath } from "./next-path";

type Found = Promise<Actor | null>;
const found = new WeakMap<Request, Found>();

/** Who sends this request, by their session's cookie; null for a visitor. Asked once a request. */
export function findPerson(request: Request): Found {
  const known = found.get(request);
  if (known) return known;
  const asked = lookUp(request);
  found.set(request, asked);
  return asked;
}

const sessionIdOf = (request: Request): string | null =>
  getLucia().readSessionCookie(request.headers.get("cookie") ?? "");

async function lookUp(request: Request): Found {
  const sessionId = sessionIdOf(request);
  if (!sessionId) return null;
  const { user } = await getLucia().validateSession(sessionId);
  if (!user) return null;
  const { id, handle, displayName, emailVerified, operator } = user;
  return { id, handle, displayName, emailVerified, operator };
}

/** Who sends this request. A visitor is sent to sign in and comes back to the same page after it. */
export async function requirePerson(request: Request): Promise<Actor> {
  const person = await findPerson(request);
  if (person) return person;
  const url = new URL(request.url);
  const here = localPath(url.pathname.replace(/\.data$/, "") + url.search);
  const next = request.method === "GET" && here ? `?next=${encodeURIComponent(here)}` : "";
  throw redirect(`/sign-in${next}`);
}

/** The operator who sends this request; for everybody else the page does not exist (404). */
export async function requireOperator(request: Request): Promise<Actor> {
  const person = await findPerson(request);
  if (!person?.operator) throw new Response("Not found", { status: 404 });
  return person;
}

/**
 * Signs a person in: a new session, never one that was there before, in the place of the one this browser had.
 * Answers the `Set-Cookie` value. Lapsed sessions of that person are cleared away.
 */
export async function startSession(personId: string, request?: Request): Promise<string> {
  const lucia = getLucia();
  const before = request ? sessionIdOf(request) : null;
  if (before) await lucia.invalidateSession(before);
  await getDb()
    .delete(sessions)
    .where(and(eq(sessions.userId, personId), lte(sessions.expiresAt, new Date())));
  const session = await lucia.createSession(personId, {});
  return lucia.createSessionCookie(session.id).serialize();
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

/** In how many browsers a person is signed in. */
export async function countSessions(personId: string): Promise<number> {
  const [row] = await getDb()
    .select({ sessions: count() })
    .from(sessions)
    .where(and(eq(sessions.userId, personId), gt(sessions.expiresAt, new Date())));
  return Number(row?.sessions ?? 0);
}
