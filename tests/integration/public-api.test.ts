import type { LoaderFunctionArgs } from "@remix-run/node";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { READ_LIMITS } from "~/auth/open-loader.server";
import { getApiPage } from "~/features/public-api/api-page.server";
import { endpoint } from "~/features/public-api/endpoint";
import { ENDPOINTS } from "~/features/public-api/endpoints.server";
import { askEndpoint, matchPath } from "~/features/public-api/serve-api.server";
import { getRecord } from "~/features/records/get-record.server";
import { getPublished } from "~/ledger/log/published.server";
import { addDays, utcDay } from "~/lib/dates";
import { setSingleton } from "~/lib/singleton.server";
import { z } from "~/lib/zod";
import { action, loader } from "~/routes/api.v1.$/route";
import type { Someone } from "~/server/demo/steps";
import { useDatabase } from "../setup/database";
import { publishLog } from "../setup/log-place";
import { World } from "../setup/world";

useDatabase({ audit: false });

type Json = Record<string, unknown>;
const FILE = "http://x.test/api/v1/openapi.json";
let world: World;
let teacher: Someone;
let student: Someone;
let others: Someone[];
let openapi: Json & { paths: Record<string, Json> };
let valid: (pointer: string) => ValidateFunction;
let sender = 0;

/** Asks as a sender that nobody was before, unless one is named. */
function send(path: string, init: RequestInit & { from?: string } = {}): Promise<Response> {
  sender += 1;
  const clientAddress = init.from ?? `198.51.${Math.floor(sender / 250)}.${sender % 250}`;
  const request = new Request(`http://x.test/api/v1${path}`, init);
  const params = { "*": new URL(request.url).pathname.slice("/api/v1/".length) };
  return loader({ request, params, context: { clientAddress } } as unknown as LoaderFunctionArgs);
}
const read = async (path: string): Promise<Json> => {
  const answer = await send(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as Json;
};
const codeOf = async (path: string) => {
  const answer = await send(path);
  const problem = (await answer.json()) as Json;
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(problem.status).toBe(answer.status);
  const check = valid("#/components/schemas/Problem");
  expect(check(problem), JSON.stringify(check.errors)).toBe(true);
  return `${answer.status} ${problem.type}`;
};

beforeAll(async () => {
  world = await World.make();
  teacher = await world.investor("200,000");
  others = [await world.investor("50,000"), await world.investor("50,000")];
  student = await world.person("alice", { name: "Alice Climber" });
  await world.invested(teacher, student, { amount: "20,000", percent: "1", payoutCap: "3" });
  for (const other of others)
    await world.invested(other, student, { amount: "20,000", percent: "1", sunset: "10" });
  await world.invested(teacher, await world.person("bob"), { amount: "5,000", percent: "1" });
  world.pass({ days: 200 });
  const { gainId } = await world.declare(student, {
    ...{ company: "Rope Ltd", proceeds: "1,000,000", basis: "0", costs: "0" },
    closingDate: addDays(utcDay(world.now), -5),
  });
  await world.deposit(student, world.operators, "30,000");
  await world.pay(student, gainId);
  await world.grade(world.operator, gainId, "counterparty", "The buyer confirmed it.");
  await world.cohort(others[0] as Someone);
  await publishLog(world.now);
  setSingleton("clock", { offsetMs: world.now.getTime() - Date.now() });
  openapi = (await (await send("/openapi.json")).json()) as typeof openapi;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ ...openapi, $id: FILE });
  valid = (pointer) => ajv.compile({ $ref: `${FILE}${pointer}` });
});

const fill = (path: string): string =>
  path.replace("{handle}", teacher.handle).replace("{token}", student.handle).replace("{slug}", "");

describe("the OpenAPI file", () => {
  test("tells of every address, and every answer is what it says", async () => {
    expect(openapi.openapi).toBe("3.1.0");
    expect(Object.keys(openapi.paths)).toEqual(ENDPOINTS.map(({ path }) => path));
    const [cohort] = (await read("/cohorts?limit=1")).items as { slug: string }[];
    for (const path of Object.keys(openapi.paths)) {
      const answer = await read(`${fill(path)}${path.endsWith("{slug}") ? cohort?.slug : ""}`);
      const at = path
        .replaceAll("~", "~0")
        .replaceAll("/", "~1")
        .replaceAll("{", "%7B")
        .replaceAll("}", "%7D");
      const check = valid(`#/paths/${at}/get/responses/200/content/application~1json/schema`);
      expect([path, check(answer), check.errors]).toEqual([path, true, null]);
      const endpoint = ENDPOINTS.find((one) => one.path === path);
      expect(endpoint?.answer.safeParse(answer).error).toBeUndefined();
      // What the file refuses is told from what it takes.
      expect([path, check({ ...answer, more: 1 })]).toEqual([path, false]);
    }
  });

  test("names every parameter that is taken", async () => {
    for (const { path, query, params } of ENDPOINTS) {
      const told = (openapi.paths[path] as { get: { parameters: Json[] } }).get.parameters;
      expect(told.flatMap(({ name }) => name ?? [])).toEqual([
        ...Object.keys(params.shape),
        ...Object.keys(query.shape),
      ]);
      expect(matchPath(path, path.replaceAll(/[{}]/g, ""))).toEqual(
        Object.fromEntries(Object.keys(params.shape).map((name) => [name, name])),
      );
    }
  });

  test("is what the readable page shows, with answers of this site's own", async () => {
    const { documented } = await getApiPage(world.now);
    expect(documented.map(({ path }) => path)).toEqual(Object.keys(openapi.paths));
    for (const { path, example } of documented)
      expect([path, example?.answer.length ?? 0]).toEqual([path, expect.toSatisfy((n) => n > 50)]);
  });
});

describe("what is answered", () => {
  test("a record as the verifier has it, and the checkpoint that it stands for", async () => {
    const answer = await read(`/teachers/${teacher.handle}/record`);
    const record = await getRecord(getDb(), teacher.handle, utcDay(world.now));
    expect(answer.record).toEqual(record?.summary);
    const published = await getPublished(getDb());
    expect(answer.checkpoint).toEqual({
      size: published?.size,
      signedAt: published?.signedAt,
    });
    expect(answer.record).toMatchObject({
      investments: 2,
      gross: { paidInCents: "2500000", distributionsCents: "1000000", dpi: "0.4000" },
    });
  });

  test("nothing that was posted after the checkpoint", async () => {
    const before = await read(`/tokens/${student.handle}`);
    await world.invested(teacher, student, { amount: "2,000", percent: "1" });
    expect(await read(`/tokens/${student.handle}`)).toEqual(before);
    expect(before).toMatchObject({
      shares: "10000000",
      ownerShares: "9700000",
      holders: [{ shares: "100000" }, { shares: "100000" }, { shares: "100000" }],
    });
    expect(await read(`/tokens/${String(before.token)}`)).toEqual(before);
  });

  test("is found again where a tree is signed meanwhile, so that all of it stands for one", async () => {
    const sizes: unknown[] = [];
    const meanwhile = endpoint({
      ...{ path: "/x", title: "X", about: "X", params: {}, query: {}, answer: z.null() },
      find: async () => {
        sizes.push((await getPublished(getDb()))?.size);
        if (sizes.length > 1) return null;
        await world.deposit(teacher, world.operators, "5");
        await publishLog(world.now);
        return null;
      },
    });
    const at = { now: world.now, site: "http://x.test" };
    await askEndpoint(meanwhile, { params: {}, query: new URLSearchParams() }, at);
    expect(new Set(sizes).size).toBe(2);
    expect(sizes).toHaveLength(2);
  });

  test("lists page by page, each line once, in order", async () => {
    for (const [first, key] of [
      ["/teachers?limit=1", "handle"],
      ["/teachers?limit=1&sort=rank", "handle"],
      ["/cohorts?limit=1", "slug"],
      [`/teachers/${teacher.handle}/investments?limit=1`, "lot"],
    ] as const) {
      const whole = (await read(first.replace("limit=1", "limit=100"))) as { items: Json[] };
      expect(whole.items.length).toBeGreaterThan(1);
      const seen: unknown[] = [];
      for (let path: string | null = first; path !== null; ) {
        const page = (await read(path)) as { items: Json[]; next: string | null };
        expect(page.items).toHaveLength(1);
        seen.push(...page.items.map((item) => item[key]));
        path = page.next?.slice(page.next.indexOf("/api/v1") + "/api/v1".length) ?? null;
      }
      expect([first, seen]).toEqual([first, whole.items.map((item) => item[key])]);
    }
  });

  test("teachers by the beginnings of their names, cohorts by their phase", async () => {
    const found = (await read(`/teachers?q=${teacher.handle}`)) as { items: Json[] };
    expect(found.items.map(({ handle }) => handle)).toEqual([teacher.handle]);
    expect(await read("/teachers?q=nobodyisso")).toEqual({ items: [], next: null });
    expect(await read("/teachers?skill=weaving")).toEqual({ items: [], next: null });
    const taking = (await read("/teachers?skill=robotics&open=1")) as { items: Json[] };
    expect(taking.items.map((one) => one.handle)).toContain(others[0]?.handle);
    expect(taking.items.map((one) => one.handle)).not.toContain(others[1]?.handle);
    expect((await read("/teachers?skill=robotics")).items).toHaveLength(3);
    const phases = async (phase: string) =>
      ((await read(`/cohorts?phase=${phase}`)).items as Json[]).map((one) => one.phase);
    expect(await phases("upcoming")).toEqual([]);
    expect(new Set(await phases("closed"))).toEqual(new Set(["closed"]));
  });
});

describe("how it is answered", () => {
  test("304 to whoever has it, to every origin, with what is left of the limit", async () => {
    const path = `/teachers/${teacher.handle}/record`;
    const first = await send(path);
    const tag = first.headers.get("etag") ?? "";
    expect(first.headers.get("access-control-allow-origin")).toBe("*");
    expect(first.headers.get("cache-control")).toBe("public, no-cache");
    expect(first.headers.get("ratelimit")).toMatch(/^"api";r=\d+;t=\d+$/);
    const again = await send(path, { headers: { "if-none-match": tag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const preflight = await send(path, { method: "OPTIONS" });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-headers")).toContain("If-None-Match");
    const head = await send(path, { method: "HEAD" });
    expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, tag, ""]);
  });

  test("problems say what is wrong and what to do", async () => {
    expect(await codeOf("/teachers/no-such-handle")).toBe("404 /api#not-found");
    expect(await codeOf("/teachers/NOT A HANDLE/record")).toBe("404 /api#not-found");
    expect(await codeOf(`/tokens/${teacher.handle}`)).toBe("404 /api#not-found");
    expect(await codeOf("/tokens/00000000-0000-4000-8000-000000000000")).toBe("404 /api#not-found");
    expect(await codeOf("/cohorts/no-such-cohort")).toBe("404 /api#not-found");
    for (const path of [
      "/",
      "/teacher",
      "/teachers/",
      "/log/checkpoint",
      `/teachers/${teacher.handle}/records`,
    ])
      expect([path, (await send(path)).status]).toEqual([path, 404]);
    expect(await codeOf("/nothing")).toBe("404 /api#no-such-address");
    for (const query of [
      "limit=0",
      "limit=101",
      "limit=x",
      "more=1",
      "cursor=x",
      "sort=dpi",
      "limit=1&limit=2",
    ])
      expect([query, await codeOf(`/teachers?${query}`)]).toEqual([query, "400 /api#bad-request"]);
    const other = ((await read("/cohorts?limit=1")).next as string).split("cursor=")[1];
    expect(await codeOf(`/teachers?cursor=${other}`)).toBe("400 /api#bad-request");
    const written = action({
      request: new Request("http://x.test/api/v1/log", { method: "POST" }),
    });
    expect([written.status, written.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  test("429 over the limit, with when to come again", async () => {
    const from = "203.0.113.9";
    for (let n = 0; n < READ_LIMITS.api.points; n++) await send("/nothing", { from });
    const refused = await send("/log", { from });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const check = valid("#/components/schemas/Problem");
    expect(check(await refused.json())).toBe(true);
  });
});
