import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { countryOptions, isCountry } from "./countries";
import { handleProblem, isBirthDate, isInFuture, RESERVED_HANDLES } from "./rules";
import { profileInput, signUpInput } from "./schema";

describe("handles", () => {
  test.each([
    ["alice", null],
    ["a-1", null],
    ["a".repeat(30), null],
    ["ab", "shape"],
    ["a".repeat(31), "shape"],
    ["Alice", "shape"],
    ["al ice", "shape"],
    ["alicé", "shape"],
    ["", "shape"],
    ["alice\n", "shape"],
    ["desk", "reserved"],
    ["sign-up", "reserved"],
  ] as const)("%j: %s", (handle, problem) => expect(handleProblem(handle)).toBe(problem));

  test("the database reserves the same words", () => {
    const sql = readFileSync(
      new URL("../../../db/migrations/0000_functions.sql", import.meta.url),
      "utf8",
    );
    const list = /handle_is_reserved[\s\S]*?ARRAY\[([\s\S]*?)\]/.exec(sql)?.[1] ?? "";
    const words = [...list.matchAll(/'([^']+)'/g)].map((found) => found[1] ?? "");
    expect(new Set(words)).toEqual(new Set(RESERVED_HANDLES));
  });
});

describe("birth dates", () => {
  test.each([
    ["2001-03-27", true],
    ["2000-02-29", true],
    ["2001-02-29", false],
    ["1900-01-01", false],
    ["27.03.2001", false],
    ["2001-3-27", false],
    ["", false],
  ])("%j: %s", (text, real) => expect(isBirthDate(text)).toBe(real));

  test("a day is to come only when it is so everywhere on Earth", () => {
    const now = new Date("2026-11-22T11:00:00Z");
    expect(isInFuture("2026-11-22", now)).toBe(false);
    expect(isInFuture("2026-11-23", now)).toBe(false);
    expect(isInFuture("2026-11-24", now)).toBe(true);
  });
});

test("countries are codes with names, in the order of the names", () => {
  const options = countryOptions();
  expect(options).toHaveLength(249);
  expect(options[0]).toEqual({ value: "AF", label: "Afghanistan" });
  expect(options).toContainEqual({ value: "DE", label: "Germany" });
  expect(options.every((option) => option.label !== option.value)).toBe(true);
  expect(isCountry("XX")).toBe(false);
  expect(isCountry("de")).toBe(false);
});

describe("what is typed at a sign-up", () => {
  const good = {
    email: " Alice@Example.org ",
    password: "four words or more",
    displayName: "Alice",
    handle: "alice",
    legalName: "Alice Liddell",
    dateOfBirth: "2001-03-27",
    country: "GB",
  };
  const problems = (change: Record<string, string>) => {
    const parsed = signUpInput.safeParse({ ...good, ...change });
    return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join("."));
  };

  test("an address is kept trimmed and in lower case", () =>
    expect(signUpInput.parse(good).email).toBe("alice@example.org"));
  test.each([
    [{ password: "eleven char" }, ["password"]],
    [{ password: "x".repeat(12) }, []],
    [{ password: "x".repeat(200) }, []],
    [{ password: "x".repeat(201) }, ["password"]],
    [{ email: "alice" }, ["email"]],
    [{ displayName: "  " }, ["displayName"]],
    [{ displayName: "see https://evil.example" }, ["displayName"]],
    [{ legalName: "Alice\nLiddell" }, ["legalName"]],
    [{ country: "" }, ["country"]],
    [{ dateOfBirth: "2026-02-30" }, ["dateOfBirth"]],
    [{ handle: "Desk!" }, ["handle"]],
  ])("%j", (change, fields) => expect(problems(change)).toEqual(fields));
});

describe("links of a profile", () => {
  test("only those with an address are kept; one without a title is called by its host", () => {
    const { links } = profileInput.parse({
      linkTitle1: "dropped",
      linkUrl2: "https://example.org/a",
      linkTitle3: "Code",
      linkUrl3: "http://code.example",
    });
    expect(links).toEqual([
      { title: "example.org", url: "https://example.org/a" },
      { title: "Code", url: "http://code.example" },
    ]);
  });
  test.each(["javascript:alert(1)", "data:text/html,x", "/local", "example.org"])(
    "%s is refused",
    (url) => {
      const parsed = profileInput.safeParse({ linkUrl1: url });
      expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toEqual(["linkUrl1"]);
    },
  );
});
