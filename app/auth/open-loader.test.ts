import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, it } from "vitest";
import { openLoader, READ_LIMITS } from "./open-loader.server";

const loader = openLoader("files", async () => new Response("read"));
const ask = (clientAddress: string, method = "GET") =>
  loader({
    params: {},
    request: new Request("http://x.test/", { method }),
    context: { clientAddress },
  } as unknown as LoaderFunctionArgs);

it("counts each sender's reads, says what is left, and over the limit when to come again", async () => {
  const { points, windowS } = READ_LIMITS.files;
  const first = await ask("192.0.2.7");
  expect(first.headers.get("ratelimit-policy")).toBe(`"files";q=${points};w=${windowS}`);
  expect(first.headers.get("ratelimit")).toBe(`"files";r=${points - 1};t=${windowS}`);
  for (let n = 1; n < points; n++) expect((await ask("192.0.2.7")).status).toBe(200);
  const refused = await ask("192.0.2.7");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(windowS);
  expect(refused.headers.get("ratelimit")).toMatch(/^"files";r=0;t=\d+$/);
  expect(await refused.json()).toMatchObject({ type: "/api#too-many-requests", status: 429 });
  expect((await ask("192.0.2.8")).status).toBe(200);
});

it("answers a preflight without counting it", async () => {
  for (let n = 0; n <= READ_LIMITS.files.points; n++)
    expect((await ask("192.0.2.9", "OPTIONS")).status).toBe(204);
  expect((await ask("192.0.2.9")).status).toBe(200);
});
