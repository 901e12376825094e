import { createHash } from "node:crypto";

const digest = (parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(String(part.length)).update(":").update(part);
  return hash.digest("base64url").slice(0, 27);
};

/**
 * The validator of a text that a proxy or the server may compress on its way (RFC 9110, 8.8.1): it changes when any of the
 * parts does.
 */
export function weakTag(...parts: readonly (string | Uint8Array)[]): string {
  return `W/"${digest(parts)}"`;
}

/** The validator of bytes that travel as they are. */
export function strongTag(...parts: readonly (string | Uint8Array)[]): string {
  return `"${digest(parts)}"`;
}

/** Whether what a reader says of what they have (If-None-Match) names this tag, in its weak comparison (RFC 9110, 13.1.2). */
export function namesTag(ifNoneMatch: string | null | undefined, tag: string): boolean {
  const said = ifNoneMatch?.trim();
  if (!said) return false;
  if (said === "*") return true;
  const opaque = tag.replace(/^W\//, "");
  return [...said.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, known]) => known === opaque);
}

/** Whether whoever reads says that they have what this tag names. */
export const isKnown = (request: Request, tag: string): boolean =>
  ["GET", "HEAD"].includes(request.method) && namesTag(request.headers.get("if-none-match"), tag);
