import { describe, expect, it } from "vitest";
import { type Book, book, bundleOf, found, isLie, mark, TOKEN } from "#tests/setup/false-book";
import { TestLog } from "#tests/setup/log-world";
import { idOf, PEOPLE, Pen, VALUED } from "#tests/setup/rich-book";
import { judge } from "#tests/setup/verify-world";
import type { PublicBody } from "../bodies";

const { ann, bob, dan } = PEOPLE;

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
