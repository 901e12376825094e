import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { CapBar } from "./cap-bar";
import { type Dated, DeadlinesChart, titleOf } from "./deadlines";
import { OutcomesChart } from "./outcomes";
import { OutcomesStrip, stripFinding } from "./outcomes-strip";
import { JCurves, OutcomePanels } from "./panels";
import { PeersChart } from "./peers";
import { RopeChart } from "./rope";
import { SimulatorChart } from "./simulator";
import { WaterfallChart } from "./waterfall";

const source = "Belay's ledger, 22 Nov 2026";

const point = (day: string, paidInCents: string, cashBackCents: string, valueCents: string) => ({
  day,
  paidInCents,
  cashBackCents,
  valueCents,
});

const gain = {
  proceedsCents: "300000000",
  basisCents: "0",
  costsCents: "0",
  lossCents: "0",
  distributableCents: "300000000",
  parts: ["Ada", "Ben", "Cy"].map((name) => ({ name, cents: "3000000" })),
  ownerName: "Alice",
  ownerCents: "291000000",
  source,
};

const manyHolders = Array.from({ length: 200 }, (_, i) => ({
  name: `Holder with a very long name number ${i}`,
  shares: "10000",
}));

const charts: [string, ReactElement, string][] = [
  [
    "rope",
    <RopeChart
      key="c"
      source={source}
      points={[
        point("2021-01-10", "6666667", "0", "6666667"),
        point("2023-06-30", "6666667", "3000000", "6666667"),
      ]}
    />,
    "$66,667 paid in, $30,000 came back, $66,667 still held at carried value",
  ],
  [
    "rope of one day",
    <RopeChart key="c" source={source} points={[point("2021-01-10", "1", "0", "1")]} />,
    "paid in",
  ],
  ["rope of nothing", <RopeChart key="c" source={source} points={[]} />, "Nothing invested yet"],
  [
    "outcomes",
    <OutcomesChart
      key="c"
      source={source}
      medianTvpi="0.0000"
      bestShare="0.9000"
      outcomes={["0.0000", "0.0000", "1.0000", "34.5000", "5000.0000", null].map((multiple, i) => ({
        name: `Student ${i}`,
        multiple,
      }))}
    />,
    "3 of 6 investments are below what was paid; the largest made 90% of all",
  ],
  [
    "no outcomes",
    <OutcomesChart key="c" source={source} medianTvpi={null} bestShare={null} outcomes={[]} />,
    "No investments yet",
  ],
  [
    "J-curves",
    <JCurves
      key="c"
      source={source}
      curves={[
        {
          name: "Ada",
          points: [
            { years: 0, cash: -1, total: 0 },
            { years: 3, cash: 0.5, total: 0.9 },
          ],
        },
        { name: "Ada", points: [{ years: 0, cash: -1, total: -1 }] },
        { name: "Nobody", points: [] },
      ]}
    />,
    "For each dollar paid in, Ada has $1.50 back and Ada has $0.00 back",
  ],
  [
    "outcome panels",
    <OutcomePanels
      key="c"
      source={source}
      records={[
        {
          name: "Ada",
          multiples: ["0.0000", "0.9999", "1.0000", null, "4000.0000"],
          median: "0.9999",
        },
        { name: "Ben", multiples: ["2.0000"], median: null },
        { name: "Cy", multiples: [], median: null },
      ]}
    />,
    "Below what was paid: 60% of Ada's and 0% of Ben's investments",
  ],
  [
    "peers",
    <PeersChart
      key="c"
      source={source}
      title="DPI is at or above the middle of all teachers in 1 of 2 vintages"
      panels={[
        {
          name: "DPI",
          rows: [
            {
              name: "2021",
              own: 0.66,
              others: [0, 0.1, 0.66, 400],
              years: "2020–2022",
              quartiles: { low: 0.07, median: 0.38, high: 100.5 },
            },
            {
              name: "A cohort with a very long name",
              own: null,
              others: [],
              years: "2023",
              quartiles: null,
            },
          ],
        },
        { name: "TVPI", rows: [] },
      ]}
    />,
    "DPI is at or above the middle of all teachers in 1 of 2 vintages",
  ],
  [
    "waterfall",
    <WaterfallChart key="c" {...gain} />,
    "Of a gain of $3,000,000.00, $90,000.00 goes to 3 holders",
  ],
  [
    "waterfall of a loss",
    <WaterfallChart
      key="c"
      {...gain}
      basisCents="400000000"
      distributableCents="0"
      parts={[]}
      ownerCents="0"
    />,
    "Of a gain of $0.00",
  ],
  [
    "cap bar",
    <CapBar
      key="c"
      source={source}
      ownerName="Alice"
      holders={[
        { name: "Ada", shares: "95000" },
        { name: "Ben", shares: "100000", reserved: true },
      ]}
    />,
    "Alice holds 98.05% of the token; 1.95% is with others, 20% at most",
  ],
  [
    "cap bar of many",
    <CapBar key="c" source={source} ownerName="Alice" holders={manyHolders} />,
    "186 more holders",
  ],
  [
    "simulator",
    <SimulatorChart
      key="c"
      source={source}
      futures={["10000000", "100000000", "3400000000"].map((gainCents) => ({
        label: `You gain ${gainCents}`,
        gainCents,
        ownerCents: ((BigInt(gainCents) * 99n) / 100n).toString(),
        parts: [{ name: "Ada", cents: (BigInt(gainCents) / 100n).toString() }],
      }))}
    />,
    "Nothing is ever sold: nothing, and you owe nothing.",
  ],
];

describe("charts", () => {
  it.each(charts)(
    "%s: finding, label, source, table; nothing a strict CSP refuses",
    (_name, chart, text) => {
      const html = renderToStaticMarkup(chart);
      expect(html).toContain(text.replaceAll("'", text.startsWith("Below") ? "’" : "&#x27;"));
      expect(html).toMatch(/^<figure[^>]*><figcaption/);
      expect(html.match(/<svg role="img" aria-labelledby="[^"]+"/g)).toHaveLength(2);
      for (const [, ids] of html.matchAll(/aria-labelledby="([^"]+)"/g))
        for (const id of ids?.split(" ") ?? []) expect(html).toContain(`id="${id}"`);
      expect(html).toContain("Source: Belay");
      expect(html).toMatch(/<details.*<table/);
      expect(html).not.toMatch(/style=|NaN|undefined|Infinity|<script|on[a-z]+=/);
    },
  );
});

describe("outcomes", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `Student ${i}`, multiple: String(i / 4) }));
  const drawn = (count: number) =>
    renderToStaticMarkup(
      <OutcomesChart outcomes={many(count)} medianTvpi="1" bestShare="0.5" source={source} />,
    );

  it("names each of a hundred dots where one can point at them, and in the table", () => {
    const html = drawn(100);
    expect(html.match(/<circle/g)).toHaveLength(100);
    expect(html.match(/<title>Student \d+: /g)).toHaveLength(100);
    expect(html.match(/<tr /g)).toHaveLength(101);
  });

  it("lays no dot on another, where smaller ones help", () => {
    const worth = (count: number, multiple: string) =>
      Array.from({ length: count }, () => ({ name: "S", multiple }));
    const all = [...worth(55, "1"), ...worth(90, "0"), ...worth(30, "0.7"), ...worth(30, "8")];
    const html = renderToStaticMarkup(
      <OutcomesChart outcomes={all} medianTvpi="1" bestShare="0.5" source={source} />,
    );
    const drawings = html.split("<svg").slice(1);
    for (const drawing of drawings) {
      const width = Number(/stroke-width="([\d.]+)"/.exec(drawing)?.[1]);
      expect(width).toBeGreaterThan(2);
      const dots = [...drawing.matchAll(/M([\d.]+) ([\d.]+)h0/g)].map(([, x, y]) =>
        [x, y].map(Number),
      );
      expect(dots).toHaveLength(all.length);
      for (const [i, [x = 0, y = 0]] of dots.entries())
        for (const [u = 0, v = 0] of dots.slice(i + 1))
          expect(Math.hypot(x - u, y - v)).toBeGreaterThanOrEqual(width);
      // Those at nothing stand over their own line.
      const nothing = dots.filter(([x = 0]) => x < 60);
      expect(nothing).toHaveLength(90);
      for (const [x = 0] of nothing) expect(Math.abs(x - 28)).toBeLessThanOrEqual(20);
    }
  });

  it("counts more than a hundred by ranges that leave none out", () => {
    const html = drawn(101);
    expect(html).not.toContain("<circle");
    // Two drawings, each with every dot.
    expect(html.match(/M[\d.]+ [\d.]+h0/g)).toHaveLength(202);
    const counts = [...html.matchAll(/<td[^>]*>(\d+)<\/td>/g)].map(([, count]) => Number(count));
    // 0; 0.25; 0.5, 0.75; 1 … 1.75; 2 … 4.75; 5 … 9.75; 10 … 25; none.
    expect(counts).toEqual([1, 1, 2, 4, 12, 20, 61, 0]);
  });
});

describe("the strip of a list's line", () => {
  const dots = (html: string, tone: string) =>
    new RegExp(`d="([^"]*)"[^>]*stroke-${tone}`).exec(html)?.[1]?.match(/h0/g)?.length ?? 0;

  it("has a dot for each, losses and nothing beside the rest, however many", () => {
    const multiples = [...Array(300).fill("0.0000"), "0.9999", null, "1.0000", "5000.0000"];
    const html = renderToStaticMarkup(<OutcomesStrip multiples={multiples} median="0.0000" />);
    expect(dots(html, "loss")).toBe(302);
    expect(dots(html, "gain")).toBe(2);
    expect(html).not.toMatch(/style=|NaN|-\d+h0/);
    expect(stripFinding(multiples)).toBe(
      "304 investments: 301 at nothing, 1 below what was paid, 1 at 1× to 10×, 1 at 10× and more",
    );
  });
});

describe("the map of deadlines", () => {
  const at = (day: string) => `2026-${day}T08:00:00.000Z`;
  const one = (name: string, opens: string, closes: string): Dated => ({
    ...{ name, zone: "Europe/Vienna", opens: at(opens), closes: at(closes) },
    ...{ decides: at("05-01"), starts: at("05-10"), ends: at("09-01") },
  });
  const now = new Date(at("03-10"));
  const cohorts = [one("Later", "03-01", "04-20"), one("Sooner", "02-01", "03-29")];

  it("says which deadline comes next, of how many that lie ahead", () => {
    expect(titleOf([...cohorts, one("Past", "01-01", "03-10")], now)).toBe(
      "The next of 2 deadlines: Sooner, 29 Mar 2026, in 19 days",
    );
    expect(titleOf([], now)).toBe("No deadline lies ahead");
  });

  it("names a deadline's day as the cohort's own zone has it, where in UTC it is another", () => {
    const late = {
      ...one("Late", "03-01", "03-29"),
      ...{ zone: "America/New_York", closes: "2026-03-30T03:30:00.000Z" },
    };
    expect(titleOf([late], now)).toContain("Late, 29 Mar 2026, in");
    const html = renderToStaticMarkup(
      <DeadlinesChart cohorts={[late]} now={now.toISOString()} source={source} />,
    );
    expect(html).toContain("Until 29 Mar 2026: Late");
    expect(html).not.toContain("30 Mar");
  });

  it("draws every cohort, and its table has the instants as the cohort’s own zone shows them, across the change of clocks", () => {
    const html = renderToStaticMarkup(
      <DeadlinesChart cohorts={cohorts} now={now.toISOString()} source={source} />,
    );
    expect(html.match(/<rect/g)).toHaveLength(4);
    expect(html).toContain("1 Mar 2026, 09:00 Europe/Vienna");
    expect(html).toContain("29 Mar 2026, 10:00 Europe/Vienna");
    expect(html).not.toMatch(/NaN|style=/);
  });
});
