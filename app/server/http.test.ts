import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { ServerBuild } from "@remix-run/node";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { type AppOptions, createApp } from "./http";
import { type Listener, listen } from "./listener";
import { loggedPath } from "./request-log";

let listener: Listener | undefined;
afterEach(async () => {
  listener?.hurry();
  await listener?.close();
});

const entry = async (request: Request) => {
  const size = request.method === "POST" ? (await request.arrayBuffer()).byteLength : 0;
  const asked = new URL(request.url).searchParams;
  const cache = asked.get("cache");
  if (asked.has("known")) return new Response(null, { status: 304, headers: { etag: '"1"' } });
  return Response.json(
    { url: request.url, forwarded: request.headers.get("x-forwarded-host"), size },
    {
      headers: {
        ...(cache ? { "cache-control": cache } : {}),
        ...(asked.has("open") ? { "cross-origin-resource-policy": "cross-origin" } : {}),
      },
    },
  );
};

/** A build of one resource route that tells what reached it. */
const build = {
  entry: { module: { default: entry, handleError: () => {} } },
  routes: {
    "routes/echo": {
      id: "routes/echo",
      path: "echo",
      module: {
        loader: ({ request }: { request: Request }) => entry(request),
        action: ({ request }: { request: Request }) => entry(request),
      },
    },
  },
  assets: { entry: { module: "", imports: [] }, routes: {}, url: "", version: "1" },
  publicPath: "/",
  assetsBuildDirectory: "build/client",
  future: { v3_singleFetch: true },
  isSpaMode: false,
  mode: "production",
} as unknown as ServerBuild;

const fine = async () => null;

async function serve(options: Partial<AppOptions> = {}) {
  const lines: string[] = [];
  listener = await listen("127.0.0.1", 0);
  const base = `http://127.0.0.1:${listener.port}`;
  const logger = pino({ level: "info" }, { write: (line: string) => void lines.push(line) });
  listener.serve(
    createApp({
      env: { appUrl: base, production: false, TRUST_PROXY: 0 },
      logger,
      build,
      readiness: { database: fine, migrations: fine, worker: fine, log: fine },
      clientDirectory: "/nonexistent",
      publicDirectory: "/nonexistent",
      ...options,
    }),
  );
  return { base, lines };
}

describe("createApp", () => {
  it("sends the security headers, without transport security on plain http", async () => {
    const { base } = await serve();
    const { headers } = await fetch(`${base}/echo`);
    const csp = headers.get("content-security-policy") ?? "";
    expect(csp).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'/);
    for (const rule of [
      "style-src 'self';",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
    ]) {
      expect(csp).toContain(rule);
    }
    expect(csp).not.toContain("upgrade-insecure-requests");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("x-powered-by")).toBeNull();
  });

  it("asks for transport security where the public address is https", async () => {
    const { base } = await serve({
      env: { appUrl: "https://belay.example", production: true, TRUST_PROXY: 0 },
    });
    const { headers } = await fetch(`${base}/echo`);
    expect(headers.get("strict-transport-security")).toContain("max-age=31536000");
    expect(headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
  });

  it("tells routes the public address in production, whatever the client claims", async () => {
    const { base } = await serve({
      env: { appUrl: "https://belay.example", production: true, TRUST_PROXY: 0 },
    });
    const answer = await fetch(`${base}/echo`, {
      headers: { "x-forwarded-host": "evil.example", "x-forwarded-proto": "ftp" },
    });
    expect(await answer.json()).toMatchObject({
      url: "https://belay.example/echo",
      forwarded: null,
    });
  });

  it("sends an asset as the build compressed it, to whoever takes it so, and keeps it for a year", async () => {
    const clientDirectory = mkdtempSync(join(tmpdir(), "belay-assets-"));
    mkdirSync(join(clientDirectory, "assets"));
    writeFileSync(join(clientDirectory, "assets", "a.js"), "let plain");
    writeFileSync(join(clientDirectory, "assets", "a.js.br"), brotliCompressSync("let small"));
    const { base } = await serve({ clientDirectory });
    const read = async (path: string, encoding: string) => {
      const answer = await fetch(base + path, { headers: { "accept-encoding": encoding } });
      const { status, headers } = answer;
      return {
        status,
        text: await answer.text(),
        type: headers.get("content-type"),
        caching: headers.get("cache-control") ?? "",
      };
    };
    expect(await read("/assets/a.js", "br")).toMatchObject({
      status: 200,
      text: "let small",
      type: expect.stringContaining("javascript"),
      caching: expect.stringContaining("immutable"),
    });
    const plain = await read("/assets/a.js", "identity");
    expect(plain.text).toBe("let plain");
    expect(plain.caching).toMatch(/max-age=31536000.*immutable/);
    expect((await read("/assets/b.js", "br")).status).toBe(404);
    // Another build has taken its place.
    rmSync(join(clientDirectory, "assets", "a.js"));
    rmSync(join(clientDirectory, "assets", "a.js.br"));
    expect((await read("/assets/a.js", "br")).status).toBe(404);
    rmSync(clientDirectory, { recursive: true });
  });

  it("guards resource routes too", async () => {
    const { base } = await serve();
    const send = (headers: Record<string, string>) =>
      fetch(`${base}/echo`, { method: "POST", headers, body: "x" });
    expect((await send({})).status).toBe(403);
    expect((await send({ origin: "https://evil.example" })).status).toBe(403);
    expect((await send({ origin: base })).status).toBe(200);
  });

  it("refuses large bodies, declared or streamed", async () => {
    const { base } = await serve();
    const body = new Uint8Array(12_000_001);
    const upload = { origin: base, "content-type": "multipart/form-data; boundary=x" };
    const declared = await fetch(`${base}/echo`, { method: "POST", headers: upload, body });
    expect(declared.status).toBe(413);
    expect(await declared.text()).toContain("larger than 12 MB");
    const streamed = await new Promise<number | undefined>((resolve, reject) => {
      const sending = httpRequest(`${base}/echo`, { method: "POST", headers: upload }, (res) => {
        resolve(res.statusCode);
        res.resume();
      });
      sending.on("error", reject);
      sending.write(body.subarray(0, 6_500_000));
      sending.write(body.subarray(0, 6_500_000));
    });
    expect(streamed).toBe(413);
    const small = await fetch(`${base}/echo`, {
      method: "POST",
      headers: { origin: base },
      body: body.subarray(0, 1_000_000),
    });
    expect(await small.json()).toMatchObject({ size: 1_000_000 });
  });

  it("takes large bodies with files alone", async () => {
    const { base } = await serve();
    const send = (type: string) =>
      fetch(`${base}/echo`, {
        method: "POST",
        headers: { origin: base, "content-type": type },
        body: new Uint8Array(2_000_001),
      });
    expect((await send("multipart/form-data; boundary=x")).status).toBe(200);
    const form = await send("application/x-www-form-urlencoded");
    expect(form.status).toBe(413);
    expect(await form.text()).toContain("larger than 2 MB");
  });

  it.each(["/echo/%E0%A4%A", "/echo/%00", "/echo?q=a%00b", "/echo/%"])(
    "answers 400 to an address that cannot be read: %s",
    async (path) => {
      const { base, lines } = await serve();
      expect((await fetch(base + path)).status).toBe(400);
      await expect.poll(() => lines.length).toBe(1);
    },
  );

  it("lets no shared cache keep a page", async () => {
    const { base } = await serve();
    const { headers } = await fetch(`${base}/echo?q=100%`);
    expect(headers.get("cache-control")).toBe("private, no-cache");
  });

  it("leaves the word to a route that says how it may be kept", async () => {
    const { base } = await serve();
    const { headers } = await fetch(`${base}/echo?cache=max-age%3D60`);
    expect(headers.get("cache-control")).toBe("max-age=60");
  });

  it("sends the type that a route says, to the letter", async () => {
    const { base } = await serve();
    expect((await fetch(`${base}/echo`)).headers.get("content-type")).toBe("application/json");
  });

  it("lets a route say another thing than the security headers, once", async () => {
    const { base } = await serve();
    const policy = async (query: string) =>
      (await fetch(`${base}/echo${query}`)).headers.get("cross-origin-resource-policy");
    expect(await policy("")).toBe("same-origin");
    expect(await policy("?open")).toBe("cross-origin");
  });

  it("tells programs that write to the API what is wrong as problem details, whoever they say they are", async () => {
    const { base } = await serve();
    for (const headers of [new Headers(), new Headers({ origin: "https://evil.example" })]) {
      const answer = await fetch(`${base}/api/v1/teachers`, { method: "POST", headers });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(await answer.json()).toMatchObject({ type: "/api#read-only", status: 405 });
    }
    expect((await fetch(`${base}/api`, { method: "POST" })).status).toBe(403);
  });

  it("sends no policy with a 304: the page that stays carries the nonce of the policy that came with it", async () => {
    const { base } = await serve();
    const answer = await fetch(`${base}/echo?known`);
    expect(answer.status).toBe(304);
    expect(answer.headers.get("content-security-policy")).toBeNull();
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("says what is not ready", async () => {
    const failing = async () => {
      throw new Error("postgres://secret");
    };
    const { base } = await serve({
      readiness: {
        database: failing,
        migrations: fine,
        worker: async () => "is not running",
        log: fine,
      },
    });
    const answer = await fetch(`${base}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      status: "not ready",
      wrong: { database: "does not answer", worker: "is not running" },
    });
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });

  it("logs a line a request without what people typed", async () => {
    const { base, lines } = await serve();
    const answer = await fetch(`${base}/echo?email=nobody@example.org`, {
      headers: { cookie: "session=topsecret" },
    });
    await answer.text();
    await expect.poll(() => lines.length).toBe(1);
    const line = JSON.parse(lines[0] ?? "{}");
    expect(line).toMatchObject({ req: { method: "GET", path: "/echo" }, res: { status: 200 } });
    expect(line.requestId).toBe(answer.headers.get("x-request-id"));
    expect(lines[0]).not.toMatch(/nobody|topsecret|127\.0\.0\.1/);
  });
});

describe("loggedPath", () => {
  it.each([
    ["/teachers/ada?tab=1", "/teachers/ada"],
    ["/verify/3q2-7wEjKx0sVbQmZp4TnYcLhG8d", "/verify/[secret]"],
    [
      "/offers/0b6c1f5e-3a52-4a2e-9a55-0d6a3f5b7c11",
      "/offers/0b6c1f5e-3a52-4a2e-9a55-0d6a3f5b7c11",
    ],
    ["/people/ada@example.org/x", "/people/[address]/x"],
    ["/calendar/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq.ics", "/calendar/[secret]"],
  ])("%s", (url, expected) => {
    expect(loggedPath(url)).toBe(expected);
  });
});

describe("listen", () => {
  it("answers 503 until there is something to serve, and lets requests in flight finish", async () => {
    listener = await listen("127.0.0.1", 0);
    const base = `http://127.0.0.1:${listener.port}`;
    expect((await fetch(base)).status).toBe(503);
    expect((await fetch(`${base}/readyz`)).status).toBe(503);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
    let finish = () => {};
    const arrived = new Promise<void>((resolve) => {
      listener?.serve((_req, res) => {
        finish = () => res.end("done");
        resolve();
      });
    });
    const answer = fetch(base).then((res) => res.text());
    await arrived;
    const closed = listener.close();
    await expect(fetch(base)).rejects.toThrow();
    finish();
    expect(await answer).toBe("done");
    await closed;
  });

  it("refuses a taken port in plain words", async () => {
    listener = await listen("127.0.0.1", 0);
    await expect(listen("127.0.0.1", listener.port)).rejects.toThrow(
      `Port ${listener.port} is taken`,
    );
  });
});
