import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBase64 } from "./base64";
import { sha256 } from "./crypto.server";
import {
  type ChainLink,
  commitmentOf,
  formatEntryLeaf,
  formatHeadRecord,
  formatHeadsLeaf,
  nextHead,
  noHead,
  parseCanonical,
  parseEntryLeaf,
  parseHeadsLeaf,
} from "./leaf";

const utf8 = new TextEncoder();
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const HASH = Uint8Array.from({ length: 32 }, (_, i) => i);
const ANN = "00000000-0000-4000-8000-00000000000a";
const BOB = "00000000-0000-4000-8000-00000000000b";

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const person = fc.uuid();
const leaf = fc.record({
  chains: fc
    .uniqueArray(person, { maxLength: 8 })
    .chain((people) =>
      fc.tuple(
        ...people
          .sort()
          .map((one) =>
            fc.record({ n: fc.integer({ min: 1 }), person: fc.constant(one), prev: hash }),
          ),
      ),
    ),
  commit: hash,
});

describe("an entry's leaf", () => {
  it("is canonical JSON with its chains, its commitment and its version", () => {
    const chains: ChainLink[] = [
      { n: 1, person: ANN, prev: noHead() },
      { n: 7, person: BOB, prev: HASH },
    ];
    expect(text(formatEntryLeaf({ chains, commit: HASH }))).toBe(
      `{"chains":[{"n":1,"person":"${ANN}","prev":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},` +
        `{"n":7,"person":"${BOB}","prev":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}],` +
        `"commit":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","v":1}`,
    );
    expect(text(formatEntryLeaf({ chains: [], commit: HASH }))).toBe(
      `{"chains":[],"commit":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","v":1}`,
    );
  });

  it("is read as it was written", () => {
    fc.assert(
      fc.property(leaf, (given) => {
        expect(parseEntryLeaf(formatEntryLeaf(given))).toEqual(given);
      }),
    );
  });

  it("is not read from any bytes that it would not be written as", () => {
    fc.assert(
      fc.property(leaf, fc.nat(), fc.nat(255), (given, where, byte) => {
        const bytes = formatEntryLeaf(given);
        bytes[where % bytes.length] = byte;
        const read = parseEntryLeaf(bytes);
        if (read) expect(formatEntryLeaf(read)).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  const H = toBase64(HASH);
  const link = (n: unknown, who = ANN, prev = H): string =>
    `{"n":${n},"person":"${who}","prev":"${prev}"}`;
  const written = (chains: string, rest = `"commit":"${H}","v":1`): string =>
    `{"chains":[${chains}],${rest}}`;
  const LOOSE = `${H.slice(0, -2)}9=`;

  it("is read in this spelling", () => {
    expect(parseEntryLeaf(utf8.encode(written(`${link(1)},${link(2, BOB)}`)))).not.toBeNull();
  });

  it.each([
    ["people out of order", written(`${link(1, BOB)},${link(2, ANN)}`)],
    ["a person twice", written(`${link(1)},${link(2)}`)],
    ["link 0", written(link(0))],
    ["a link below 0", written(link(-1))],
    ["half a link", written(link("1.5"))],
    ["a number with an exponent", written(link("1e0"))],
    ["a number past 2^53 − 1", written(link("9007199254740992"))],
    ["a number as text", written(link('"1"'))],
    ["an upper-case id", written(link(1, ANN.toUpperCase()))],
    ["a short hash", written(link(1, ANN, toBase64(HASH.slice(1))))],
    ["a long hash", written(link(1, ANN, toBase64(new Uint8Array(33))))],
    ["loose base64", written(link(1, ANN, LOOSE))],
    ["base64 without padding", written(link(1, ANN, H.slice(0, -1)))],
    ["base64 of URLs", written(link(1, ANN, `-${H.slice(1)}`))],
    ["a repeated key", written(link(1), `"commit":"${H}","commit":"${H}","v":1`)],
    ["one more key", written(link(1), `"commit":"${H}","more":1,"v":1`)],
    ["one key less", written(link(1), `"v":1`)],
    ["another version", written(link(1), `"commit":"${H}","v":2`)],
    ["a space", written(link(1), `"commit":"${H}", "v":1`)],
    ["keys out of order", `{"commit":"${H}","chains":[],"v":1}`],
    ["a key more in a link", written(`{"n":1,"o":1,"person":"${ANN}","prev":"${H}"}`)],
    ["an escape that need not be", written(link(1)).replace('"commit"', '"\\u0063ommit"')],
    ["a newline at its end", `${written(link(1))}\n`],
    ["a byte order mark", `\ufeff${written(link(1))}`],
    ["null", "null"],
    ["a list", "[]"],
    ["nothing", ""],
    ["deep lists", "[".repeat(200_000)],
    ["deep lists that end", "[".repeat(200_000) + "]".repeat(200_000)],
    [
      "257 people",
      written(
        Array.from({ length: 257 }, (_, i) =>
          link(1, `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`),
        ).join(","),
      ),
    ],
  ])("is not read with %s", (_, wrong) => {
    expect(parseEntryLeaf(utf8.encode(wrong))).toBeNull();
  });

  it("is not read from bytes that are no text", () => {
    expect(parseEntryLeaf(Uint8Array.of(0x22, 0xff, 0x22))).toBeNull();
    expect(parseCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toBeNull();
  });
});

describe("the leaf of all heads", () => {
  it("is canonical JSON, read as it was written, from nobody on", () => {
    expect(text(formatHeadsLeaf({ heads: HASH, n: 3 }))).toBe(
      `{"heads":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","n":3,"v":1}`,
    );
    for (const n of [0, 1, 2 ** 53 - 1])
      expect(parseHeadsLeaf(formatHeadsLeaf({ heads: HASH, n }))).toEqual({ heads: HASH, n });
  });

  it.each([
    `{"heads":"${toBase64(HASH)}","n":-1,"v":1}`,
    `{"heads":"${toBase64(HASH)}","n":1,"v":2}`,
    `{"heads":"${toBase64(HASH)}","n":1}`,
    `{"heads":"${toBase64(HASH)}","m":1,"n":1,"v":1}`,
    `{"heads":"${toBase64(HASH.slice(1))}","n":1,"v":1}`,
    `{"n":1,"heads":"${toBase64(HASH)}","v":1}`,
  ])("is not read as %s", (wrong) => {
    expect(parseHeadsLeaf(utf8.encode(wrong))).toBeNull();
  });

  it("is no entry's leaf, nor an entry's leaf one", () => {
    expect(parseEntryLeaf(formatHeadsLeaf({ heads: HASH, n: 1 }))).toBeNull();
    expect(parseHeadsLeaf(formatEntryLeaf({ chains: [], commit: HASH }))).toBeNull();
  });

  it("stands over one record a person", () => {
    expect(text(formatHeadRecord({ head: HASH, n: 12, person: ANN }))).toBe(
      `{"head":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","n":12,"person":"${ANN}"}`,
    );
  });
});

// Computed with Python's hashlib.
describe("commitments and heads", () => {
  it("hash the salt before the body", () => {
    const salt = Uint8Array.from({ length: 16 }, (_, i) => i);
    expect(hex(commitmentOf(sha256, salt, utf8.encode("{}")))).toBe(
      "b5c1f9361eb9fbedd3e628a72d1c8fef46544361fd79fa6781baf6d932b1c3f6",
    );
  });

  it("hash the head before the commitment, from 32 zero bytes on", () => {
    const first = nextHead(sha256, noHead(), HASH);
    expect(hex(first)).toBe("bb2275c49f28ad52cae6d55e34a974a58c7a3ba26f976e8ecbbe7a536918dc73");
    expect(hex(nextHead(sha256, first, HASH))).toBe(
      "de961d6b9f269c61ba4852123480daaced4c6a5d6df190941fb20be417d78a2e",
    );
  });
});
