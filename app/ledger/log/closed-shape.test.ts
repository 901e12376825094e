import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { richBook } from "#tests/setup/rich-book";
import { leavesOf, setAt } from "#tests/setup/verify-world";
import { z } from "~/lib/zod";
import { publicBody } from "../bodies";
import { canonicalJson, type Json } from "../canonical";
import { readBody } from "./chain";
import { shapeOf } from "./closed-shape";

const isBody = shapeOf(publicBody);
const bodies = richBook().bodies.filter(({ kind }) => kind !== "deposit") as unknown as Json[];
const utf8 = new TextEncoder();
const canonical = (value: Json): Json => JSON.parse(canonicalJson(value)) as Json;

describe("the quick shape of a body", () => {
  it("says yes to every kind", () => {
    expect(new Set(bodies.map((body) => (body as { kind: string }).kind)).size).toBe(14);
    for (const body of bodies) expect(isBody(canonical(body)), canonicalJson(body)).toBe(true);
  });

  const odd = fc.oneof(
    fc.constantFrom<Json>(
      ...[null, true, 0, 1.5, "", "0", "00", "-1", "1e3", "ann", "price", "USD", [], {}, [""]],
      ...["2024-02-29", "2023-02-29", "2024-01-01T24:00:00.000Z", "2024-01-01T00:00:00.000Z"],
      ...["00000000-0000-4000-8000-000000000001", "cash/00000000-0000-4000-8000-000000000001"],
    ),
    fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as Json),
  );
  it("is the schema's answer to a body in which anything is changed, added or taken away", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        odd,
        fc.constantFrom("set", "add", "take"),
        (which, where, value, how) => {
          const body = structuredClone(bodies[which % bodies.length]) as { [key: string]: Json };
          const ways = leavesOf(body).map(([path]) => path);
          const path = ways[where % ways.length] ?? [];
          const parents = path.slice(0, (where % path.length) + 1);
          if (how === "set") setAt(body, parents, value);
          if (how === "add") setAt(body, [...parents.slice(0, -1), "more"], value);
          if (how === "take") setAt(body, parents, undefined);
          const json = JSON.parse(JSON.stringify(body)) as Json;
          let text: string;
          try {
            text = canonicalJson(json);
          } catch {
            return;
          }
          const read = canonical(json);
          const accepts = publicBody.safeParse(read).success;
          expect(isBody(read), text).toBe(accepts);
          expect("body" in readBody(utf8.encode(text)), text).toBe(accepts);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("wants its keys in canonical order", () => {
    const { kind, ...rest } = bodies[0] as { [key: string]: Json };
    expect(isBody({ kind, ...rest } as Json)).toBe(false);
  });

  it("is not made of schemas that it cannot say exactly", () => {
    const refused: z.ZodType[] = [
      z.object({}),
      z.looseObject({}),
      z.number(),
      z.string().min(1),
      z.string().optional(),
      z.strictObject({ a: z.string().optional() }),
      z.array(z.string()).max(3),
      z.record(z.string(), z.string()),
      z.string().transform((text) => text),
      z.string().regex(/a/g),
    ];
    for (const schema of refused) expect(() => shapeOf(schema)).toThrow(TypeError);
  });
});
