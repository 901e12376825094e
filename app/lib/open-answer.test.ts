import { describe, expect, it } from "vitest";
import { isKnown, strongTag, weakTag } from "./entity-tag.server";
import { openAnswer, preflightAnswer, problemAnswer } from "./open-answer.server";

const get = (headers: Record<string, string> = {}, method = "GET") =>
  new Request("http://x.test/a", { method, headers });

const text = (request: Request, body = "one") =>
  openAnswer(request, { body, contentType: "text/plain", keep: "revalidate" });

describe("a validator", () => {
  it("differs where any part does, and where parts are cut differently", () => {
    const tags = [weakTag("ab", "c"), weakTag("a", "bc"), weakTag("abc"), weakTag("ab", "d")];
    expect(new Set(tags).size).toBe(4);
    expect(weakTag("ab", "c")).toBe(tags[0]);
    expect(strongTag("ab", "c")).toBe(tags[0]?.replace(/^W\//, ""));
  });

  it.each([
    ['"1"', '"1"', true],
    ['W/"1"', '"1"', true],
    ['"1"', 'W/"1"', true],
    ['"0", W/"1" ,"2"', '"1"', true],
    ["*", '"1"', true],
    ['"0,1"', '"1"', false],
    ['"11"', '"1"', false],
    ["1", '"1"', false],
    ["", '"1"', false],
  ])("If-None-Match: %s of %s is known: %s", (said, tag, known) => {
    expect(isKnown(get({ "if-none-match": said }), tag)).toBe(known);
  });
});

describe("an open answer", () => {
  it("is kept by all and asked for again; 304 without a body to whoever has it, whole to whoever has another", async () => {
    const first = text(get());
    const tag = first.headers.get("etag") ?? "";
    expect(await first.text()).toBe("one");
    expect(Object.fromEntries(first.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "cache-control": "public, no-cache",
      "content-type": "text/plain",
      "cross-origin-resource-policy": "cross-origin",
    });
    const again = text(get({ "if-none-match": tag }));
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(Object.fromEntries(again.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "cache-control": "public, no-cache",
      etag: tag,
    });
    expect(again.headers.get("content-type")).toBeNull();
    expect(text(get({ "if-none-match": tag }), "two").status).toBe(200);
  });

  it("makes no body for HEAD, and says the same of it", async () => {
    async function* never() {
      yield await Promise.reject<string>(new Error("made"));
    }
    const answer = openAnswer(get({}, "HEAD"), {
      ...{ body: never(), contentType: "text/plain", keep: "revalidate", tag: '"1"' },
    });
    expect([answer.status, answer.headers.get("etag")]).toEqual([200, '"1"']);
    expect(answer.body).toBeNull();
  });

  it("is kept by nobody, or for ever, where it says so", () => {
    const kept = (keep: "never" | "forever") => {
      const { headers } = openAnswer(get(), { body: "", contentType: "text/plain", keep });
      return [headers.get("cache-control"), headers.get("etag")];
    };
    expect(kept("never")).toEqual(["no-store", null]);
    expect(kept("forever")).toEqual(["max-age=31536000, immutable", null]);
  });

  it("lets every page ask with conditions, and no page write", () => {
    const { status, headers } = preflightAnswer();
    expect([status, headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    expect(headers.get("access-control-allow-headers")).toContain("If-None-Match");
    expect(headers.get("access-control-allow-methods")).toBe("GET, HEAD, OPTIONS");
  });

  it("says what is wrong and what to do, for programs", async () => {
    const problem = { kind: "k", status: 404, title: "T", detail: "D", next: "N" };
    const answer = problemAnswer(get(), problem);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toEqual({
      ...{ type: "/api#k", status: 404, title: "T", detail: "D", next: "N" },
    });
  });
});
