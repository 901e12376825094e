/** The worked example of `/method`: one teacher's small book, and some teachers to rank. Everything on that page is computed from it. */
import type { Flow } from "~/ledger/irr";
import type { CashEvent, RecordLot } from "~/ledger/returns";

/** One investment of the example, and what is to be learnt from it. */
export type MethodInvestment = {
  student: string;
  lesson: string;
  lot: RecordLot;
  cash: CashEvent[];
};
export type MethodBook = {
  teacher: string;
  valuationDate: string;
  investments: MethodInvestment[];
  /** Flows with more than one rate. */
  severalRates: Flow[];
  /** Teachers with the DPI of each of their qualifying positions, by year of first investment. */
  teachers: { name: string; dpis: { year: number; dpi: string }[] }[];
};

type Terms = {
  student: string;
  day: string;
  dollars: number;
  lesson: string;
  lot?: Partial<RecordLot>;
  cash?: Omit<CashEvent, "lotId">[];
};
const SHARES = 100_000n;

/** An investment as it stands on the valuation date; what it says of the lot stands above what it would be. */
function invested({ student, day, dollars, lesson, lot, cash = [] }: Terms): MethodInvestment {
  const lotId = student.toLowerCase();
  const paidCents = BigInt(dollars) * 100n;
  return {
    student,
    lesson,
    lot: {
      ...{ lotId, token: lotId, tokenHandle: lotId, cohort: null, acquiredDay: day, paidCents },
      ...{ costLeftCents: paidCents, capLeftCents: null, sharesLeft: SHARES, endedDay: null },
      ...{ marks: [], finder: false, apart: false, ...lot },
    },
    cash: cash.map((event) => ({ ...event, lotId })),
  };
}

/** Cash of a company sale or a resale, confirmed unless said otherwise. */
function came(day: string, dollars: number, more: Partial<CashEvent> = {}) {
  return {
    ...{ day, cents: BigInt(dollars) * 100n, kind: "distribution" as const },
    ...{ confirmed: true, early: false, ownHoldersCents: 0n, ...more },
  };
}

const year = (year: number, ...dpis: string[]) => dpis.map((dpi) => ({ year, dpi }));

export const METHOD_BOOK: MethodBook = {
  teacher: "Rosa",
  valuationDate: "2026-06-30",
  investments: [
    invested({
      ...{ student: "Ava", day: "2019-03-01", dollars: 20_000 },
      lesson: "sold a company; the buyer confirmed it",
      cash: [came("2023-05-10", 62_000)],
    }),
    invested({
      ...{ student: "Ben", day: "2020-02-03", dollars: 20_000 },
      lesson: "stated in writing that nothing will come of it",
      lot: {
        marks: [
          {
            ...{ day: "2022-06-15", markClass: "written_down", counts: true },
            priceCents: 0n,
            shares: 1n,
          },
        ],
      },
    }),
    invested({
      ...{ student: "Chloé", day: "2021-09-01", dollars: 15_000 },
      lesson: "sold shares to somebody new, at twice the price",
      lot: {
        marks: [
          {
            ...{ day: "2025-03-01", markClass: "price", counts: true },
            ...{ priceCents: 3_000_000n, shares: SHARES },
          },
        ],
      },
    }),
    invested({
      ...{ student: "Dov", day: "2022-04-04", dollars: 20_000 },
      lesson: "half of the shares were resold to an unconnected buyer",
      lot: { costLeftCents: 1_000_000n, sharesLeft: SHARES / 2n },
      cash: [came("2024-11-20", 14_000, { kind: "proceeds", ownHoldersCents: 20_000n })],
    }),
    invested({
      ...{ student: "Eve", day: "2023-01-16", dollars: 10_000 },
      lesson: "paid, but nobody has confirmed the sale",
      lot: { capLeftCents: 2_600_000n },
      cash: [came("2025-10-01", 4_000, { confirmed: false })],
    }),
    invested({
      ...{ student: "Finn", day: "2024-02-01", dollars: 10_000 },
      lesson: "sold five months after the investment",
      cash: [came("2024-08-01", 1_500, { early: true })],
    }),
    invested({
      ...{ student: "Gil", day: "2022-01-10", dollars: 5_000 },
      lesson: "is Rosa’s brother",
      lot: { apart: true },
      cash: [came("2024-03-12", 9_000)],
    }),
    invested({
      ...{ student: "Hana", day: "2023-06-01", dollars: 8_000 },
      lesson: "the investment was reversed, and all cash came back",
      lot: { costLeftCents: 0n, sharesLeft: 0n },
      cash: [came("2023-09-01", 8_000, { kind: "proceeds" })],
    }),
  ],
  severalRates: [
    { day: "2023-01-01", cents: -10_000n },
    { day: "2024-01-01", cents: 23_000n },
    { day: "2024-12-31", cents: -13_200n },
  ],
  teachers: [
    {
      name: "Rosa",
      dpis: [
        ...year(2021, "0", "3.1", "0.4", "0", "1.2"),
        ...year(2022, "0", "0.7", "2.2", "0", "0.3", "5.6"),
      ],
    },
    {
      name: "Sven",
      dpis: [...year(2021, "0", "0", "0.1", "0", "0.2", "0"), ...year(2022, "0", "0", "0", "0.3")],
    },
    {
      name: "Tara",
      dpis: [
        ...year(2021, "0.9", "0", "2.0", "0.6"),
        ...year(2022, "1.4", "0", "0.8", "2.5", "0.2", "0", "1.1", "0.5"),
      ],
    },
    {
      name: "Uma",
      dpis: [
        ...year(2021, "0", "0.2", "0", "0", "0"),
        ...year(2022, "0.1", "0", "12", "0", "0", "0"),
      ],
    },
    {
      name: "Vito",
      dpis: [
        ...year(2021, "0.3", "0", "0", "0.5", "0.1", "0"),
        ...year(2022, "0", "0.6", "0", "0", "0.2"),
      ],
    },
    {
      name: "Wen",
      dpis: [
        ...year(2021, "1.8", "0.7", "0", "2.9", "0.4"),
        ...year(2022, "0.6", "3.3", "0", "1.0", "0.9"),
      ],
    },
  ],
};
