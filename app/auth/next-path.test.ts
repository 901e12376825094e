import { expect, test } from "vitest";
import { localPath } from "./next-path";

test.each(["/", "/home", "/offers/1?step=2#top", "/a//b"])("%s leads on", (path) =>
  expect(localPath(path)).toBe(path),
);

test.each([
  null,
  undefined,
  "",
  "home",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "/%5cevil\\x",
  "https://evil.example",
  "javascript:alert(1)",
  "\\/evil.example",
  " //evil.example",
  `/${"a".repeat(600)}`,
])("%j does not", (path) => expect(localPath(path)).toBeNull());
