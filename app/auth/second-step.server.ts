import { createHash, randomBytes } from "node:crypto";
import { and, count, eq, isNull, lt, or } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import type { Queryable, Tx } from "#db/client.server";
import { persons, recoveryCodes } from "#db/schema/index";
import { seal, unseal } from "./sealed.server";

const STEP_MS = 30_000;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
/** How many characters of base 32 a recovery code has: 50 bits of chance. */
const RECOVERY_LENGTH = 10;
/** Base 32 without letters that are taken for digits. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

const totp = (secret: string, email = "account") =>
  new TOTP({ issuer: "Belay", label: email, secret: Secret.fromBase32(secret) });

/** A new secret for an authenticator, in base 32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

const ofPerson = (owner: string) => ({ purpose: "second-step", owner });

/** A person's secret as the database keeps it. */
export const sealTotpSecret = (personId: string, secret: string): string =>
  seal(secret, ofPerson(personId));

/** A person's secret, from what the database keeps. Throws where it was sealed for another person or with another key. */
export const openTotpSecret = (personId: string, kept: string): string =>
  unseal(kept, ofPerson(personId));

/** What an authenticator reads from the QR code. */
export function otpauthUri(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/** The six digits that an authenticator shows at that instant of the machine. */
export function totpCode(secret: string, at: Date): string {
  return totp(secret).generate({ timestamp: at.getTime() });
}

/** The time step that a code belongs to: the present one or a neighbour, since clocks differ; null for a wrong code. */
export function totpStepOf(secret: string, code: string, at: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totp(secret).validate({ token: code, timestamp: at.getTime(), window: 1 });
  return delta === null ? null : Math.floor(at.getTime() / STEP_MS) + delta;
}

/** What was typed as a code: without spaces and hyphens, in small letters. */
const bare = (typed: string): string => typed.toLowerCase().replace(/[\s-]/g, "");

const storedCode = (personId: string, code: string): string =>
  createHash("sha256")
    .update(`${personId}:${bare(code)}`)
    .digest("hex");

/** Takes the time step for this person: true once for each, and never for an earlier one than was taken already. */
export async function takeTotpStep(tx: Tx, personId: string, step: number): Promise<boolean> {
  const taken = await tx
    .update(persons)
    .set({ totpLastStep: step })
    .where(
      and(
        eq(persons.id, personId),
        or(isNull(persons.totpLastStep), lt(persons.totpLastStep, step)),
      ),
    )
    .returning({ id: persons.id });
  return taken.length === 1;
}

/**
 * Uses up what a person typed as their second step: a code of their authenticator (each time step once) or one of the
 * recovery codes (each once). Null when it is neither. Of two at once one wins. `at` is the machine's instant.
 */
export async function spendSecondStep(
  tx: Tx,
  of: { personId: string; typed: string; at: Date },
): Promise<"authenticator" | "recovery" | null> {
  const [person] = await tx
    .select({ kept: persons.totpSecret, confirmedAt: persons.totpConfirmedAt })
    .from(persons)
    .where(eq(persons.id, of.personId));
  if (!person?.kept || !person.confirmedAt) return null;
  const secret = openTotpSecret(of.personId, person.kept);
  const step = totpStepOf(secret, bare(of.typed), of.at);
  if (step !== null) return (await takeTotpStep(tx, of.personId, step)) ? "authenticator" : null;
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: of.at })
    .where(
      and(
        eq(recoveryCodes.id, storedCode(of.personId, of.typed)),
        eq(recoveryCodes.personId, of.personId),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ id: recoveryCodes.id });
  return used.length === 1 ? "recovery" : null;
}

/** New recovery codes, to be shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const text = [...randomBytes(RECOVERY_LENGTH)].map((byte) => LETTERS[byte & 31]).join("");
    return `${text.slice(0, RECOVERY_LENGTH / 2)}-${text.slice(RECOVERY_LENGTH / 2)}`;
  });
}

/** Puts these codes, as hashes, in the place of all that the person had. */
export async function keepRecoveryCodes(
  tx: Tx,
  personId: string,
  codes: readonly string[],
  at: Date,
): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId));
  if (codes.length === 0) return;
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ id: storedCode(personId, code), personId, createdAt: at })));
}

/** How many recovery codes a person has left. */
export async function countRecoveryCodes(db: Queryable, personId: string): Promise<number> {
  const [row] = await db
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.personId, personId), isNull(recoveryCodes.usedAt)));
  return Number(row?.left ?? 0);
}
