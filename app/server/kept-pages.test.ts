import { createHash } from "node:crypto";
import { request as ask } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { ServerBuild } from "@remix-run/node";
import { Scripts, useLoaderData } from "@remix-run/react";
import { pino } from "pino";
import { createElement } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as entry from "~/entry.server";
import { useNonce } from "~/lib/nonce";
import { isOpenPath, OPEN_PAGES } from "~/lib/open-page.server";
import { createApp } from "./http";
import { withDigests } from "./kept-pages";
import { type Listener, listen } from "./listener";

let listener: Listener;
let base: string;
/** What the site stands on, what its page says, and how often its loader and its component ran. */
let site: { version: string; text: string; loaded: number; rendered: number; slow: Promise<void> };

const TeacherPage = () => {
  site.rendered += 1;
  const { text, zone } = useLoaderData() as { text: string; zone: string };
  const nonce = useNonce();
  return createElement(
    "html",
    null,
    createElement("p", null, `${text} in ${zone}`),
    createElement("script", { nonce }, "let kept = 1"),
    // What got into a page some other way.
    createElement("script", null, "let foreign = 1"),
    createElement(Scripts, { nonce }),
  );
};

async function loadTeacher({ request }: { request: Request }) {
  site.loaded += 1;
  await site.slow;
  if (new URL(request.url).searchParams.has("gone")) throw new Response("no", { status: 404 });
  return { text: site.text, zone: request.headers.get("cookie") ?? "no zone" };
}

function buildOf(): ServerBuild {
  const root = { viewer: null, practice: false, said: null, zone: null };
  const assets = (id: string, path?: string) => ({
    ...{ id, path, module: `/assets/${id}.js`, hasLoader: true, imports: [] },
    ...{
      hasAction: false,
      hasClientLoader: false,
      hasClientAction: false,
      hasErrorBoundary: false,
    },
  });
  const leaf = "routes/teachers.$handle";
  return {
    entry: { module: entry },
    routes: {
      root: {
        id: "root",
        path: "",
        module: {
          loader: ({ request }: { request: Request }) => {
            const cookies = request.headers.get("cookie") ?? "";
            return { ...root, viewer: cookies.includes("session") ? { handle: "me" } : null };
          },
          ErrorBoundary: () => createElement("p", null, "Not found"),
        },
      },
      [leaf]: {
        id: leaf,
        parentId: "root",
        path: "teachers/:handle",
        module: { loader: loadTeacher, default: TeacherPage },
      },
    },
    assets: {
      ...{ entry: { module: "/assets/entry.js", imports: [] }, url: "/assets/m.js", version: "1" },
      routes: {
        root: assets("root", ""),
        [leaf]: { ...assets(leaf, "teachers/:handle"), parentId: "root" },
      },
    },
    ...{
      publicPath: "/",
      assetsBuildDirectory: "build/client",
      isSpaMode: false,
      mode: "production",
    },
    future: { v3_singleFetch: true, v3_lazyRouteDiscovery: false },
  } as unknown as ServerBuild;
}

const fine = async () => null;

beforeEach(async () => {
  vi.stubEnv("DEV", false);
  site = { version: "1", text: "DPI 0.4500", loaded: 0, rendered: 0, slow: Promise.resolve() };
  listener = await listen("127.0.0.1", 0);
  base = `http://127.0.0.1:${listener.port}`;
  listener.serve(
    createApp({
      env: { appUrl: base, production: false, TRUST_PROXY: 0 },
      logger: pino({ level: "silent" }),
      build: buildOf(),
      publicVersion: async () => site.version,
      readiness: { database: fine, migrations: fine, worker: fine, log: fine },
      ...{ clientDirectory: "/nonexistent", publicDirectory: "/nonexistent" },
    }),
  );
});
afterEach(async () => {
  vi.unstubAllEnvs();
  listener.hurry();
  await listener.close();
});

type Got = { status: number; headers: Record<string, string>; bytes: Buffer; text: string };

/** Reads an address as it comes over the wire. */
function read(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = ask(base + path, { headers, method }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.on("end", () => {
        const bytes = Buffer.concat(pieces);
        const said = answer.headers as Record<string, string>;
        resolve({ status: answer.statusCode ?? 0, headers: said, bytes, text: bytes.toString() });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}
const PAGE = "/teachers/maya";
const ran = () => [site.loaded, site.rendered];

describe("a visitor's page", () => {
  it("is made once and then told out of memory, whoever asks", async () => {
    const first = await read(PAGE);
    expect(first.text).toContain("DPI 0.4500 in no zone");
    expect(first.headers).toMatchObject({
      ...{ "cache-control": "public, no-cache", vary: "Cookie, Accept-Encoding" },
      ...{ "content-type": "text/html; charset=utf-8", etag: expect.stringMatching(/^W\/"/) },
    });
    const again = await read(PAGE, { cookie: "of=no account" });
    expect([again.text, again.headers.etag]).toEqual([first.text, first.headers.etag]);
    expect(again.headers["x-request-id"]).not.toBe(first.headers["x-request-id"]);
    expect(ran()).toEqual([1, 1]);
  });

  it("is loaded again when anything changed, and rendered again where it shows", async () => {
    const { headers } = await read(PAGE);
    site.version = "2";
    expect((await read(PAGE)).headers.etag).toBe(headers.etag);
    expect(ran()).toEqual([2, 1]);
    Object.assign(site, { version: "3", text: "DPI 0.9000" });
    const newer = await read(PAGE, { "if-none-match": headers.etag as string });
    expect([newer.status, newer.headers.etag === headers.etag]).toEqual([200, false]);
    expect(newer.text).toContain("DPI 0.9000");
    expect(ran()).toEqual([3, 2]);
  });

  it("is 304 without a loader to whoever has it, and by HEAD without its body", async () => {
    const { headers, bytes } = await read(PAGE);
    const known = await read(PAGE, { "if-none-match": headers.etag as string });
    expect([known.status, known.bytes.length]).toEqual([304, 0]);
    expect(known.headers).not.toHaveProperty("content-security-policy");
    expect(known.headers).not.toHaveProperty("content-type");
    const head = await read(PAGE, {}, "HEAD");
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    expect(head.headers).toMatchObject({
      etag: headers.etag,
      "content-length": String(bytes.length),
    });
    expect(ran()).toEqual([1, 1]);
  });

  it("runs its own scripts by their digests and nothing else, and carries no nonce", async () => {
    await read(PAGE);
    const { headers, text } = await read(PAGE);
    const policy = headers["content-security-policy"] ?? "";
    const digest = (script: string) =>
      `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
    expect(policy).toContain(digest("let kept = 1"));
    expect(text).toContain("let foreign = 1");
    expect(policy).not.toContain(digest("let foreign = 1"));
    expect(policy).not.toContain("nonce");
    expect(text).not.toContain("nonce=");
    // Each inline script of the router's is among them.
    const inline = [...text.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
      .map(([, script = ""]) => script)
      .filter((script) => script !== "let foreign = 1");
    expect(inline.length).toBeGreaterThan(2);
    expect(inline.filter((script) => !policy.includes(digest(script)))).toEqual([]);
  });

  it("is sent as the reader takes it, compressed once", async () => {
    const plain = await read(PAGE);
    const brotli = await read(PAGE, { "accept-encoding": "gzip, br" });
    const gzip = await read(PAGE, { "accept-encoding": "gzip" });
    expect([brotli.headers["content-encoding"], gzip.headers["content-encoding"]]).toEqual([
      "br",
      "gzip",
    ]);
    expect(brotliDecompressSync(brotli.bytes).toString()).toBe(plain.text);
    expect(gunzipSync(gzip.bytes).toString()).toBe(plain.text);
    expect((await read(PAGE, { "accept-encoding": "br;q=0, gzip;q=0" })).text).toBe(plain.text);
    expect(ran()).toEqual([1, 1]);
  });

  it("is made once for all who come while it is made", async () => {
    let go = () => {};
    site.slow = new Promise((resolve) => {
      go = resolve;
    });
    const all = Array.from({ length: 20 }, () => read(PAGE));
    await vi.waitFor(() => expect(site.loaded).toBe(1));
    // Something changes while it is made: whoever comes now gets a page of their own.
    site.version = "2";
    const later = read(PAGE);
    await vi.waitFor(() => expect(site.loaded).toBe(2));
    go();
    expect(new Set((await Promise.all(all)).map(({ text }) => text)).size).toBe(1);
    await later;
    expect(site.loaded).toBe(2);
  });

  it("knows its reader's time zone and nothing else of theirs", async () => {
    const cookie = "belay_zone=Asia%2FTokyo; of=somebody";
    expect((await read(PAGE, { cookie })).text).toContain("in belay_zone=Asia%2FTokyo<");
    expect((await read(PAGE, { cookie: "belay_zone=Nowhere" })).text).toContain("in no zone");
    expect((await read(PAGE)).text).toContain("in no zone");
    expect(site.loaded).toBe(2);
  });

  it("keeps what scripts read of it too", async () => {
    const first = await read("/teachers/maya.data");
    expect(first.headers["content-type"]).toContain("text/x-script");
    const { status } = await read("/teachers/maya.data", {
      "if-none-match": first.headers.etag as string,
    });
    expect([status, site.loaded]).toEqual([304, 1]);
    Object.assign(site, { version: "2", text: "DPI 0.9000" });
    expect((await read("/teachers/maya.data")).text).toContain("DPI 0.9000");
  });
});

describe("what is not kept", () => {
  it.each([
    ["whoever is signed in", { cookie: "belay_session=abc" }],
    ["whoever is to be told something once", { cookie: "a=b; belay_flash=c" }],
  ])("is made anew for %s", async (_, headers) => {
    await read(PAGE);
    for (let n = 0; n < 2; n++) {
      const own = await read(PAGE, headers);
      expect(own.headers["content-security-policy"]).toMatch(/'nonce-/);
    }
    expect(site.loaded).toBe(3);
    expect((await read(PAGE)).text).toContain("in no zone");
    expect(site.loaded).toBe(3);
  });

  it("answers pages that are not well each by itself", async () => {
    for (const path of ["/teachers/maya?gone", "/teachers/maya.data?gone"]) {
      const answers = [await read(path), await read(path)];
      expect(answers.map(({ status }) => status)).toEqual([404, 404]);
      expect(answers.map(({ headers }) => headers["cache-control"])).not.toContain(
        "public, no-cache",
      );
    }
  });

  it("serves on where nobody can say what has changed", async () => {
    Object.defineProperty(site, "version", {
      get: () => {
        throw new Error("no database");
      },
    });
    const { status, headers } = await read(PAGE);
    expect([status, headers["content-security-policy"]]).toEqual([
      200,
      expect.stringContaining("'nonce-"),
    ]);
  });
});

describe("the digests of a page", () => {
  it("are of inline scripts with its nonce alone", () => {
    const page = `<script nonce="N">a</script><script>b</script><script nonce="M">c</script><script nonce="N" src="/d.js"></script><script type="module" nonce="N">é</script>`;
    const digest = (text: string) =>
      `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const { body, scripts } = withDigests(Buffer.from(page), "N");
    expect(scripts).toBe(`${digest("a")} ${digest("é")}`);
    expect(body.toString()).toBe(page.replaceAll(' nonce="N"', ""));
  });
});

describe("the addresses of open pages", () => {
  it.each([
    ...[
      "/",
      "/teachers",
      "/teachers/",
      "/teachers/maya",
      "/teachers/maya/lines",
      "/cohorts/x",
      "/log/entry/3",
    ],
    ...["/_root.data", "/teachers.data", "/teachers/maya.data", "/compare"],
  ])("%s is one", (path) => expect(isOpenPath(path)).toBe(true));

  it.each([
    ...[
      "/teachers/maya/x",
      "/home",
      "/cohorts/x/space",
      "/log/x",
      "/home.data",
      "/assets/a.js",
      "/teachers/maya/badge.svg",
    ],
    ...["/teachersX", "/x/teachers", "/account"],
  ])("%s is none", (path) => expect(isOpenPath(path)).toBe(false));

  it("has one for each", () => {
    const example = [...OPEN_PAGES].map((page) =>
      page
        .split(".")
        .map((part) => (part === "_index" ? "" : part.replace("$", "a").replace(/_$/, "")))
        .join("/"),
    );
    expect(example.filter((path) => !isOpenPath(`/${path}`.replace(/\/$/, "") || "/"))).toEqual([]);
  });
});
