import { createHash, randomBytes } from "node:crypto";
import { createCookie } from "@remix-run/node";
import { and, eq, gt, lte, or } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { signInSteps } from "#db/schema/index";
import { getEnv } from "~/env.server";
import { systemClock } from "~/lib/clock";

/** How long somebody whose password was right may take for the second step. */
const STEP_MINUTES = 10;

const stored = (token: string): string => createHash("sha256").update(token).digest("hex");
const cookie = () =>
  createCookie("belay_sign_in", {
    httpOnly: true,
    sameSite: "lax",
    path: "/sign-in",
    maxAge: STEP_MINUTES * 60,
    secure: getEnv().appUrl.startsWith("https:"),
  });

/** Remembers that this browser gave a right password. Answers the `Set-Cookie` value; it opens nothing by itself. */
export async function beginSignInStep(personId: string): Promise<string> {
  const at = systemClock.now();
  const token = randomBytes(32).toString("base64url");
  const db = getDb();
  await db.delete(signInSteps).where(lte(signInSteps.expiresAt, at));
  await db.insert(signInSteps).values({
    id: stored(token),
    personId,
    createdAt: at,
    expiresAt: new Date(at.getTime() + STEP_MINUTES * 60_000),
  });
  return cookie().serialize(token);
}

async function tokenOf(request: Request): Promise<string> {
  const token: unknown = await cookie().parse(request.headers.get("cookie"));
  return typeof token === "string" ? token : "";
}

/** Whose second step this browser owes; null when it gave no right password in the last minutes. */
export async function findSignInStep(request: Request): Promise<string | null> {
  const [row] = await getDb()
    .select({ personId: signInSteps.personId })
    .from(signInSteps)
    .where(
      and(
        eq(signInSteps.id, stored(await tokenOf(request))),
        gt(signInSteps.expiresAt, systemClock.now()),
      ),
    );
  return row?.personId ?? null;
}

/** Forgets what this browser owed, and answers the `Set-Cookie` value that clears it. */
export async function endSignInStep(request: Request): Promise<string> {
  await getDb()
    .delete(signInSteps)
    .where(
      or(
        eq(signInSteps.id, stored(await tokenOf(request))),
        lte(signInSteps.expiresAt, systemClock.now()),
      ),
    );
  return cookie().serialize("", { maxAge: 0 });
}

/** Nobody who has given only a password of this person's goes on: the password is another now. */
export async function endSignInStepsOf(db: Queryable, personId: string): Promise<void> {
  await db.delete(signInSteps).where(eq(signInSteps.personId, personId));
}
