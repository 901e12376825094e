import { hash, verify } from "@node-rs/argon2";
import { singleton } from "~/lib/singleton.server";

// Algorithm 2 is argon2id (the package's own enum cannot be imported under isolated modules).
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Longer ones are refused unread, so that hashing is never a burden. */
export const LONGEST_PASSWORD = 200;

/** The argon2id hash of a password, with its salt and parameters in it. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), OPTIONS);
}

/**
 * Whether the password belongs to the hash. Without a hash (no such account) it works as long, on a hash of nothing
 * known, and answers false.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  const dummy = singleton("dummy-password", () => hashPassword(crypto.randomUUID()));
  if (password.length > LONGEST_PASSWORD) return false;
  const right = await verify(passwordHash ?? (await dummy), password.normalize("NFC"));
  return right && passwordHash !== null;
}
