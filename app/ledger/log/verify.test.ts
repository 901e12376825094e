import { describe, expect, it } from "vitest";
import { makeKey, TestLog, textOf } from "#tests/setup/log-world";
import { idOf, PEOPLE, Pen, richBook, VALUED } from "#tests/setup/rich-book";
import { annsParts, forged, judge, richLog } from "#tests/setup/verify-world";
import { canonicalJson } from "../canonical";

const LTD = PEOPLE["ann-ltd"];
const isTrue = async (text: string, trust: Parameters<typeof judge>[1] = {}) => {
  const told = await judge(text, trust);
  expect(told.lies).toEqual([]);
  expect(told.verdict).toBe("true");
  return told;
};
const isLie = async (text: string, about: RegExp, trust: Parameters<typeof judge>[1] = {}) => {
  const told = await judge(text, trust);
  expect(told.lies[0]).toMatch(about);
  expect(told.verdict).toBe("lie");
};

describe("an honest bundle", () => {
  it.each(Object.entries(PEOPLE).filter(([handle]) => !handle.startsWith("ann")))(
    "of %s is true",
    async (_, person) => {
      await isTrue(await textOf(richLog().partsOf(person, VALUED)));
    },
  );

  it("of one person with two chains is true, whoever of them asks and however late it is valued", async () => {
    const log = richLog();
    await isTrue(await textOf(annsParts(log)));
    await isTrue(await textOf(log.partsOf(LTD, VALUED, [PEOPLE.ann])));
    await isTrue(await textOf(log.partsOf(PEOPLE.ann, "2024-02-01", [LTD])));
    await isTrue(await textOf(log.partsOf(PEOPLE.ann, "2199-12-31", [LTD])));
  });

  it("holds everybody who is the person, in any order", async () => {
    const pen = richBook();
    pen.write("same_person", "2024-03-01", LTD, { other: PEOPLE.zed });
    const log = richLog(pen);
    await isTrue(await textOf(log.partsOf(PEOPLE.ann, VALUED, [LTD, PEOPLE.zed])));
    await isTrue(await textOf(log.partsOf(PEOPLE.ann, VALUED, [PEOPLE.zed, LTD])));
    await isLie(await textOf(log.partsOf(PEOPLE.ann, VALUED, [LTD])), /the same person/);
    await isLie(await textOf(log.partsOf(PEOPLE.ann, VALUED, [PEOPLE.zed])), /the same person/);
  });

  it("of a company says whose record holds it and more", async () => {
    const { findings } = await isTrue(await textOf(richLog().partsOf(LTD, VALUED)));
    expect(findings.filter(({ kind }) => kind === "limit").map(({ text }) => text)).toEqual([
      `the record of ${PEOPLE.ann}, which holds this one and more`,
    ]);
  });

  it("is canonical JSON to the byte, without a newline at its end", async () => {
    const text = await textOf(annsParts(richLog()));
    expect(canonicalJson(JSON.parse(text))).toBe(text);
    expect(text.startsWith('{"checkpoint":"belay.test/log\\n38\\n')).toBe(true);
  });

  it("tells what it does, and how far it is", async () => {
    const { findings } = await isTrue(await textOf(annsParts(richLog())));
    const texts = findings.map(({ kind, text }) => `${kind}: ${text}`);
    expect(texts.slice(0, 3)).toEqual([
      "recomputed: signed by belay.test/log: a log of 38 leaves",
      "recomputed: ann: 20 entries, each in the log, from the opening to the head that the log states",
      "recomputed: ann-ltd: 4 entries, each in the log, from the opening to the head that the log states",
    ]);
    expect(texts.slice(-3)).toEqual([
      "stated: who stands behind a handle: ann, ann-ltd; tokens of alice, dan, eve",
      "stated: how well gains are evidenced: 1 self-reported, 1 documented, 1 confirmed by the counterparty",
      "stated: who is connected to whom: 1 resale unconnected, 0 not; 2 prices count for somebody, 0 for nobody; 1 investment stands apart",
    ]);
  });

  it("of somebody who came alone into a log of one is true", async () => {
    const pen = new Pen();
    pen.write("person_opened", "2024-01-01", PEOPLE.zed, { handle: "zed" });
    await isTrue(await textOf(new TestLog().fill(pen).partsOf(PEOPLE.zed, VALUED)));
  });

  it("follows a clock that is up to 5 seconds behind", async () => {
    const at = async (instant: string) => {
      const pen = richBook();
      pen.write("same_person", instant, PEOPLE.zed, { other: PEOPLE.ann });
      return textOf(richLog(pen).partsOf(PEOPLE.ann, VALUED, [LTD, PEOPLE.zed]));
    };
    await isTrue(await at("2024-02-01T11:59:55.000Z"));
    await isLie(await at("2024-02-01T11:59:54.999Z"), /long before/);
  });
});

describe("keys", () => {
  const [old, fresh] = [makeKey("belay.test/log", 1), makeKey("belay.test/log", 2)];
  const rotated = async () => textOf(annsParts(new TestLog(fresh, old).fill(richBook())));

  it("that both sign are both trusted", async () => {
    const text = await rotated();
    await isTrue(text, { vkeys: [old.vkey] });
    await isTrue(text, { vkeys: [fresh.vkey] });
    await isTrue(text, { vkeys: [makeKey("belay.test/log", 3).vkey, fresh.vkey] });
    await isTrue(
      forged(text, (bundle) => ({ ...bundle, vkey: old.vkey })),
      { vkeys: [fresh.vkey] },
    );
    await isLie(text, /that you trust/, { vkeys: [makeKey("belay.test/log", 3).vkey] });
    await isLie(text, /that you trust/, { vkeys: [] });
  });

  it("of others may sign as well", async () => {
    const witness = makeKey("witness.test/w", 7);
    const log = new TestLog(old, witness).fill(richBook());
    const text = await textOf(annsParts(log));
    await isTrue(text, { vkeys: [old.vkey] });
    await isLie(text, /not that of belay.test/, { vkeys: [witness.vkey] });
  });
});

describe("withheld bodies", () => {
  const withheldLog = (kind: string) => {
    const pen = richBook();
    const at = pen.bodies.findIndex(
      (body) => body.kind === kind && body.people.includes(PEOPLE.ann),
    );
    const { id = "", people = [] } = pen.bodies[at] ?? {};
    pen.write("withheld", "2024-02-05", id, {}, { people });
    const log = richLog(pen);
    const { summary } = annsParts(log);
    log.withhold(at);
    const others = [log.chainOf(LTD)];
    return { ...log.partsOf(PEOPLE.zed, VALUED), ...log.chainOf(PEOPLE.ann), summary, others };
  };

  it.each(["person_opened", "investment", "evidence", "same_person", "reversal"])(
    "leave a record incomplete, not false: %s",
    async (kind) => {
      const told = await judge(await textOf(withheldLog(kind)));
      expect(told.lies).toEqual([]);
      expect(told.verdict).toBe("incomplete");
      expect(told.findings.at(-1)).toMatchObject({ kind: "incomplete" });
      expect(told.findings.at(-1)?.text).toMatch(/^1 of \d+$/);
    },
  );

  it("that are given nevertheless leave it whole", async () => {
    const pen = richBook();
    const { id, people } = pen.bodies.find(({ kind }) => kind === "evidence") ?? {
      id: "",
      people: [],
    };
    pen.write("withheld", "2024-02-05", id, {}, { people });
    await isTrue(await textOf(annsParts(richLog(pen))));
  });

  it("hide no lie elsewhere", async () => {
    const text = await textOf(withheldLog("evidence"));
    await isLie(
      forged(text, ({ entries }) => entries.pop()),
      /lead to its head/,
    );
    await isLie(
      forged(text, (bundle) => ({ ...bundle, valuationDate: "2024-02-01" })),
      /before its last entry/,
    );
  });
});

describe("an earlier bundle", () => {
  const grown = () => {
    const pen = richBook();
    const log = richLog(pen);
    const earlier = textOf(annsParts(log));
    const more = pen.write("mark", "2024-06-01", idOf(101), {
      ...{ priceCents: "1", shares: "1", class: "price", date: "2024-06-01", event: idOf(5) },
      counts: [PEOPLE.ann],
    });
    log.append(more);
    for (let i = 0; i < 700; i++) log.append({ ...pen.keep("2024-06-02"), id: idOf(6000 + i) });
    return { log: log.sign(), earlier };
  };

  it("is the beginning of a later one, and its log of the log", async () => {
    const { log, earlier } = grown();
    const text = await textOf(annsParts(log));
    const paths: string[] = [];
    const fetchTile = async (path: string) => {
      paths.push(path);
      return log.tile(path);
    };
    const { findings } = await isTrue(text, { earlier: await earlier, fetchTile });
    expect(findings.slice(-2).map((one) => one.text)).toEqual([
      "nothing of the 24 earlier entries has changed",
      "the log of 38 leaves is the beginning of that of 740",
    ]);
    expect([...new Set(paths)].sort()).toEqual([
      "tile/0/000",
      "tile/0/002.p/228",
      "tile/1/000.p/2",
    ]);
    await isTrue(text, { earlier: text, fetchTile });
  });

  it("is proven with full tiles where the partial ones are gone", async () => {
    const { log, earlier } = grown();
    const text = await textOf(annsParts(log));
    for (let i = 0; i < 100; i++)
      log.append({ ...new Pen().keep("2024-06-03"), id: idOf(7000 + i) });
    log.sign();
    const fetchTile = async (path: string) => (path.includes(".p/228") ? null : log.tile(path));
    await isTrue(text, { earlier: await earlier, fetchTile });
  });

  it("is refused by tiles that are missing, short or false", async () => {
    const { log, earlier } = grown();
    const text = await textOf(annsParts(log));
    const wrong = (change: (tile: Uint8Array | null) => Uint8Array | null) => ({
      fetchTile: async (path: string) => change(log.tile(path)),
    });
    for (const change of [
      () => null,
      (tile: Uint8Array | null) => tile?.slice(0, -1) ?? null,
      (tile: Uint8Array | null) => tile?.map((byte) => byte ^ 1) ?? null,
    ])
      await isLie(text, /tiles do not prove/, { earlier: await earlier, ...wrong(change) });
  });

  it("is another's, another log's, larger, forged or changed: a lie", async () => {
    const { log, earlier } = grown();
    const text = await textOf(annsParts(log));
    const then = await earlier;
    await isLie(then, /had 740 leaves and now has 38|was another|chain is gone/, { earlier: text });
    const bobs = await textOf(richLog().partsOf(PEOPLE.bob, VALUED));
    await isLie(text, /that of another person/, { earlier: bobs });
    await isLie(text, /the earlier file is no bundle/, { earlier: `${then} ` });
    const unsigned = forged(then, (bundle) => ({
      ...bundle,
      checkpoint: bundle.checkpoint.replace("\n38\n", "\n37\n"),
    }));
    await isLie(text, /earlier checkpoint is not signed/, { earlier: unsigned });
    const other = makeKey("other.test/log");
    const elsewhere = await textOf(annsParts(richLog(richBook(), other)));
    const vkeys = [makeKey().vkey, other.vkey];
    await isLie(text, /from another log/, { earlier: elsewhere, vkeys });
    const turned = forged(then, (bundle) => {
      const [one, two] = bundle.entries;
      [one.leaf, two.leaf] = [two.leaf, one.leaf];
    });
    await isLie(text, /entry 1: it was another/, { earlier: turned });
    const cut = forged(then, (bundle) => bundle.entries.pop());
    await isLie(text, /earlier head is not that of the same entries/, { earlier: cut });
  });

  it("held an entry that is gone now", async () => {
    const { earlier } = grown();
    const pen = richBook();
    pen.bodies.splice(
      pen.bodies.findIndex(({ kind }) => kind === "lot_ended"),
      1,
    );
    for (let i = 0; i < 9; i++) pen.keep("2024-06-02");
    const anew = await textOf(annsParts(richLog(pen)));
    await isTrue(anew);
    await isLie(anew, /it was another in the earlier bundle/, { earlier: await earlier });
  });

  it("of one size and another root shows two logs", async () => {
    const { earlier } = grown();
    const pen = richBook();
    const kept = pen.bodies.findLastIndex(({ kind }) => kind === "deposit");
    pen.bodies[kept] = { ...pen.bodies[kept], about: idOf(4999) } as never;
    const fork = await textOf(annsParts(richLog(pen)));
    await isLie(fork, /two different logs of one size/, { earlier: await earlier });
  });
});
