const HERE = "http://local.invalid";
const LONGEST = 500;

/**
 * A path of this site to go on to, or null: anything that a browser would take for another site, or that is not a path,
 * is refused (`//evil`, `/\evil`, `/.//evil`, `https:…`).
 */
export function localPath(next: string | null | undefined): string | null {
  if (!next?.startsWith("/") || next.length > LONGEST || next.includes("\\")) return null;
  if (!URL.canParse(next, HERE)) return null;
  const url = new URL(next, HERE);
  if (url.origin !== HERE || url.pathname.startsWith("//")) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** A path of an account's page that leads on to `next` when it is done with. */
export function withNext(path: string, next: string | null): string {
  return next ? `${path}${path.includes("?") ? "&" : "?"}next=${encodeURIComponent(next)}` : path;
}
