import { createHash, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { Response as Answer, Request as Asked, RequestHandler } from "express";
import { LRUCache } from "lru-cache";
import { FLASH_COOKIE } from "~/auth/flash.server";
import { SESSION_COOKIE } from "~/auth/lucia.server";
import { namesTag, weakTag } from "~/lib/entity-tag.server";
import { isOpenPath } from "~/lib/open-page.server";
import { readZone, ZONE_COOKIE } from "~/lib/readers-zone";

/** What all kept pages may take together, as they are and compressed. */
const MOST_BYTES = 64_000_000;
/** Longer addresses are nobody's but one reader's. */
const LONGEST_ADDRESS = 500;
/** For how long an address that turned out not to be kept is not tried again. */
const PASSED_OVER_MS = 60_000;
const BROTLI_QUALITY = 6;

type Encoding = "br" | "gzip" | "identity";
type Page = {
  /** What the public pages stood on before this one was made. */
  version: string;
  tag: string;
  headers: readonly (readonly [string, string])[];
  body: Buffer;
  /** Its own inline scripts, as a policy names them. */
  scripts: string;
  encoded: Map<Encoding, Promise<Buffer>>;
};

export type KeptPagesOptions = {
  build: ServerBuild;
  /** Another text whenever anything that a public page shows may have changed. */
  version: () => Promise<string>;
};

/**
 * Answers visitors' open pages, and what scripts read of them, out of memory, for as long as nothing has changed since each was made: no loader runs and
 * nothing is rendered. Whoever is signed in, or is to be told something once, is passed on, and so is every page that may not be
 * kept. What is made is made for nobody: it is asked for with the reader's time zone and nothing else of theirs, once for all who
 * wait. A kept page's scripts are named in its policy by their digests: a nonce would have to be another for each reader.
 */
export function keepPages({ build, version }: KeptPagesOptions): RequestHandler {
  const handle = createRequestHandler(build, "production");
  const pages = new LRUCache<string, Page>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body }) => body.length * 2 + 1_000,
  });
  const passedOver = new LRUCache<string, true>({ max: 1_000, ttl: PASSED_OVER_MS });
  const making = new Map<string, Promise<Page | null>>();

  const find = async (wanted: Wanted, context: Context): Promise<Page | null> => {
    const now = await version();
    const kept = pages.get(wanted.key);
    if (kept?.version === now) return kept;
    const flight = `${now} ${wanted.key}`;
    const begun = making.get(flight);
    if (begun) return begun;
    const made = make(handle, wanted, { kept: kept ?? null, version: now, context })
      .then((page) => {
        if (page) pages.set(wanted.key, page);
        else passedOver.set(wanted.key, true);
        return page;
      })
      .finally(() => making.delete(flight));
    making.set(flight, made);
    return made;
  };

  return async (req, res, next) => {
    const wanted = wantedBy(req);
    if (!wanted || passedOver.has(wanted.key)) return next();
    const context = { requestId: String(req.id), clientAddress: "" };
    // Whatever fails here fails again, and is told, where each request is answered by itself.
    const page = await find(wanted, context).catch(() => null);
    if (!page) return next();
    await send(req, res, page).catch(next);
  };
}

type Wanted = { key: string; url: string; zone: string | null };
type Context = { requestId: string; clientAddress: string };

/** What a visitor wants of an open page; null for everybody and everything else. */
function wantedBy(req: Asked): Wanted | null {
  if (req.method !== "GET" && req.method !== "HEAD") return null;
  if (req.originalUrl.length > LONGEST_ADDRESS || !isOpenPath(req.path)) return null;
  const cookies = req.headers.cookie ?? "";
  if ([SESSION_COOKIE, FLASH_COOKIE].some((name) => cookies.includes(`${name}=`))) return null;
  const url = `${req.protocol}://${req.headers.host}${req.originalUrl}`;
  if (!URL.canParse(url)) return null;
  const zone = readZone(cookies);
  return { key: `${zone ?? ""} ${url}`, url, zone };
}

type Made = { kept: Page | null; version: string; context: Context };

/** Makes a page, or finds that the kept one is still the same; null where it may not be kept. */
async function make(
  handle: ReturnType<typeof createRequestHandler>,
  { url, zone }: Wanted,
  { kept, version, context }: Made,
): Promise<Page | null> {
  const headers = new Headers();
  if (zone) headers.set("cookie", `${ZONE_COOKIE}=${encodeURIComponent(zone)}`);
  if (kept) headers.set("if-none-match", kept.tag);
  const cspNonce = randomBytes(16).toString("base64");
  const response = await handle(new Request(url, { headers }), {
    ...context,
    cspNonce,
    keeping: true,
  });
  if (response.status === 304 && kept) return { ...kept, version };
  const isData = new URL(url).pathname.endsWith(".data");
  if (response.status !== 200 || response.headers.has("set-cookie")) return drop(response);
  if (!isData && !response.headers.has("etag")) return drop(response);
  const raw = Buffer.from(await response.arrayBuffer());
  const { body, scripts } = isData ? { body: raw, scripts: "" } : withDigests(raw, cspNonce);
  const tag = response.headers.get("etag") ?? weakTag(body);
  const kind = response.headers.get("content-type") ?? "";
  if (kept?.tag === tag) return { ...kept, version };
  const more = [...response.headers].filter(([name]) => !OWN.has(name));
  return {
    version,
    tag,
    headers: [...more, ["content-type", kind]],
    body,
    scripts,
    encoded: new Map(),
  };
}

/** Headers that `send` says itself. */
const OWN = new Set(["etag", "cache-control", "vary", "content-type", "content-length"]);

async function drop(response: Response): Promise<null> {
  await response.body?.cancel();
  return null;
}

/**
 * A page without the nonce that it was rendered with, and the digests of the inline scripts that carried it: of no others, so that
 * what got into a page in any other way does not run.
 */
export function withDigests(page: Buffer, nonce: string): { body: Buffer; scripts: string } {
  const mark = ` nonce="${nonce}"`;
  const html = page.toString("utf8");
  const digests = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
    .filter(([, attributes = ""]) => attributes.includes(mark) && !/\ssrc="/.test(attributes))
    .map(([, , text = ""]) => createHash("sha256").update(text).digest("base64"));
  return {
    body: Buffer.from(html.replaceAll(mark, "")),
    scripts: [...new Set(digests)].map((digest) => `'sha256-${digest}'`).join(" "),
  };
}

async function send(req: Asked, res: Answer, page: Page): Promise<void> {
  for (const [name, value] of page.headers) res.setHeader(name, value);
  res.setHeader("etag", page.tag);
  res.setHeader("cache-control", "public, no-cache");
  res.setHeader("vary", "Cookie, Accept-Encoding");
  const policy = String(res.getHeader("content-security-policy") ?? "");
  res.setHeader("content-security-policy", policy.replace(/'nonce-[^']*'/, page.scripts));
  if (namesTag(req.headers["if-none-match"], page.tag)) {
    res.removeHeader("content-type");
    res.status(304).end();
    return;
  }
  const encoding = (["br", "gzip"] as const).find((one) => req.acceptsEncodings(one)) ?? "identity";
  const body = await encodedBody(page, encoding);
  if (encoding !== "identity") res.setHeader("content-encoding", encoding);
  res.setHeader("content-length", body.length);
  res.status(200).end(req.method === "HEAD" ? undefined : body);
}

const brotli = promisify(brotliCompress);
const zipped = promisify(gzip);

/** A kept page's bytes in an encoding, compressed once. */
function encodedBody({ body, encoded }: Page, encoding: Encoding): Promise<Buffer> {
  const known = encoded.get(encoding);
  if (known) return known;
  const made =
    encoding === "identity"
      ? Promise.resolve(body)
      : encoding === "gzip"
        ? zipped(body)
        : brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
  encoded.set(encoding, made);
  return made;
}
