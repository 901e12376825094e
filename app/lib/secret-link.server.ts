import { createHash, randomBytes } from "node:crypto";

/** What is kept of a mailed token: its SHA-256, so that a stolen table opens nothing. */
export const tokenHashOf = (token: string): string =>
  createHash("sha256").update(token).digest("hex");

/** A new token to be mailed, with what is kept of it. */
export function makeLinkToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: tokenHashOf(token) };
}
