import { describe, expect, test } from "vitest";
import { askHledger, hasHledger, hledgerIrr } from "#tests/setup/hledger";
import { journalText } from "./journal";
import type { BookLot, LinedRecord, LotMovement, RecordFlow } from "./record-lines";
import { computeRecord } from "./returns";

function lot(changes: Partial<BookLot> = {}): BookLot {
  return {
    lotId: "lot-a",
    entry: "11",
    token: "token-a",
    tokenHandle: "alice",
    cohort: "rope",
    acquiredDay: "2021-01-10",
    sharesBought: 95_000n,
    sharesLeft: 35_000n,
    paidCents: 6_666_667n,
    costLeftCents: 2_333_333n,
    capLeftCents: null,
    endedDay: null,
    marks: [
      {
        day: "2025-06-30",
        markClass: "price",
        priceCents: 12_000_000n,
        shares: 60_000n,
        counts: true,
      },
    ],
    finder: false,
    apart: false,
    ...changes,
  };
}
const bought = (of: BookLot): LotMovement => ({
  lotId: of.lotId,
  entry: of.entry,
  day: of.acquiredDay,
  kind: "investment",
  shares: of.sharesBought,
});
function flow(changes: Partial<RecordFlow>): RecordFlow {
  return {
    lotId: "lot-a",
    entry: "52",
    day: "2023-06-30",
    kind: "distribution",
    cents: 1_350_000n,
    confirmed: true,
    early: false,
    ownHoldersCents: 0n,
    gainId: null,
    grade: null,
    ...changes,
  };
}

const alice = lot();
/** The example of the format: a distribution, a resale with own holders, a carried value. */
const EXAMPLE: LinedRecord = {
  handle: "bo",
  valuationDate: "2025-12-31",
  lots: [alice],
  movements: [
    bought(alice),
    { lotId: "lot-a", entry: "88", day: "2025-06-30", kind: "resale", shares: -60_000n },
  ],
  flows: [
    flow({}),
    flow({
      entry: "88",
      day: "2025-06-30",
      kind: "proceeds",
      cents: 12_000_000n,
      ownHoldersCents: 778_947n,
    }),
  ],
};

function expectAgreement(book: LinedRecord): void {
  const journal = journalText(book);
  askHledger(journal, ["check"]);
  const summary = computeRecord({
    valuationDate: book.valuationDate,
    lots: book.lots,
    cash: book.flows,
  });
  const first = summary.firstInvested ?? "";
  for (const [side, pnl] of [
    ["gross", "income"],
    ["net", "income|expenses"],
  ] as const) {
    const theirs = Number(hledgerIrr(journal, { first, valuationDate: book.valuationDate, pnl }));
    const ours = Number(summary[side].irr.rate) * 100;
    expect(Math.abs(theirs - ours), `${side}: ${theirs} and ${ours}`).toBeLessThanOrEqual(0.01);
  }
}

describe("the journal's text", () => {
  test("is the format's example", () => {
    expect(journalText(EXAMPLE).split("\n\n").slice(1).join("\n")).toBe(`2021-01-10 investment 11
  assets:positions:alice  95000 "alice" @@ 66666.67 USD
  assets:cash  -66666.67 USD
2023-06-30 distribution 52
  income:distributions:alice  -13500.00 USD
  assets:positions:alice  13500.00 USD
  assets:positions:alice  -13500.00 USD
  assets:cash  13500.00 USD
2025-06-30 resale 88, own holders paid
  assets:positions:alice  -60000 "alice" @@ 120000.00 USD
  expenses:own-holders:alice  7789.47 USD
  assets:cash  112210.53 USD
2025-12-31 carried value
  assets:positions:alice  -35000 "alice" @@ 70000.00 USD
  equity:carried  70000.00 USD
P 2025-12-31 "alice" 2.000000000000 USD
`);
  });

  test("books what does not count outside the default query", () => {
    const text = journalText({
      ...EXAMPLE,
      flows: [
        flow({ confirmed: false }),
        flow({ early: true, entry: "53", day: "2021-03-01" }),
        flow({ kind: "proceeds", entry: "88", day: "2025-06-30", cents: 100n, confirmed: false }),
      ],
    });
    expect(text).toContain(`2021-03-01 distribution 53  ; early:
  early:distributions:alice  -13500.00 USD
  early:cash  13500.00 USD`);
    expect(text).toContain(`2023-06-30 distribution 52  ; unconfirmed:
  unconfirmed:distributions:alice  -13500.00 USD
  unconfirmed:cash  13500.00 USD`);
    expect(text).toContain(`2025-06-30 resale 88
  assets:positions:alice  -60000 "alice" @@ 0.00 USD
  assets:cash  0.00 USD`);
    expect(text).toContain(`2025-06-30 resale 88  ; unconfirmed:
  unconfirmed:repayments:alice  -1.00 USD
  unconfirmed:cash  1.00 USD`);
  });

  test("keeps finder's stakes and positions apart from what counts, by the whole position", () => {
    const apart = lot({ lotId: "lot-b", token: "token-b", tokenHandle: "bea", apart: true });
    const also = lot({ lotId: "lot-c", token: "token-b", tokenHandle: "bea", entry: "12" });
    const stake = lot({ lotId: "lot-d", finder: true, paidCents: 0n, costLeftCents: 0n });
    const lots = [apart, also, stake];
    const text = journalText({ ...EXAMPLE, lots, movements: lots.map(bought), flows: [] });
    expect(text).not.toContain("\n  assets:");
    expect(text).toContain(`2021-01-10 investment 12  ; apart:
  apart:positions:bea  95000 "bea" @@ 66666.67 USD
  apart:cash  -66666.67 USD`);
    expect(text).toContain('finder:positions:alice  95000 "alice" @@ 0.00 USD');
  });

  test("of a record without investments is a comment", () => {
    const text = journalText({ ...EXAMPLE, lots: [], movements: [], flows: [] });
    expect(text).toBe("; Track record of bo as of 2025-12-31. No investments.\n");
    if (hasHledger) expect(askHledger(text, ["check"])).toBe("");
  });

  test("refuses cash of a lot that is not there", () => {
    expect(() => journalText({ ...EXAMPLE, flows: [flow({ lotId: "no" })] })).toThrow(RangeError);
  });
});

describe.skipIf(!hasHledger)("hledger agrees on the rates, gross and net", () => {
  test("of the format's example", () => expectAgreement(EXAMPLE));

  test("with cash that does not count, an ended lot and a lot sold for nothing", () => {
    const ended = lot({
      ...{ lotId: "lot-e", entry: "12", token: "token-e", tokenHandle: "eve" },
      ...{ sharesLeft: 0n, costLeftCents: 0n, endedDay: "2024-02-29" },
    });
    const sold = lot({
      ...{ lotId: "lot-f", entry: "13", token: "token-f", tokenHandle: "-fay" },
      ...{ sharesLeft: 0n, costLeftCents: 0n },
    });
    expectAgreement({
      ...EXAMPLE,
      lots: [alice, ended, sold],
      movements: [
        ...EXAMPLE.movements,
        bought(ended),
        bought(sold),
        { lotId: "lot-e", entry: "70", day: "2024-02-29", kind: "lot_ended", shares: -95_000n },
        { lotId: "lot-f", entry: "71", day: "2024-03-01", kind: "resale", shares: -95_000n },
      ],
      flows: [
        ...EXAMPLE.flows,
        flow({ lotId: "lot-e", entry: "69", day: "2024-02-28", cents: 20_000_001n }),
        flow({ lotId: "lot-e", entry: "72", day: "2024-03-02", confirmed: false }),
        flow({ lotId: "lot-f", entry: "73", day: "2024-03-02", early: true }),
        flow({
          ...{ lotId: "lot-f", entry: "71", day: "2024-03-01" },
          ...{ kind: "proceeds" as const, cents: 500n, confirmed: false, ownHoldersCents: 3n },
        }),
      ],
    });
  });

  test("with a distribution taken back and a reversed investment of which a part came later", () => {
    const reversed = lot({
      ...{ lotId: "lot-g", entry: "20", token: "token-g", tokenHandle: "gus" },
      ...{ sharesLeft: 0n, costLeftCents: 0n },
    });
    const book: LinedRecord = {
      ...EXAMPLE,
      lots: [alice, reversed],
      movements: [
        ...EXAMPLE.movements,
        bought(reversed),
        { lotId: "lot-g", entry: "30", day: "2022-01-10", kind: "reversal", shares: -95_000n },
      ],
      flows: [
        ...EXAMPLE.flows,
        flow({
          entry: "55",
          day: "2023-09-01",
          kind: "distribution_reversed",
          cents: 1_350_000n,
        }),
        flow({ lotId: "lot-g", entry: "30", day: "2022-01-10", kind: "proceeds", cents: 4_000n }),
        flow({ lotId: "lot-g", entry: "44", day: "2022-05-10", kind: "proceeds", cents: 1_000n }),
      ],
    };
    const text = journalText(book);
    expect(text).toContain(`2022-01-10 reversal 30
  assets:positions:gus  -95000 "gus" @@ 40.00 USD
  assets:cash  40.00 USD`);
    expect(text).toContain(`2022-05-10 repayment 44
  income:repayments:gus  -10.00 USD
  assets:positions:gus  10.00 USD
  assets:positions:gus  -10.00 USD
  assets:cash  10.00 USD`);
    expect(text).toContain(`2023-09-01 distribution reversed 55
  income:distributions:alice  13500.00 USD`);
    expectAgreement(book);
  });
});
