import { beforeAll, describe, expect, it } from "vitest";
import { textOf } from "#tests/setup/log-world";
import {
  annsParts,
  type Forgery,
  forged,
  judge,
  loosened,
  richLog,
} from "#tests/setup/verify-world";
import { toBase64 } from "./base64";

let honest: string;
beforeAll(async () => {
  honest = await textOf(annsParts(richLog()));
});
const entriesOf = (bundle: Forgery): Forgery[] => bundle.entries;
/** Changes what is written in base64, as text. */
const rewritten = (base64: string, change: (text: string) => string): string =>
  Buffer.from(change(Buffer.from(base64, "base64").toString("utf8"))).toString("base64");

describe("a liar who writes otherwise", () => {
  const nextTo = (text: string, find: string, put: string) => {
    expect(text).toContain(find);
    return text.replace(find, () => put);
  };
  const loose = (b: Forgery, key: string) => {
    const entry = entriesOf(b).find((one) => loosened(one[key]) !== null);
    entry[key] = loosened(entry[key]);
  };
  it.each<[string, (text: string) => string]>([
    ["a newline at the end", (text) => `${text}\n`],
    ["a space at the end", (text) => `${text} `],
    ["a space at the start", (text) => ` ${text}`],
    ["a byte order mark", (text) => `\ufeff${text}`],
    ["a space after a comma", (text) => nextTo(text, '],"handle"', '], "handle"')],
    ["a space after a colon", (text) => nextTo(text, '"handle":', '"handle": ')],
    ["lines", (text) => JSON.stringify(JSON.parse(text), null, 1)],
    ["a repeated key", (text) => nextTo(text, '"handle":"ann",', '"handle":"bob","handle":"ann",')],
    [
      "a repeated key of the same value",
      (text) => nextTo(text, '"origin":', '"origin":"belay.test/log","origin":'),
    ],
    ["a repeated key in an entry", (text) => nextTo(text, '{"body":', '{"body":"","body":')],
    [
      "a repeated key in the summary",
      (text) => nextTo(text, '"students":', '"students":9,"students":'),
    ],
    [
      "keys in another order",
      (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse())),
    ],
    [
      "keys of the summary in another order",
      (text) => {
        const { summary } = JSON.parse(text);
        const reversed = Object.fromEntries(Object.entries(summary).reverse());
        return nextTo(text, JSON.stringify(summary), JSON.stringify(reversed));
      },
    ],
    ["a key too many", (text) => forged(text, (b) => ({ ...b, zeal: 1 }))],
    ["a key too many at the start", (text) => forged(text, (b) => ({ ...b, aaa: 1 }))],
    [
      "a key too many in an entry",
      (text) =>
        forged(text, (b) => Object.assign(entriesOf(b)[2], { memo: "" })).replace(
          /^.*$/,
          (all) => all,
        ),
    ],
    ["a key too few", (text) => forged(text, (b) => void delete b.vkey)],
    ["an entry without its salt", (text) => forged(text, (b) => void delete entriesOf(b)[2].salt)],
    ["an entry without its body", (text) => forged(text, (b) => void delete entriesOf(b)[2].body)],
    [
      "null for a body",
      (text) => forged(text, (b) => Object.assign(entriesOf(b)[2], { body: null }) && b),
    ],
    [
      "a needless escape in a name",
      (text) => nextTo(text, '"handle":"ann"', '"handle":"\\u0061nn"'),
    ],
    ["a needless escape in the checkpoint", (text) => nextTo(text, "— belay", "\\u2014 belay")],
    ["an escaped slash", (text) => nextTo(text, "belay.test/log", "belay.test\\/log")],
    ["a number with a point", (text) => text.replace(/"index":(\d+)/, '"index":$1.0')],
    ["a number with an exponent", (text) => text.replace(/"index":(\d+)/, '"index":$1e0')],
    ["a number with zeros before it", (text) => text.replace(/"index":(\d+)/, '"index":0$1')],
    ["a number with a sign", (text) => text.replace(/"index":(\d+)/, '"index":-$1')],
    ["a number as text", (text) => text.replace(/"index":(\d+)/, '"index":"$1"')],
    [
      "a number of a thousand digits",
      (text) => text.replace(/"index":\d+/, `"index":${"1".repeat(1000)}`),
    ],
    ["minus zero in the summary", (text) => nextTo(text, '"students":2', '"students":-0')],
    ["a float in the summary", (text) => nextTo(text, '"students":2', '"students":2.0')],
    ["loose base64 in a leaf", (text) => forged(text, (b) => loose(b, "leaf"))],
    ["loose base64 in a body", (text) => forged(text, (b) => loose(b, "body"))],
    ["loose base64 in a salt", (text) => forged(text, (b) => loose(b, "salt"))],
    [
      "loose base64 in a proof",
      (text) =>
        forged(text, (b) => {
          const { proof } = entriesOf(b)[3];
          proof[0] = loosened(proof[0]);
        }),
    ],
    [
      "loose base64 in the head",
      (text) =>
        forged(text, (b) => {
          b.head.head = loosened(b.head.head);
        }),
    ],
    [
      "base64 without padding",
      (text) =>
        forged(text, (b) => {
          b.head.head = b.head.head.replace("=", "");
        }),
    ],
    [
      "base64 of URLs",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[0].salt = `_${entriesOf(b)[0].salt.slice(1)}`;
        }),
    ],
    [
      "base64 with padding inside",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[0].leaf = `AA==${entriesOf(b)[0].leaf}`;
        }),
    ],
    [
      "base64 with a newline",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[0].leaf += "\n";
        }),
    ],
    [
      "a longer salt",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[0].salt = toBase64(new Uint8Array(17));
        }),
    ],
    [
      "a longer hash",
      (text) =>
        forged(text, (b) => {
          b.head.head = toBase64(new Uint8Array(33));
        }),
    ],
    [
      "a proof of 65 hashes",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[0].proof = Array.from({ length: 65 }, () => toBase64(new Uint8Array(32)));
        }),
    ],
    [
      "a proof with a hash more",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[9].proof.push(toBase64(new Uint8Array(32)));
        }),
    ],
    [
      "a proof with a hash less",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[9].proof.pop();
        }),
    ],
    [
      "no proof",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[9].proof = [];
        }),
    ],
    [
      "a leaf with a space",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[0].leaf = rewritten(entriesOf(b)[0].leaf, (leaf) => `${leaf} `);
        }),
    ],
    [
      "an upper-case id",
      (text) => forged(text, (b) => ({ ...b, person: "0000000A-0000-4000-8000-000000000001" })),
    ],
    ["nothing", () => ""],
    ["null", () => "null"],
    ["an empty object", () => "{}"],
    ["a list", () => "[]"],
    ["half of it", (text) => text.slice(0, text.length / 2)],
    ["all but its end", (text) => text.slice(0, -1)],
    ["it twice", (text) => text + text],
    ["deep lists", () => "[".repeat(1_000_000)],
    [
      "deep lists in the summary",
      (text) => text.replace(/"summary":.*$/s, `"summary":${"[".repeat(1_000_000)}`),
    ],
    [
      "deep lists that end in the summary",
      (text) =>
        text.replace(
          /"summary":\{.*\},"val/s,
          `"summary":${"[".repeat(100_000)}${"]".repeat(100_000)},"val`,
        ),
    ],
    ["a string that never ends", (text) => `{"checkpoint":"${"a".repeat(1_000_000)}${text.length}`],
    [
      "a checkpoint of a megabyte",
      (text) => forged(text, (b) => ({ ...b, checkpoint: "a".repeat(2 ** 20) })),
    ],
    [
      "a leaf of a megabyte",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[0].leaf = toBase64(new Uint8Array(2 ** 20));
        }),
    ],
    [
      "a body of two megabytes",
      (text) =>
        forged(text, (b) => {
          entriesOf(b)[0].body = toBase64(new Uint8Array(2 ** 21));
        }),
    ],
    ["a zero byte", (text) => nextTo(text, '"ann"', '"an\0"')],
    ["half a character", (text) => nextTo(text, "— belay", "\\ud83d belay")],
  ])("%s", async (_, change) => {
    const told = await judge(change(honest));
    expect(told.lies).toHaveLength(1);
    expect(told.verdict).toBe("lie");
  });

  it("bytes that are no text", async () => {
    const bytes = new Uint8Array(Buffer.from(honest));
    bytes[bytes.indexOf(0xe2)] = 0xff;
    expect((await judge(bytes)).verdict).toBe("lie");
    expect((await judge(new Uint8Array(1000).fill(0xff))).verdict).toBe("lie");
  });
});
