import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ConnectionFacts,
  connectionsOf,
  holdersCounted,
  isConnected,
  isUnconnectedSale,
  type Price,
  priceCounts,
  type Tie,
} from "./connected";

const DAY = "2026-05-31";
const facts = (given: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  day: DAY,
  samePersons: [],
  declared: [],
  partners: [],
  scouts: [],
  holdings: [],
  payments: [],
  marks: [],
  ...given,
});
/** "a>b>c": a paid b, who paid c. */
const chain = (text: string, day = "2026-01-01"): Tie[] => {
  const people = text.split(">");
  return people.slice(1).map((to, i) => ({ from: people[i] ?? "", to, day }));
};
const connected = (given: Partial<ConnectionFacts>, a: string, b: string) =>
  isConnected(connectionsOf(facts(given)), a, b);

describe("connected to an investor are", () => {
  it("themselves, and entities that are one person with them, by any way round", () => {
    const samePersons = [
      ["ann", "ann ltd"],
      ["fund", "ann ltd"],
    ] as const;
    expect(connected({}, "ann", "ann")).toBe(true);
    expect(connected({}, "ann", "bob")).toBe(false);
    expect(connected({ samePersons }, "ann", "fund")).toBe(true);
    expect(connected({ samePersons }, "fund", "ann ltd")).toBe(true);
    expect(connected({ samePersons, declared: [["fund", "aunt"]] }, "aunt", "ann")).toBe(true);
  });

  it.each(["declared", "partners", "scouts", "holdings"] as const)(
    "%s, both ways, one step",
    (tie) => {
      const given = {
        [tie]: [
          ["ann", "bob"],
          ["bob", "cid"],
        ],
      };
      expect(connected(given, "ann", "bob")).toBe(true);
      expect(connected(given, "bob", "ann")).toBe(true);
      expect(connected(given, "ann", "cid")).toBe(false);
    },
  );

  it("whom they paid within 24 months, not who paid them", () => {
    const paid = (day: string) => ({ payments: [{ from: "ann", to: "bob", day }] });
    expect(connected(paid("2026-05-31"), "ann", "bob")).toBe(true);
    expect(connected(paid("2024-05-31"), "ann", "bob")).toBe(true);
    expect(connected(paid("2024-05-30"), "ann", "bob")).toBe(false);
    expect(connected(paid("2026-06-01"), "ann", "bob")).toBe(false);
    expect(connected(paid("2026-05-31"), "bob", "ann")).toBe(false);
  });

  it("whoever is with them on a circle of two, three or four, not of five", () => {
    for (const circle of ["a>b>a", "a>b>c>a", "a>b>c>d>a"])
      for (const one of new Set(circle.split(">")))
        for (const other of new Set(circle.split(">")))
          expect(connected({ marks: chain(circle) }, one, other)).toBe(true);
    const five = { marks: chain("a>b>c>d>e>a") };
    for (const other of ["b", "c", "d", "e"]) expect(connected(five, "a", other)).toBe(false);
  });

  it("on circles of payments and marks together, within the 24 months, nobody on them twice", () => {
    const mixed = { payments: chain("a>b>c"), marks: chain("c>d>a") };
    expect(connected(mixed, "a", "c")).toBe(true);
    expect(connected({ ...mixed, marks: chain("c>d>a", "2024-05-30") }, "a", "c")).toBe(false);
    // Two investors of one student, who paid both: two circles that meet in the student, and no third.
    const shared = { payments: [...chain("a>s>a"), ...chain("b>s>b")] };
    expect(connected(shared, "a", "s")).toBe(true);
    expect(connected(shared, "a", "b")).toBe(false);
    const samePersons = [["d", "d ltd"]] as const;
    const through = { payments: chain("a>b>c>d ltd>e>a") };
    expect(connected(through, "a", "c")).toBe(false);
    expect(connected({ payments: chain("a>b>d>c>d ltd>a"), samePersons }, "a", "b")).toBe(true);
  });

  it("found as a search of all circles finds them", () => {
    const people = ["a", "b", "c", "d", "e", "f"];
    const someone = fc.constantFrom(...people);
    const ties = fc.array(fc.record({ from: someone, to: someone, day: fc.constant(DAY) }), {
      maxLength: 14,
    });
    const onSomeCircle = (steps: readonly Tie[]): boolean => {
      const go = (path: string[]): boolean => {
        const next = steps.filter(({ from }) => from === path.at(-1)).map(({ to }) => to);
        if (path.includes("b") && path.length > 1 && next.includes("a")) return true;
        return path.length < 4 && next.some((to) => !path.includes(to) && go([...path, to]));
      };
      return go(["a"]);
    };
    fc.assert(
      fc.property(ties, (marks) => {
        expect(connected({ marks }, "a", "b")).toBe(onSomeCircle(marks));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a resale", () => {
  it("counts in full where the buyer is not connected, this payment included", () => {
    const counts = (given: Partial<ConnectionFacts>) =>
      isUnconnectedSale(connectionsOf(facts(given)), "seller", "buyer");
    expect(counts({})).toBe(true);
    expect(counts({ payments: chain("buyer>seller") })).toBe(true);
    expect(counts({ payments: chain("seller>x>y>buyer") })).toBe(false);
    expect(counts({ payments: chain("seller>x>y>z>buyer") })).toBe(true);
    expect(counts({ holdings: [["buyer", "seller"]] })).toBe(false);
  });
});

describe("a price counts", () => {
  const price = (given: Partial<Price> = {}): Price => ({
    priceCents: 2_000_000n,
    shares: 100_000n,
    seller: "owner",
    buyers: [{ person: "new", paidCents: 2_000_000n, shares: 100_000n, isNew: true }],
    ...given,
  });
  const counts = (given: Partial<Price>, known: Partial<ConnectionFacts> = {}, holder = "ann") =>
    priceCounts(connectionsOf(facts(known)), price(given), holder);
  const buyer = (person: string, paidCents: bigint, shares = 100_000n, isNew = true) => ({
    person,
    paidCents,
    shares,
    isNew,
  });

  it("for a holder who has nothing to do with it", () => {
    expect(counts({})).toBe(true);
  });

  it("not for the seller, nor for who bought", () => {
    expect(counts({}, {}, "owner")).toBe(false);
    expect(counts({}, { samePersons: [["ann", "owner"]] })).toBe(false);
    expect(counts({}, {}, "new")).toBe(false);
    expect(counts({}, { samePersons: [["ann", "new"]] })).toBe(false);
  });

  it("not where the buyer held shares before, or is connected", () => {
    expect(counts({ buyers: [buyer("new", 2_000_000n, 100_000n, false)] })).toBe(false);
    expect(counts({}, { declared: [["new", "ann"]] })).toBe(false);
    expect(counts({}, { payments: chain("ann>new") })).toBe(false);
    expect(counts({}, { payments: chain("new>ann") })).toBe(true);
  });

  it("from half of the price, $10,000 and 50,000 shares on", () => {
    const two = (paid: bigint, friend: bigint, shares = 50_000n) =>
      counts(
        {
          priceCents: paid + friend,
          buyers: [buyer("new", paid, shares), buyer("friend", friend)],
        },
        { declared: [["ann", "friend"]] },
      );
    expect(two(1_000_000n, 1_000_000n)).toBe(true);
    expect(two(1_000_000n, 1_000_001n)).toBe(false);
    expect(two(999_999n, 0n)).toBe(false);
    expect(two(1_000_000n, 0n, 49_999n)).toBe(false);
    const many = [buyer("b", 500_000n, 25_000n), buyer("c", 500_000n, 25_000n)];
    expect(counts({ priceCents: 1_000_000n, buyers: many })).toBe(true);
    // What a friend pays beside them does not make theirs more.
    const thin = [buyer("new", 999_999n, 99_999n), buyer("friend", 1n, 1n)];
    expect(
      counts({ priceCents: 1_000_000n, buyers: thin }, { declared: [["ann", "friend"]] }),
    ).toBe(false);
  });

  it("unless the deal itself closes a circle", () => {
    // The mark that it would set: new → ann.
    expect(counts({}, { marks: chain("ann>x>new") })).toBe(false);
    expect(counts({}, { marks: chain("ann>x>y>new") })).toBe(false);
    expect(counts({}, { marks: chain("ann>x>y>z>new") })).toBe(true);
    // What it pays: new → owner.
    expect(counts({}, { payments: chain("owner>ann"), marks: chain("ann>x>new") })).toBe(false);
  });

  it("holder by holder", () => {
    const connections = connectionsOf(facts({ partners: [["ann", "new"]] }));
    expect(holdersCounted(connections, price(), ["bo", "ann", "owner", "cy", "new"])).toEqual([
      "bo",
      "cy",
    ]);
  });
});
