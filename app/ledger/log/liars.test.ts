import { beforeAll, describe, expect, it } from "vitest";
import { makeKey, type TestLog, textOf } from "#tests/setup/log-world";
import { idOf, PEOPLE, richBook, VALUED } from "#tests/setup/rich-book";
import {
  annsParts,
  type Forgery,
  flipped,
  forged,
  judge,
  leavesOf,
  richLog,
  setAt,
} from "#tests/setup/verify-world";
import type { Json } from "../canonical";
import { toBase64 } from "./base64";
import { sha256, signText } from "./crypto.server";
import { formatHeadRecord, formatHeadsLeaf, noHead } from "./leaf";
import { leafHash, treeOf } from "./merkle";
import { formatNote, parseNote } from "./note";

let log: TestLog;
let honest: string;
let bobs: string;
let newer: string;

beforeAll(async () => {
  log = richLog();
  honest = await textOf(annsParts(log));
  bobs = await textOf(log.partsOf(PEOPLE.bob, VALUED));
  const later = richBook();
  later.keep("2024-03-01");
  later.write(
    "reversal",
    "2024-03-02",
    idOf(1035),
    { claims: [] },
    {
      ...{ reverses: idOf(1035), people: [PEOPLE.ann] },
    },
  );
  newer = await textOf(annsParts(richLog(later)));
});

const isTrue = async (text: string) => expect((await judge(text)).verdict).toBe("true");
const isLie = async (text: string, about: RegExp, vkeys?: string[]) => {
  const told = await judge(text, vkeys ? { vkeys } : {});
  expect(told.lies[0]).toMatch(about);
  expect(told.verdict).toBe("lie");
};
const entriesOf = (bundle: Forgery): Forgery[] => bundle.entries;
const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, "base64"));
type Liar = [name: string, about: RegExp, change: (bundle: Forgery) => unknown];

const LEFT_OUT: Liar[] = [
  ["the newest entry", /lead to its head/, (b) => entriesOf(b).pop()],
  [
    "the newest entry, and the head counts one less",
    /states another head/,
    (b) => {
      entriesOf(b).pop();
      b.head.n -= 1;
    },
  ],
  [
    "the newest loss, the head mended to the one before it",
    /states another head/,
    (b) => {
      const last = entriesOf(b).pop();
      const leaf = JSON.parse(Buffer.from(last.leaf, "base64").toString());
      const { prev, n } = leaf.chains.find((one: Forgery) => one.person === PEOPLE.ann);
      b.head = { head: prev, n: n - 1 };
    },
  ],
  [
    "the newest loss, head and leaf of all heads mended",
    /leaf of all heads is not the last/,
    (b) => {
      const last = entriesOf(b).pop();
      const leaf = JSON.parse(Buffer.from(last.leaf, "base64").toString());
      const { prev, n } = leaf.chains.find((one: Forgery) => one.person === PEOPLE.ann);
      b.head = { head: prev, n: n - 1 };
      const record = leafHash(
        sha256,
        formatHeadRecord({ head: bytesOf(prev), n: n - 1, person: PEOPLE.ann }),
      );
      b.heads.leaf = toBase64(formatHeadsLeaf({ heads: record, n: 1 }));
      Object.assign(b.heads, { position: 0, path: [] });
    },
  ],
  ["an entry of the middle", /entry 8: not link 8/, (b) => entriesOf(b).splice(7, 1)],
  ["the opening", /entry 1: not link 1/, (b) => entriesOf(b).shift()],
  ["all entries", /the chain is empty/, (b) => entriesOf(b).splice(0)],
  ["a body", /missing/, (b) => ["body", "salt"].map((key) => delete entriesOf(b)[5][key])],
  ["the chain of the same person", /is the same person/, (b) => b.others.pop()],
  [
    "an entry of the same person's chain",
    /ann-ltd.*lead to its head/,
    (b) => b.others[0].entries.pop(),
  ],
];

const PUT_IN: Liar[] = [
  ["an entry twice", /out of the log's order/, (b) => entriesOf(b).splice(5, 0, entriesOf(b)[5])],
  [
    "an entry twice at the end",
    /out of the log's order/,
    (b) => entriesOf(b).push(entriesOf(b).at(-1)),
  ],
  ["the chain of the same person twice", /twice/, (b) => b.others.push(b.others[0])],
  [
    "oneself as another",
    /twice/,
    ({ entries, handle, head, heads, person, ...b }) => ({
      ...{ ...b, entries, handle, head, heads, person },
      others: [...b.others, { entries, handle, head, heads, person }],
    }),
  ],
  [
    "a stranger's chain",
    /bob is not said to be the same person/,
    (b) => {
      const { entries, handle, head, heads, person } = JSON.parse(bobs);
      b.others.push({ entries, handle, head, heads, person });
    },
  ],
  [
    "another's newest entry",
    /entry 21: out of the log/,
    (b) => entriesOf(b).push(JSON.parse(bobs).entries.at(-3)),
  ],
  [
    "entries of a newer log",
    /entry 1: not in the log/,
    (b) => {
      b.entries = JSON.parse(newer).entries;
    },
  ],
  [
    "entries and head of a newer log",
    /not the last of the log/,
    (b) => {
      const { entries, head, heads } = JSON.parse(newer);
      Object.assign(b, { entries, head, heads });
    },
  ],
];

const TURNED: Liar[] = [
  [
    "two entries",
    /entry 4: out of the log's order|entry 4: not link/,
    (b) => {
      const [one, other] = entriesOf(b).splice(3, 2);
      entriesOf(b).splice(3, 0, other, one);
    },
  ],
  ["all entries", /entry 1: not link 1/, (b) => entriesOf(b).reverse()],
  [
    "the bodies of two entries",
    /not what the log is committed to/,
    (b) => {
      const [one, other] = [entriesOf(b)[3], entriesOf(b)[4]];
      [one.body, other.body] = [other.body, one.body];
    },
  ],
  [
    "bodies and salts of two entries",
    /not what the log is committed to/,
    (b) => {
      const [one, other] = [entriesOf(b)[3], entriesOf(b)[4]];
      [one.body, one.salt, other.body, other.salt] = [other.body, other.salt, one.body, one.salt];
    },
  ],
  ["the hashes of a proof", /not in the log/, (b) => entriesOf(b)[6].proof.reverse()],
  ["the hashes of the heads' path", /states another head/, (b) => b.heads.path.reverse()],
  [
    "oneself and the company",
    /not link 1|another head/,
    (b) => {
      [b.person, b.others[0].person] = [b.others[0].person, b.person];
    },
  ],
];

const RENAMED: Liar[] = [
  ["the handle", /the handle that was opened is ann/, (b) => ({ ...b, handle: "andy" })],
  [
    "the company's handle",
    /opened is ann-ltd/,
    (b) => Object.assign(b.others[0], { handle: "ltd" }),
  ],
  ["the person", /states another head/, (b) => ({ ...b, person: idOf(77) })],
  [
    "the origin",
    /the checkpoint is of belay.test\/log/,
    (b) => ({ ...b, origin: "belay.test/lot" }),
  ],
  [
    "the day, before the last entry",
    /before its last entry of 2024-02-01/,
    (b) => ({
      ...b,
      valuationDate: "2024-01-31",
    }),
  ],
  ["the day", /valuationDate is stated as/, (b) => ({ ...b, valuationDate: "2025-01-01" })],
  ["the day to none", /no day/, (b) => ({ ...b, valuationDate: "2024-02-30" })],
  [
    "the position among the heads",
    /states another head/,
    (b) => {
      b.heads.position += 1;
    },
  ],
  [
    "the position beyond the heads",
    /states another head/,
    (b) => {
      b.heads.position = 9_007_199_254_740_991;
    },
  ],
  [
    "an index",
    /not in the log at/,
    (b) => {
      entriesOf(b).at(-1).index += 1;
    },
  ],
  [
    "an index beyond the log",
    /not in the log at/,
    (b) => {
      entriesOf(b).at(-1).index = 9_007_199_254_740_991;
    },
  ],
  [
    "the number of entries",
    /states another head/,
    (b) => {
      b.head.n += 1;
    },
  ],
];

const STRANGERS: Liar[] = [
  [
    "another's record under this name",
    /handle that was opened is bob/,
    (b) => ({
      ...JSON.parse(bobs),
      handle: b.handle,
    }),
  ],
  ["another's entries", /not link 1 of this/, (b) => ({ ...b, entries: JSON.parse(bobs).entries })],
  ["another's summary", /is stated as/, (b) => ({ ...b, summary: JSON.parse(bobs).summary })],
  [
    "an empty stranger",
    /the chain is empty/,
    (b) => ({
      ...{ ...b, person: idOf(77), handle: "stranger", entries: [], others: [] },
      head: { head: toBase64(noHead()), n: 0 },
    }),
  ],
];

const SIGNATURES: Liar[] = [
  [
    "another key's signature",
    /not signed by a key that you trust/,
    (b) => {
      const { text } = parseNote(b.checkpoint) ?? { text: "" };
      b.checkpoint = formatNote({
        text,
        signatures: [signText(makeKey("belay.test/log", 2), text)],
      });
    },
  ],
  [
    "another key's signature and vkey",
    /not signed by a key that you trust/,
    (b) => {
      const { text } = parseNote(b.checkpoint) ?? { text: "" };
      const other = makeKey("belay.test/log", 2);
      b.vkey = other.vkey;
      b.checkpoint = formatNote({ text, signatures: [signText(other, text)] });
    },
  ],
  [
    "another key that claims this one's id",
    /not signed by a key that you trust/,
    (b) => {
      const { text } = parseNote(b.checkpoint) ?? { text: "" };
      const { keyId } = makeKey();
      const false_ = { ...signText(makeKey("belay.test/log", 2), text), keyId };
      b.checkpoint = formatNote({ text, signatures: [false_] });
    },
  ],
  [
    "a good line and a false one of the same key",
    /not signed by a key that you trust/,
    (b) => {
      const { text } = parseNote(b.checkpoint) ?? { text: "" };
      const good = signText(makeKey(), text);
      const wrong = { ...good, signature: good.signature.map((byte) => byte ^ 1) };
      b.checkpoint = formatNote({ text, signatures: [good, wrong] });
    },
  ],
  [
    "no signature",
    /not signed by a key that you trust/,
    (b) => {
      b.checkpoint = `${b.checkpoint.split("\n\n")[0]}\n\n`;
    },
  ],
  [
    "a vkey that nobody signed with",
    /not signed by the key that the bundle names/,
    (b) => ({
      ...b,
      vkey: makeKey("belay.test/log", 2).vkey,
    }),
  ],
  [
    "a vkey of another name",
    /not signed by the key that the bundle names/,
    (b) => ({
      ...b,
      vkey: makeKey("other.test/log").vkey,
    }),
  ],
  [
    "a vkey with another id",
    /not signed by the key that the bundle names/,
    (b) => ({
      ...b,
      vkey: b.vkey.replace(/\+[0-9a-f]{8}\+/, "+00000000+"),
    }),
  ],
  [
    "a larger size",
    /not signed by a key that you trust/,
    (b) => {
      b.checkpoint = b.checkpoint.replace("\n38\n", "\n39\n");
    },
  ],
];

describe.each([
  ["leaves out", LEFT_OUT],
  ["puts in", PUT_IN],
  ["turns round", TURNED],
  ["renames", RENAMED],
  ["gives", STRANGERS],
  ["shows", SIGNATURES],
])("a liar who %s", (_, liars) => {
  it.each(liars)("%s", async (_name, about, change) => {
    await isTrue(honest);
    await isLie(forged(honest, change), about);
  });
});

describe("a liar who signs", () => {
  it("an older tree for newer entries", async () => {
    const pen = richBook();
    const both = richLog(pen);
    const old = both.signed.note;
    pen.write("mark", "2024-06-01", idOf(101), {
      ...{ priceCents: "1", shares: "1", class: "price", date: "2024-06-01", event: idOf(5) },
      counts: [PEOPLE.ann],
    });
    both.append(pen.bodies.at(-1) as never);
    both.sign();
    const text = await textOf(annsParts(both));
    await isTrue(text);
    await isLie(
      forged(text, (b) => ({ ...b, checkpoint: old })),
      /not the last of the log/,
    );
  });

  it("a log of another origin with a key that is trusted", async () => {
    const other = makeKey("other.test/log");
    const text = await textOf(annsParts(richLog(richBook(), other)));
    expect((await judge(text, { vkeys: [other.vkey] })).verdict).toBe("true");
    await isLie(text, /not signed by a key that you trust/);
    const named = forged(text, (b) => ({ ...b, origin: "belay.test/log" }));
    await isLie(named, /the checkpoint is of other.test/, [other.vkey]);
  });

  it("another origin's checkpoint", async () => {
    const text = forged(honest, (b) => {
      const { text: signed } = parseNote(b.checkpoint) ?? { text: "" };
      const moved = signed.replace("belay.test/log", "other.test/log");
      b.checkpoint = formatNote({ text: moved, signatures: [signText(makeKey(), moved)] });
      b.origin = "other.test/log";
    });
    await isLie(text, /not that of other.test/);
  });

  it("what is no checkpoint", async () => {
    const signed = "belay.test/log\nmany\nroots\n";
    const checkpoint = formatNote({ text: signed, signatures: [signText(makeKey(), signed)] });
    await isLie(
      forged(honest, (b) => ({ ...b, checkpoint })),
      /no checkpoint/,
    );
  });

  it("an empty log", async () => {
    const signed = `belay.test/log\n0\n${toBase64(treeOf(sha256, []).root)}\n`;
    const checkpoint = formatNote({ text: signed, signatures: [signText(makeKey(), signed)] });
    await isLie(
      forged(honest, (b) => ({ ...b, checkpoint })),
      /empty/,
    );
  });
});

describe("a liar who turns one bit", () => {
  const kindOf = (path: (string | number)[]) =>
    path.map((key) => (typeof key === "number" ? "*" : key)).join(".");
  const fields = () => {
    const bundle = JSON.parse(honest) as Json;
    const all = leavesOf(bundle).filter(([path]) => path[0] !== "summary");
    // The first and the last of each field, and each entry's own four.
    const kinds = new Map<string, (string | number)[][]>();
    for (const [path] of all) {
      const kind = path[0] === "entries" && path[2] !== "proof" ? path.join(".") : kindOf(path);
      kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
    }
    return [...kinds.values()].flatMap((paths) => [paths[0], paths.at(-1)]);
  };

  it("in any field of any entry, head, proof or name", async () => {
    const paths = fields();
    expect(paths.length).toBeGreaterThan(100);
    for (const path of paths) {
      if (!path) continue;
      for (const bit of [0, 77, 1023]) {
        const text = forged(honest, (bundle) => {
          const old = path.reduce((at: Forgery, key) => at[key], bundle);
          const isBytes = /body|leaf|proof|salt|path|head/.test(String(path.at(-1)) + path.at(-2));
          if (typeof old === "number") setAt(bundle, path, old ^ (1 << (bit % 20)));
          else if (isBytes) setAt(bundle, path, flipped(old, bit));
          else {
            const at = bit % old.length;
            const turned = String.fromCharCode(old.charCodeAt(at) ^ 1);
            setAt(bundle, path, old.slice(0, at) + turned + old.slice(at + 1));
          }
        });
        const told = await judge(text);
        expect(told.lies.length, `${path.join(".")}, bit ${bit}`).toBeGreaterThan(0);
        expect(told.verdict).toBe("lie");
      }
    }
  }, 120_000);

  it("in any byte of the file", async () => {
    const bytes = Buffer.from(honest);
    const digits = [...honest.matchAll(/"-?\d+\.\d{12}"/g)].map(({ index, 0: all }) => [
      Buffer.byteLength(honest.slice(0, index + all.length - 4)),
      Buffer.byteLength(honest.slice(0, index + all.length - 1)),
    ]);
    for (let i = 0; i < 700; i++) {
      const at = (i * 7919 + 13) % bytes.length;
      // The last three digits of a rate are below what is compared.
      if (digits.some(([from = 0, to = 0]) => at >= from && at < to)) continue;
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ (1 << (i % 8));
      const told = await judge(new Uint8Array(other));
      expect(told.lies.length, `byte ${at}`).toBeGreaterThan(0);
    }
  }, 120_000);
});
