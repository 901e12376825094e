import { describe, expect, it } from "vitest";
import { TestLog, textOf } from "#tests/setup/log-world";
import { idOf, PEOPLE, Pen, richBook, VALUED } from "#tests/setup/rich-book";
import { annsParts, judge } from "#tests/setup/verify-world";
import type { PublicBody } from "../bodies";
import type { Body } from "../bodies.server";
import { canonicalBytes } from "./leaf";

/** What the operator signs may be false too: each of these books is chained and signed as it should be. */
type Book = { log: TestLog; pen: Pen };
const utf8 = new TextEncoder();
const { ann, bob, dan } = PEOPLE;
const TOKEN = idOf(101);

/** A bundle as the operator would give it, whose summary says anything: what is false is in the log. */
async function bundleOf(log: TestLog, others: readonly string[] = [PEOPLE["ann-ltd"]]) {
  const honest = annsParts(new TestLog(log.key).fill(richBook()));
  const chain = log.chainOf(ann);
  return textOf({
    ...{ ...honest, ...chain, checkpoint: log.signed.note },
    others: others.map((one) => log.chainOf(one)),
  });
}

/** The rich book with something more, or something in the place of an entry. */
function book(change: (book: Book) => void): TestLog {
  const pen = richBook();
  const log = new TestLog().fill(pen, false);
  change({ log, pen });
  return log.sign();
}
const found = (pen: Pen, kind: PublicBody["kind"]): PublicBody =>
  pen.bodies.find((body) => body.kind === kind) as PublicBody;
const mark = (pen: Pen, at: string, counts: string[] = [ann]) =>
  pen.write("mark", at, TOKEN, {
    ...{ priceCents: "1", shares: "1", class: "price", date: "2024-03-01", event: idOf(7), counts },
  });
const isLie = async (log: TestLog, about: RegExp, others?: string[]) => {
  const told = await judge(await bundleOf(log, others));
  expect(told.lies[0]).toMatch(about);
  expect(told.verdict).toBe("lie");
};

describe("a book that hides", () => {
  it.each<[string, RegExp, (book: Book) => void]>([
    [
      "an entry behind another of the same id",
      /its id was used before/,
      ({ log, pen }) => log.append({ ...mark(pen, "2024-03-01"), id: found(pen, "resale").id }),
    ],
    [
      "a later entry behind its reversal",
      /it reverses what comes after it/,
      ({ log, pen }) => {
        const later = mark(pen, "2024-03-01");
        const reversal = pen.write(
          "reversal",
          "2024-03-01",
          later.id,
          { claims: [] },
          {
            ...{ reverses: later.id, people: [ann] },
          },
        );
        log.append(reversal);
        log.append(later);
      },
    ],
    [
      "a reversal that says it is about another entry",
      /about another entry than it reverses/,
      ({ log, pen }) => {
        const of = found(pen, "resale");
        log.append(
          pen.write(
            "reversal",
            "2024-03-01",
            idOf(8),
            { claims: [] },
            {
              ...{ reverses: of.id, people: of.people },
            },
          ),
        );
      },
    ],
    [
      "an entry by reversing it twice",
      /was reversed before/,
      ({ log, pen }) => {
        const of = found(pen, "resale");
        for (const day of ["2024-03-01", "2024-03-02"])
          log.append(
            pen.write(
              "reversal",
              day,
              of.id,
              { claims: [] },
              {
                ...{ reverses: of.id, people: of.people },
              },
            ),
          );
      },
    ],
    [
      "that a person was opened by reversing it",
      /reverses a person_opened/,
      ({ log, pen }) => {
        const of = found(pen, "person_opened");
        log.append(
          pen.write(
            "reversal",
            "2024-03-01",
            of.id,
            { claims: [] },
            {
              ...{ reverses: of.id, people: of.people },
            },
          ),
        );
      },
    ],
    [
      "a loss by dating it back",
      /recorded at 2024-01-31T23:59:59.999Z, long before/,
      ({ log, pen }) => log.append(mark(pen, "2024-01-31T23:59:59.999Z")),
    ],
    [
      "a date back in small steps",
      /long before/,
      ({ log, pen }) => {
        for (const second of ["56", "52", "48"])
          log.append(mark(pen, `2024-02-01T11:59:${second}.000Z`));
      },
    ],
    [
      "a handle behind a second opening",
      /begins with its person's opening, and nowhere else/,
      ({ log, pen }) =>
        log.append(pen.write("person_opened", "2024-03-01", ann, { handle: "ann-two" })),
    ],
    [
      "a body that nobody withheld",
      /no entry says that it is withheld/,
      ({ log, pen }) => log.withhold(pen.bodies.indexOf(found(pen, "resale"))),
    ],
    [
      "a body behind the withholding of another",
      /no entry says that it is withheld/,
      ({ log, pen }) => {
        const other = found(pen, "evidence");
        log.append(pen.write("withheld", "2024-03-01", other.id, {}, { people: other.people }));
        log.withhold(pen.bodies.indexOf(found(pen, "resale")));
      },
    ],
    [
      "two bodies behind one withholding",
      /no entry says that it is withheld/,
      ({ log, pen }) => {
        const [one, other] = [mark(pen, "2024-03-01"), mark(pen, "2024-03-02")];
        const [first, second] = [log.append(one), log.append(other)];
        log.append(pen.write("withheld", "2024-03-03", one.id, {}, { people: one.people }));
        log.withhold(first);
        log.withhold(second);
      },
    ],
    [
      "a body behind an earlier withholding",
      /no entry says that it is withheld/,
      ({ log, pen }) => {
        const one = mark(pen, "2024-03-01");
        log.append(pen.write("withheld", "2024-02-28", one.id, {}, { people: one.people }));
        log.withhold(log.append(one));
      },
    ],
  ])("%s", async (_, about, change) => {
    await isLie(book(change), about);
  });

  it("is true before it does", async () => {
    expect((await judge(await bundleOf(book(() => {})))).verdict).toBe("true");
  });

  it("who else is the same person", async () => {
    await isLie(
      book(() => {}),
      /is the same person, and that chain is not in/,
      [],
    );
    const bobs = await bundleOf(
      book(({ log, pen }) =>
        log.append(pen.write("same_person", "2024-03-01", PEOPLE["ann-ltd"], { other: bob })),
      ),
    );
    expect((await judge(bobs)).lies[0]).toMatch(/is the same person/);
  });
});

describe("a chain that is not linked", () => {
  it.each<[string, RegExp, (book: Book) => void]>([
    [
      "counts one twice",
      /not link 21/,
      ({ log, pen }) => log.append(mark(pen, "2024-03-01"), { n: 20 }),
    ],
    [
      "leaves a number out",
      /not link 21/,
      ({ log, pen }) => log.append(mark(pen, "2024-03-01"), { n: 22 }),
    ],
    [
      "follows another head",
      /not link 21/,
      ({ log, pen }) => log.append(mark(pen, "2024-03-01"), { prev: new Uint8Array(32).fill(1) }),
    ],
    [
      "begins anew",
      /not link 21/,
      ({ log, pen }) => log.append(mark(pen, "2024-03-01"), { n: 1, prev: new Uint8Array(32) }),
    ],
    [
      "ends at another head than the one stated",
      /does not lead to its head/,
      ({ log }) => log.setHead(ann, { head: new Uint8Array(32).fill(7), n: 20 }),
    ],
    [
      "ends earlier than it is stated",
      /does not lead to its head/,
      ({ log }) => log.setHead(ann, { head: log.headOf(ann)?.head ?? new Uint8Array(), n: 21 }),
    ],
  ])("%s", async (_, about, change) => {
    await isLie(book(change), about);
  });

  it("does not begin with an opening", async () => {
    const pen = new Pen();
    mark(pen, "2024-03-01");
    await isLie(new TestLog().fill(pen), /nobody|begins with its person's opening/, []);
  });
});

describe("a body that names", () => {
  it.each<[string, RegExp, (book: Book) => void]>([
    [
      "others than its leaf",
      /in the chains of others than it names/,
      ({ log, pen }) => log.append(mark(pen, "2024-03-01", [ann, bob]), { people: [ann] }),
    ],
    [
      "fewer than its leaf",
      /in the chains of others than it names/,
      ({ log, pen }) => log.append(mark(pen, "2024-03-01"), { people: [ann, bob] }),
    ],
    [
      "a stranger",
      /names others than it concerns/,
      ({ log, pen }) =>
        log.append(
          pen.write(
            "claim_repaid",
            "2024-03-01",
            idOf(1035),
            {
              ...{ debtor: dan, creditor: ann, cents: "1" },
            },
            { people: [bob] },
          ),
        ),
    ],
    [
      "not everybody in its data",
      /does not name .*, whom it concerns/,
      ({ log, pen }) => {
        const sale = found(pen, "resale");
        log.append({
          ...sale,
          id: idOf(4000),
          recordedAt: "2024-03-01T00:00:00.000Z",
          people: [ann],
        });
      },
    ],
    [
      "not everybody in its postings",
      /does not name .*, whom it concerns/,
      ({ log, pen }) => {
        const paid = mark(pen, "2024-03-01");
        const posting = { amount: "1", asset: "USD", from: `cash/${ann}`, to: `cash/${bob}` };
        log.append({ ...paid, postings: [posting] });
      },
    ],
    [
      "not everybody of what it reverses",
      /names others|does not name/,
      ({ log, pen }) => {
        const sale = found(pen, "resale");
        log.append(
          pen.write(
            "reversal",
            "2024-03-01",
            sale.id,
            { claims: [] },
            {
              ...{ reverses: sale.id, people: [ann] },
            },
          ),
        );
      },
    ],
    [
      "not everybody of the gain that it is evidence of",
      /does not name everybody of its gain/,
      ({ log, pen }) => {
        const { about } = found(pen, "gain");
        log.append(
          pen.write("evidence", "2024-03-01", about, { grade: "documented" }, { people: [ann] }),
        );
      },
    ],
  ])("%s", async (_, about, change) => {
    await isLie(book(change), about);
  });
});

describe("a body that is written", () => {
  const entry = (pen: Pen) => mark(pen, "2024-03-01");
  const as = (body: PublicBody, change: (text: string) => string): Uint8Array =>
    utf8.encode(change(new TextDecoder().decode(canonicalBytes(body as unknown as Body))));
  it.each<[string, RegExp, (text: string) => string]>([
    ["with a space", /not canonical/, (text) => text.replace(",", ", ")],
    ["with a newline at its end", /not canonical/, (text) => `${text}\n`],
    ["with a repeated key", /not canonical/, (text) => text.replace('"id":', '"id":"x","id":')],
    [
      "with its keys in another order",
      /not canonical/,
      (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse())),
    ],
    ["with a needless escape", /not canonical/, (text) => text.replace('"price"', '"\\u0070rice"')],
    [
      "with an amount as a float",
      /not canonical/,
      (text) => text.replace('"priceCents":"1"', '"priceCents":1.5'),
    ],
    [
      "with an amount as a number",
      /data.priceCents/,
      (text) => text.replace('"priceCents":"1"', '"priceCents":1'),
    ],
    [
      "with an amount below zero",
      /data.priceCents/,
      (text) => text.replace('"priceCents":"1"', '"priceCents":"-1"'),
    ],
    [
      "with zeros before an amount",
      /data.priceCents/,
      (text) => text.replace('"priceCents":"1"', '"priceCents":"01"'),
    ],
    [
      "with an amount of 20 digits",
      /data.priceCents/,
      (text) => text.replace('"priceCents":"1"', `"priceCents":"1${"0".repeat(19)}"`),
    ],
    [
      "with a million digits",
      /data.priceCents/,
      (text) => text.replace('"priceCents":"1"', `"priceCents":"${"9".repeat(1_000_000)}"`),
    ],
    ["with a memo", /its body|memo/, (text) => text.replace(',"people"', ',"memo":"x","people"')],
    [
      "with a key too many in its data",
      /data/,
      (text) => text.replace(',"shares"', ',"reason":"x","shares"'),
    ],
    [
      "without one of its keys",
      /effectiveAt/,
      (text) => text.replace(/"effectiveAt":"[^"]*",/, ""),
    ],
    [
      "with null for one of its keys",
      /effectiveAt/,
      (text) => text.replace(/"effectiveAt":"[^"]*"/, '"effectiveAt":null'),
    ],
    ["of a kind that is none", /kind/, (text) => text.replace('"kind":"mark"', '"kind":"gift"')],
    ["of a private kind", /kind/, (text) => text.replace('"kind":"mark"', '"kind":"deposit"')],
    [
      "on a day that is none",
      /date/,
      (text) => text.replace('"date":"2024-03-01"', '"date":"2024-02-30"'),
    ],
    [
      "at an instant in another form",
      /recordedAt/,
      (text) => text.replace(/"recordedAt":"[^"]*"/, '"recordedAt":"2024-03-01T12:00:00Z"'),
    ],
    [
      "of people out of order",
      /people/,
      (text) => text.replace(/"people":\["([^"]*)"\]/, '"people":["$1","$1"]'),
    ],
    [
      "with deep lists",
      /not canonical/,
      (text) => text.replace("[]", `${"[".repeat(100_000)}${"]".repeat(100_000)}`),
    ],
    ["as nothing", /not canonical/, () => ""],
    ["as a list", /body/, () => "[]"],
    ["as null", /body/, () => "null"],
    [
      "with a prototype",
      /its body|__proto__/,
      (text) => text.replace('{"about"', '{"__proto__":{},"about"'),
    ],
  ])("%s", async (_, about, change) => {
    const log = book(({ log: all, pen }) => {
      const body = entry(pen);
      all.append(body, { bytes: as(body, change) });
    });
    await isLie(log, about);
  });

  it("in bytes that are no text", async () => {
    const log = book(({ log: all, pen }) =>
      all.append(entry(pen), { bytes: Uint8Array.of(0x22, 0xff, 0x22) }),
    );
    await isLie(log, /not canonical/);
  });
});

describe("a book whose entries contradict each other", () => {
  const sold = (pen: Pen, data: object) => {
    const sale = found(pen, "resale");
    const id = idOf(4000);
    return {
      ...sale,
      id,
      recordedAt: `${VALUED.slice(0, 4)}-03-01T00:00:00.000Z`,
      data: { ...sale.data, ...data },
    };
  };
  it.each<[string, RegExp, (book: Book) => void]>([
    [
      "sells more shares than there are",
      /contradict each other: More is taken/,
      ({ log, pen }) => {
        const taken = [
          { lot: idOf(301), shares: "75001", priceCents: "1", basisCents: "1", carriedCents: "1" },
        ];
        log.append(sold(pen, { taken, lots: [], ownParts: [] }) as PublicBody, {
          people: found(pen, "resale").people,
        });
      },
    ],
    [
      "sells a lot that nobody gave",
      /contradict each other: A lot that nobody gave/,
      ({ log, pen }) => {
        const taken = [
          { lot: idOf(399), shares: "1", priceCents: "1", basisCents: "1", carriedCents: "1" },
        ];
        log.append(sold(pen, { taken }) as PublicBody);
      },
    ],
    [
      "pays more than the cap",
      /contradict each other: More is paid than the cap/,
      ({ log, pen }) => {
        const { about, people } = found(pen, "distribution");
        const parts = [{ lot: idOf(301), holder: ann, cents: "99999999999" }];
        log.append(
          pen.write("distribution", "2024-03-01", about, { token: TOKEN, parts }, { people: [] }),
        );
        expect(people).toContain(ann);
      },
    ],
    [
      "pays a gain that nobody declared",
      /contradict each other: A gain that nobody declared/,
      ({ log, pen }) => {
        const parts = [{ lot: idOf(301), holder: ann, cents: "1" }];
        log.append(pen.write("distribution", "2024-03-01", idOf(299), { token: TOKEN, parts }));
      },
    ],
    [
      "repays a claim of no reversal",
      /contradict each other: A claim of no reversal/,
      ({ log, pen }) =>
        log.append(
          pen.write("claim_repaid", "2024-03-01", idOf(8), {
            ...{ debtor: dan, creditor: ann, cents: "1" },
          }),
        ),
    ],
  ])("%s", async (_, about, change) => {
    await isLie(book(change), about);
  });

  it("has another record than the operator states", async () => {
    const log = book(({ log: all, pen }) => all.append(mark(pen, "2024-03-01")));
    await isLie(log, /is stated as/);
  });
});
