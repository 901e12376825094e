import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { LEDGER_REFUSALS } from "./refusals";

it("the room's table lists the refusals in the order of the code", () => {
  const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");
  const rows = [...readme.matchAll(/^\| \d+ \| `([a-z_]+)` \|/gm)].map((match) => match[1]);
  expect(rows).toEqual([...LEDGER_REFUSALS]);
});
