import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json } from "./canonical";

describe("canonical JSON (RFC 8785)", () => {
  test("sorts keys by UTF-16 code units, at every depth, and writes no spaces", () => {
    // The RFC's own example, section 3.2.3: the surrogate pair of the emoji sorts before U+FB33.
    const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(text)).map((key) => key.codePointAt(0))).toEqual(
      // JSON.parse puts the integer-like key first; the text itself is compared below.
      [0x31, 0x0d, 0x80, 0xf6, 0x20ac, 0x1f600, 0xfb33],
    );
    expect(text).toBe(
      '{"\\r":0,"1":0,"\u0080":0,"\u00f6":0,"\u20ac":0,"\ud83d\ude00":0,"\ufb33":0}',
    );
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: true, aa: "x", B: false })).toBe(
      '{"B":false,"a":true,"aa":"x","b":[{"c":null,"d":1}]}',
    );
    expect(canonicalJson({ "10": 1, "9": 2 })).toBe('{"10":1,"9":2}');
  });

  test("escapes what JSON must and nothing else", () => {
    // RFC 8785, section 3.2.2: its string, literally.
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/')).toBe(
      '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"',
    );
    expect(canonicalJson("\b\t\n\f\r\u0000\u001f\u007f</script>")).toBe(
      '"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f</script>"',
    );
  });

  test("writes whole numbers bare, minus zero as 0, and refuses all other numbers", () => {
    expect(canonicalJson([0, -0, -7, 9_007_199_254_740_991])).toBe("[0,0,-7,9007199254740991]");
    for (const number of [0.5, 1e21, 9_007_199_254_740_992, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => canonicalJson({ n: number }), String(number)).toThrow(RangeError);
  });

  test("refuses what JSON cannot say, wherever it stands", () => {
    const wrong: unknown[] = [undefined, () => 1, Symbol("s"), 1n, "\ud800", "a\udc00b"];
    for (const value of wrong) {
      expect(() => canonicalJson(value as Json), String(value)).toThrow();
      expect(() => canonicalJson({ a: value } as Json), String(value)).toThrow();
      expect(() => canonicalJson([value] as Json), String(value)).toThrow();
    }
    expect(() => canonicalJson({ "\ud800": 1 })).toThrow();
    expect(() => canonicalJson(new Array(1) as Json)).toThrow();
    expect(() => canonicalJson(new Date(0) as unknown as Json)).toThrow();
  });

  test("says the same of the same value however its keys were put in, and parses back to it", () => {
    const json = fc.letrec<{ value: Json; object: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger().map((n) => (n === 0 ? 0 : n)),
        fc.string({ unit: "grapheme" }),
        fc.array(tie("value"), { maxLength: 4 }),
        tie("object"),
      ),
      object: fc.dictionary(fc.string({ unit: "grapheme" }), tie("value"), { maxKeys: 5 }),
    })).value;
    const turned = (value: Json): Json => {
      if (Array.isArray(value)) return value.map(turned);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, turned(member)]),
      );
    };
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(turned(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 500 },
    );
  });
});
