import type { EntryContext } from "@remix-run/node";
import { isKnown, weakTag } from "./entity-tag.server";

/**
 * Pages that show every visitor the same. Others stay as they are: what a visitor types or comes to by a secret link is
 * nobody else's.
 */
export const OPEN_PAGES: ReadonlySet<string> = new Set([
  "_index",
  "api",
  "cohorts.$slug",
  "cohorts._index",
  "cohorts.compare",
  "compare",
  "log._index",
  "log.entry.$index",
  "method",
  "people.$handle",
  "rules",
  "scouts.$handle",
  "teachers.$handle",
  "teachers.$handle_.lines",
  "teachers._index",
]);

/** A route's address as its name says it: `teachers.$handle_.lines` is `/teachers/:handle/lines`. */
const addressOf = (page: string): string =>
  page
    .split(".")
    .map((part) => part.replace(/_$/, ""))
    .map((part) => (part === "_index" ? "" : part.startsWith("$") ? "/[^/]+" : `/${part}`))
    .join("");
const ADDRESS = new RegExp(`^(?:${[...OPEN_PAGES].map(addressOf).join("|")})/?$`);

/** Whether an open page may stand at that path, or (`.data`) what scripts read to show it. */
export function isOpenPath(path: string): boolean {
  if (!path.endsWith(".data")) return ADDRESS.test(path);
  return path === "/_root.data" || ADDRESS.test(path.slice(0, -".data".length));
}

type Rendered = Pick<EntryContext, "manifest" | "staticHandlerContext">;
/** What the root's loader says: who looks, and what is said once. */
type Root = { viewer: unknown; said: unknown };

/** What JSON would lose or cannot say. */
const isBeyondJson = (value: unknown): boolean =>
  value instanceof Map ||
  value instanceof Set ||
  value instanceof Promise ||
  ["bigint", "function", "symbol"].includes(typeof value);

/** Data as text, the same however they came about. Throws TypeError where text cannot tell them apart. */
function textOf(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    if (isBeyondJson(value)) throw new TypeError("is more than JSON says");
    return value;
  });
}

/**
 * The validator of a page, of all that is rendered into it but the nonce: the build, the address and what the loaders answered.
 * Null for a page that may not be kept: not open, not well, somebody's who is signed in, with a cookie to set or a message that
 * is said once, or with data that come later.
 */
export function tagOfPage(
  request: Request,
  { status, headers }: { status: number; headers: Headers },
  { manifest, staticHandlerContext: { matches, loaderData, errors } }: Rendered,
): string | null {
  const leaf =
    matches
      .at(-1)
      ?.route.id.replace(/^routes\//, "")
      .replace(/\/route$/, "") ?? "";
  if (!["GET", "HEAD"].includes(request.method) || status !== 200 || errors) return null;
  if (!OPEN_PAGES.has(leaf) || headers.has("set-cookie") || headers.has("cache-control"))
    return null;
  const root = loaderData.root as Root | undefined;
  if (!root || root.viewer !== null || root.said !== null) return null;
  const { pathname, search } = new URL(request.url);
  try {
    return weakTag(manifest.version, pathname + search, textOf(loaderData));
  } catch {
    return null;
  }
}

/**
 * Says in the headers that a page may be kept and must be asked for again each time, by whoever carries the same cookies. Answers
 * 304 to a reader who has it, without its Content-Security-Policy: the page that they keep runs by the nonce of its own. Null
 * where the page is to be rendered.
 */
export function keepPage(request: Request, tag: string, headers: Headers): Response | null {
  headers.set("etag", tag);
  headers.set("cache-control", "public, no-cache");
  headers.append("vary", "Cookie");
  if (!isKnown(request, tag)) return null;
  headers.delete("content-type");
  return new Response(null, { status: 304, headers });
}
