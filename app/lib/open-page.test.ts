import { readdirSync } from "node:fs";
import type { EntryContext } from "@remix-run/node";
import { describe, expect, it } from "vitest";
import { keepPage, OPEN_PAGES, tagOfPage } from "./open-page.server";

type Given = Partial<{
  url: string;
  method: string;
  status: number;
  headers: Record<string, string>;
  version: string;
  leaf: string;
  root: object;
  data: unknown;
  errors: Record<string, unknown> | null;
}>;

function tagOf(given: Given = {}): string | null {
  const { url = "http://x.test/teachers/maya", method = "GET", status = 200 } = given;
  const { leaf = "routes/teachers.$handle", data = { dpi: "0.4500" } } = given;
  const root = { viewer: null, practice: true, said: null, zone: null, ...given.root };
  const context = {
    manifest: { version: given.version ?? "1" },
    staticHandlerContext: {
      matches: [{ route: { id: "root" } }, { route: { id: leaf } }],
      loaderData: { root, [leaf]: data },
      errors: given.errors ?? null,
    },
  } as unknown as EntryContext;
  const headers = new Headers(given.headers);
  return tagOfPage(new Request(url, { method }), { status, headers }, context);
}

describe("the validator of a page", () => {
  it("is the same for the same, and another whenever anything shown is another", () => {
    const tag = tagOf();
    expect(tag).toMatch(/^W\/"[\w-]{20,}"$/);
    expect(tagOf({ method: "HEAD" })).toBe(tag);
    const others: Given[] = [
      { data: { dpi: "0.4501" } },
      { data: { dpi: "0.4500", more: [] } },
      { root: { zone: "Asia/Tokyo" } },
      { root: { practice: false } },
      { version: "2" },
      { url: "http://x.test/teachers/maya?all" },
      { url: "http://x.test/teachers/kenji" },
    ];
    const tags = others.map(tagOf);
    expect(tags).not.toContain(null);
    expect(new Set([tag, ...tags]).size).toBe(others.length + 1);
  });

  it.each<[string, Given]>([
    ["somebody who is signed in", { root: { viewer: { handle: "maya" } } }],
    ["a message that is said once", { root: { said: "Saved." } }],
    ["a cookie to set", { headers: { "set-cookie": "a=b" } }],
    ["a page that says itself how it is kept", { headers: { "cache-control": "no-store" } }],
    ["a page that is not open", { leaf: "routes/sign-in" }],
    ["an unknown name", { status: 404 }],
    ["an error", { errors: { root: new Error("no") } }],
    ["a form that was sent", { method: "POST" }],
    ["data that come later", { data: { later: Promise.resolve(1) } }],
    ["data that text does not tell apart", { data: { names: new Map([["a", 1]]) } }],
  ])("is none for %s", (_, given) => {
    expect(tagOf(given)).toBeNull();
  });

  it("lists pages that there are", () => {
    const routes = readdirSync("app/routes");
    expect(routes).toEqual(expect.arrayContaining([...OPEN_PAGES]));
  });
});

describe("a page that is kept", () => {
  it("is asked for again each time, and not sent again where nothing changed", () => {
    const headers = new Headers({ "content-type": "text/html" });
    const request = (known: string) =>
      new Request("http://x.test/", { headers: { "if-none-match": known } });
    expect(keepPage(request('W/"0"'), 'W/"1"', headers)).toBeNull();
    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "public, no-cache",
      etag: 'W/"1"',
      vary: "Cookie",
    });
    expect(keepPage(request('W/"1"'), 'W/"1"', new Headers())?.status).toBe(304);
  });
});
