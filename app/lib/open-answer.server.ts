import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { isKnown, weakTag } from "./entity-tag.server";

/** `revalidate`: kept, and asked for again each time; `forever`: never changes; `never`: kept by nobody. */
export type Keeping = "revalidate" | "forever" | "never";

const KEEPING: Record<Keeping, string> = {
  revalidate: "public, no-cache",
  forever: "max-age=31536000, immutable",
  never: "no-store",
};

/** What lets any other site's page read an answer, its validator and its limits too. */
const OPEN = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, Content-Disposition",
  "cross-origin-resource-policy": "cross-origin",
};

export const TEXT = "text/plain; charset=utf-8";
export const JSON_TYPE = "application/json";

/** Something that anybody may read. */
export type Open = {
  body: string | Uint8Array | AsyncIterable<string>;
  contentType: string;
  keep: Keeping;
  /** The validator of what is asked for again; without one a text's or bytes' own digest. */
  tag?: string;
  status?: number;
  headers?: Record<string, string>;
};

/**
 * The one way in which public data leave: readable by every origin, without cookies; what may be kept carries a validator,
 * and a reader who has it already gets 304 without a body.
 */
export function openAnswer(request: Request, open: Open): Response {
  const { body, contentType, keep, status = 200 } = open;
  const headers = new Headers({ ...OPEN, ...open.headers, "cache-control": KEEPING[keep] });
  const tag = keep === "revalidate" ? (open.tag ?? tagOf(body)) : null;
  if (tag) headers.set("etag", tag);
  if (tag && status === 200 && isKnown(request, tag))
    return new Response(null, { status: 304, headers });
  headers.set("content-type", contentType);
  const sent = request.method === "HEAD" ? null : toBody(body);
  return new Response(sent, { status, headers });
}

const tagOf = (body: Open["body"]): string | null =>
  typeof body === "string" || body instanceof Uint8Array ? weakTag(body) : null;

const toBody = (body: Open["body"]): BodyInit =>
  typeof body === "string" || body instanceof Uint8Array
    ? (body as BodyInit)
    : createReadableStreamFromReadable(Readable.from(body, { objectMode: false }));

/** A plain sentence instead of what was asked for; nobody keeps it. */
export function openRefusal(
  request: Request,
  status: number,
  sentence = "Not found\n",
  headers: Record<string, string> = {},
): Response {
  return openAnswer(request, {
    ...{ body: sentence, contentType: TEXT, keep: "never", status, headers },
  });
}

/** What is wrong and what to do about it, for programs (RFC 9457). `kind` is the fragment that `/api` explains it under. */
export type Problem = {
  kind: string;
  status: number;
  title: string;
  detail: string;
  next: string;
};

/** A refusal as problem details (RFC 9457) with one member more, `next`: what to do. */
export function problemAnswer(
  request: Request,
  { kind, ...problem }: Problem,
  headers: Record<string, string> = {},
): Response {
  return openAnswer(request, {
    body: JSON.stringify({ type: `/api#${kind}`, ...problem }),
    contentType: "application/problem+json",
    keep: "never",
    status: problem.status,
    headers,
  });
}

/** The answer to a browser that asks, before another site's page reads here with conditions, whether it may. */
export function preflightAnswer(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...OPEN,
      "access-control-allow-methods": "GET, HEAD, OPTIONS",
      "access-control-allow-headers": "If-None-Match, Accept, Content-Type",
      "access-control-max-age": "86400",
    },
  });
}
