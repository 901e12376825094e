import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import type { BundleExport } from "~/features/records/bundle.server";

const OPEN = { "access-control-allow-origin": "*" };
const TEXT = "text/plain; charset=utf-8";

/** Pieces of text as they are made. */
export function streamText(
  pieces: AsyncIterable<string>,
  headers: Record<string, string>,
): Response {
  const body = createReadableStreamFromReadable(Readable.from(pieces, { objectMode: false }));
  return new Response(body, { headers: { ...OPEN, ...headers } });
}

/** A short text; `no-store` where nothing else is said. */
export function textResponse(
  text: string,
  init: { status?: number; cache?: string } = {},
): Response {
  return new Response(text, {
    status: init.status ?? 200,
    headers: { ...OPEN, "content-type": TEXT, "cache-control": init.cache ?? "no-store" },
  });
}

/** JSON that anybody may read. */
export function jsonResponse(value: unknown): Response {
  return new Response(JSON.stringify(value), {
    headers: { ...OPEN, "content-type": "application/json", "cache-control": "no-store" },
  });
}

/** Bytes that never change. */
export function immutableBytes(bytes: Uint8Array): Response {
  return new Response(bytes as BodyInit, {
    headers: {
      ...OPEN,
      "content-type": "application/octet-stream",
      "cache-control": "max-age=31536000, immutable",
    },
  });
}

/** What the log does not have. */
export const notInLog = (): Response => textResponse("Not found\n", { status: 404 });

/** A bundle as it is made; 304 where the reader has it, 404 for nobody, 503 until the next signed tree for somebody new. */
export function bundleResponse(found: BundleExport | "not yet" | null, request: Request): Response {
  if (found === null) return notInLog();
  if (found === "not yet") {
    const response = textResponse(
      "This record is about to be signed for the first time. Try again in a minute.\n",
      { status: 503 },
    );
    response.headers.set("retry-after", "5");
    return response;
  }
  const headers = { etag: found.tag, "cache-control": "public, no-cache" };
  const known = request.headers.get("if-none-match")?.split(",") ?? [];
  if (known.some((tag) => tag.trim().replace(/^W\//, "") === found.tag))
    return new Response(null, { status: 304, headers: { ...OPEN, ...headers } });
  return streamText(found.text, { ...headers, "content-type": "application/json" });
}
