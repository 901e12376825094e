import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import { emailTokens } from "#db/schema/index";

export type TokenPurpose = "verify" | "reset";

/** How long a mailed link works. */
export const TOKEN_HOURS: Record<TokenPurpose, number> = { verify: 72, reset: 1 };

const HOUR_MS = 3_600_000;
const stored = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Makes a one-time token to be mailed; only its SHA-256 is kept. Earlier unused ones of that purpose stop working. */
export async function issueToken(
  tx: Tx,
  of: { personId: string; purpose: TokenPurpose; now: Date },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx
    .delete(emailTokens)
    .where(
      and(
        eq(emailTokens.personId, of.personId),
        eq(emailTokens.purpose, of.purpose),
        isNull(emailTokens.usedAt),
      ),
    );
  await tx.insert(emailTokens).values({
    id: stored(token),
    personId: of.personId,
    purpose: of.purpose,
    createdAt: of.now,
    expiresAt: new Date(of.now.getTime() + TOKEN_HOURS[of.purpose] * HOUR_MS),
  });
  return token;
}

const usable = (of: { token: string; purpose: TokenPurpose; now: Date }) =>
  and(
    eq(emailTokens.id, stored(of.token)),
    eq(emailTokens.purpose, of.purpose),
    isNull(emailTokens.usedAt),
    gt(emailTokens.expiresAt, of.now),
  );

/** Whose token this is, if it still works; it is not used up. */
export async function findToken(
  db: Queryable,
  of: { token: string; purpose: TokenPurpose; now: Date },
): Promise<string | null> {
  const [row] = await db
    .select({ personId: emailTokens.personId })
    .from(emailTokens)
    .where(usable(of));
  return row?.personId ?? null;
}

/** Uses the token up and answers whose it was; null for an unknown, used or lapsed one. Of two at once one wins. */
export async function spendToken(
  tx: Tx,
  of: { token: string; purpose: TokenPurpose; now: Date },
): Promise<string | null> {
  const [row] = await tx
    .update(emailTokens)
    .set({ usedAt: of.now })
    .where(usable(of))
    .returning({ personId: emailTokens.personId });
  return row?.personId ?? null;
}
