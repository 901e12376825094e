import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FACES, makeFace, pathOf } from "./subset.mjs";

type Face = keyof typeof FACES;
const css = readFileSync(new URL("./inter.css", import.meta.url), "utf8");
const names = Object.keys(FACES) as Face[];

/** The code points that the stylesheet says a face has. */
function claimedBy(name: Face): number[] {
  const face = css.split("@font-face").find((rule) => rule.includes(`inter-${name}.woff2`)) ?? "";
  return [...face.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].flatMap(([, from, to]) => {
    const first = Number.parseInt(from ?? "", 16);
    const last = to === undefined ? first : Number.parseInt(to, 16);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

describe("the faces of Inter", () => {
  it.each(names)("%s is what Fontsource's file makes it", async (name) => {
    expect(Buffer.compare(await makeFace(name), readFileSync(pathOf(name)))).toBe(0);
  });

  it("claim no letter that they do not have, and no letter twice", () => {
    const all = names.flatMap((name) => {
      const claimed = claimedBy(name);
      expect(claimed.length).toBeGreaterThan(100);
      for (const code of claimed)
        expect(FACES[name].some(([first = 1, last = 0]) => first <= code && code <= last)).toBe(
          true,
        );
      return claimed;
    });
    expect(new Set(all).size).toBe(all.length);
  });
});
