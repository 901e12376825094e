import { beforeAll, describe, expect, it } from "vitest";
import { textOf } from "#tests/setup/log-world";
import {
  annsParts,
  type Forgery,
  forged,
  judge,
  leavesOf,
  richLog,
  setAt,
} from "#tests/setup/verify-world";
import type { Json } from "../canonical";

let honest: string;
beforeAll(async () => {
  honest = await textOf(annsParts(richLog()));
});
const isTrue = async (text: string) => expect((await judge(text)).verdict).toBe("true");
const isLie = async (text: string, about: RegExp) => {
  const told = await judge(text);
  expect(told.lies[0]).toMatch(about);
  expect(told.verdict).toBe("lie");
};

describe("a liar who states", () => {
  const DIGITS_COMPARED = 8;
  /** Another value of the same form: one more in its last digit that counts. */
  const other = (value: Json): Json[] => {
    if (value === null || typeof value === "object") return ["1.0000"];
    if (typeof value === "boolean") return [!value];
    if (typeof value === "number") return [value + 1, -value - 1, String(value), null];
    const [whole = "", decimals] = value.split(".");
    if (!/^-?\d+$/.test(whole)) return [`${value}x`, null];
    if (decimals === undefined)
      return [String(BigInt(value) + 1n), `${value}0`, Number(value), null];
    const at = Math.min(decimals.length, DIGITS_COMPARED) - 1;
    const digit = (Number(decimals[at]) + 1) % 10;
    const changed = decimals.slice(0, at) + digit + decimals.slice(at + 1);
    return [`${whole}.${changed}`, `${value}0`, value.slice(0, -1), null];
  };

  it("any single number of the summary otherwise", async () => {
    const all = leavesOf(JSON.parse(honest) as Json).filter(([path]) => path[0] === "summary");
    expect(all.length).toBeGreaterThan(150);
    for (const [path, value] of all)
      for (const changed of other(value)) {
        const told = await judge(forged(honest, (bundle) => setAt(bundle, path, changed)));
        expect(told.lies[0], `${path.join(".")} ${changed}`).toContain(path.slice(1).join("."));
        expect(told.verdict).toBe("lie");
      }
  }, 120_000);

  it("a rate only where it differs by more than what two solvers may", async () => {
    const at = ["summary", "gross", "irr", "rate"];
    const rate = JSON.parse(honest).summary.gross.irr.rate as string;
    const moved = (by: number) =>
      forged(honest, (bundle) => setAt(bundle, at, (Number(rate) + by).toFixed(12)));
    await isTrue(moved(9e-10));
    await isLie(moved(1.1e-9), /gross.irr.rate/);
    await isLie(
      forged(honest, (b) => setAt(b, at, `0${rate}`)),
      /gross.irr.rate/,
    );
    await isLie(
      forged(honest, (b) => setAt(b, at, "NaN")),
      /gross.irr.rate/,
    );
  });

  it.each<[string, RegExp, (summary: Forgery) => unknown]>([
    [
      "one number more",
      /more is stated as 1; the entries give nothing/,
      (s) => ({ ...s, more: 1 }),
    ],
    ["a position more", /positions.3/, (s) => s.positions.push(s.positions[0])],
    ["a position less", /positions.2 is stated as nothing/, (s) => void s.positions.pop()],
    ["positions in another order", /positions.0/, (s) => void s.positions.reverse()],
    ["a vintage less", /vintages.0/, (s) => void s.vintages.pop()],
    ["one number less", /medianTvpi is stated as nothing/, (s) => void delete s.medianTvpi],
    ["no net", /net is stated as nothing/, (s) => void delete s.net],
    ["nothing", /valuationDate is stated as nothing/, () => ({})],
    ["a list", /is stated as \[\]/, () => []],
    ["a word", /is stated as good/, () => "good"],
    [
      "a prototype",
      /__proto__ is stated/,
      (s) => JSON.parse(JSON.stringify(s).replace("{", '{"__proto__":1,')),
    ],
  ])("%s", async (_, about, change) => {
    const text = forged(honest, (bundle) => {
      const summary = change(bundle.summary);
      if (typeof summary === "object" || typeof summary === "string") bundle.summary = summary;
    });
    await isLie(text, about);
  });
});
