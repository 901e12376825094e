import { describe, expect, it } from "vitest";
import vectors from "#tests/vectors/returns.json";
import { dayNumber, type Flow, isUnderAYear, shownRate, solveIrr } from "./irr";

const flow = (day: string, cents: number | bigint): Flow => ({ day, cents: BigInt(cents) });

/** (scale − (scale + percent) · x) for each rate in hundredths, multiplied out over 365-day years. */
function flowsWithRoots(percents: readonly number[], firstDay = "2001-01-01"): Flow[] {
  let coefficients = [-1n];
  for (const percent of percents) {
    const next = [...coefficients.map((c) => c * 100n), 0n];
    coefficients.forEach((c, i) => {
      next[i + 1] = (next[i + 1] ?? 0n) - c * BigInt(100 + percent);
    });
    coefficients = next;
  }
  const first = Date.parse(`${firstDay}T00:00:00Z`);
  return coefficients.map((cents, i) =>
    flow(new Date(first + i * 365 * 86_400_000).toISOString().slice(0, 10), cents),
  );
}

function expectRate(actual: string | undefined, expected: string) {
  const [a, e] = [Number(actual), Number(expected)];
  expect(Math.abs(a - e)).toBeLessThanOrEqual(1e-9 * Math.max(1e-3, Math.abs(e)));
}

describe("the shared vectors", () => {
  it.each(vectors.cases)("$name", ({ flows, expect: expected, shown }) => {
    const irr = solveIrr(
      flows.map(({ date, amount }) => flow(date, BigInt(amount.replace(".", "")))),
    );
    expect(irr.kind).toBe(expected.kind);
    if (irr.kind === "irr") expectRate(irr.rate, expected.rate ?? "");
    if (irr.kind === "multiple") {
      expect(irr.rates).toHaveLength(expected.rates?.length ?? -1);
      irr.rates.forEach((rate, i) => {
        expectRate(rate, expected.rates?.[i] ?? "");
      });
    }
    if (shown !== undefined && irr.kind === "irr") {
      const days = dayNumber(flows.at(-1)?.date ?? "") - dayNumber(flows[0]?.date ?? "");
      const { percent, basis } = shownRate(irr.rate, days);
      expect(basis).toBe("since_first_flow");
      expect(`${percent}% since the first flow`).toBe(shown);
    }
  });
});

describe("kinds", () => {
  const none = { kind: "none" };
  it.each([
    ["nothing at all", [], none],
    ["one date only", [flow("2026-01-01", -100), flow("2026-01-01", 150)], none],
    ["a purchase valued on its day", [flow("2026-01-01", -100), flow("2026-01-01", 100)], none],
    ["only zeros", [flow("2026-01-01", 0), flow("2026-01-02", 0)], none],
    [
      "no outflow once netted",
      [flow("2026-01-01", -1), flow("2026-01-01", 1), flow("2027-01-01", 5)],
      none,
    ],
    ["a loss on one date", [flow("2026-01-01", -100)], none],
    [
      "a loss seen later",
      [flow("2026-01-01", -100), flow("2026-01-02", 0)],
      { kind: "total_loss" },
    ],
    ["a root above the bounds", [flow("2026-01-01", -1), flow("2026-01-02", 10n ** 15n)], none],
    ["a root below the bounds", [flow("2026-01-01", -(10n ** 15n)), flow("2026-01-02", 1)], none],
    [
      "break-even",
      [flow("2026-01-01", -5), flow("2027-01-01", 5)],
      { kind: "irr", rate: "0.000000000000" },
    ],
    [
      "money first",
      [flow("2026-01-01", 100), flow("2027-01-01", -110)],
      { kind: "irr", rate: "0.100000000000" },
    ],
    [
      "any order",
      [flow("2027-01-01", 60), flow("2026-01-01", -100), flow("2027-01-01", 50)],
      { kind: "irr", rate: "0.100000000000" },
    ],
  ])("%s", (_name, flows, expected) => {
    expect(solveIrr(flows)).toEqual(expected);
  });

  it("refuses what is no day", () => {
    for (const day of [
      "2026-02-29",
      "2026-00-10",
      "2026-04-31",
      "2026-1-01",
      "20260-1-01",
      "2026-01-0:",
      "x",
    ])
      expect(() => solveIrr([flow(day, 1)])).toThrow(RangeError);
  });
});

describe("days", () => {
  it("are numbered as Date does", () => {
    for (let day = -800_000; day < 400_000; day += 997) {
      const text = new Date(day * 86_400_000).toISOString();
      if (text.length === 24) expect(dayNumber(text.slice(0, 10))).toBe(day);
    }
    expect(dayNumber("2000-02-29")).toBe(11_016);
    expect(isUnderAYear(364)).toBe(true);
    expect(isUnderAYear(365)).toBe(false);
  });
});

describe("hard cases", () => {
  it.each([
    [[10, 10]],
    [[10, 10, 10]],
    [[0, 0, 0, 0]],
    [new Array<number>(12).fill(10)],
    [[10, 10, 20, 20, 20, -50]],
    [[5, 6]],
    [[1, 2, 3, 4, 5, 6, 7, 8]],
    [[-90, 0, 300]],
  ])("isolates the roots of %j, each once", (percents) => {
    const irr = solveIrr(flowsWithRoots(percents));
    const distinct = [...new Set(percents)].sort((a, b) => a - b);
    const rates = irr.kind === "irr" ? [irr.rate] : irr.kind === "multiple" ? irr.rates : [];
    expect(rates).toEqual(distinct.map((percent) => (percent / 100).toFixed(12)));
  });

  it("tells nearly equal roots, a double root and none apart, a cent in 10^15", () => {
    const near = (middle: bigint) =>
      solveIrr([
        flow("2021-01-01", -(10n ** 15n)),
        flow("2022-01-01", 22n * 10n ** 14n),
        flow("2023-01-01", -121n * 10n ** 13n + middle),
      ]);
    expect(near(0n)).toEqual({ kind: "irr", rate: "0.100000000000" });
    expect(near(-1n)).toEqual({ kind: "none" });
    const two = near(1n);
    expect(two.kind).toBe("multiple");
    expect(two.kind === "multiple" && two.rates).toEqual(["0.099999968377", "0.100000031623"]);
  });

  it("is exact beyond the safe integers", () => {
    const huge = 10n ** 24n;
    expect(
      solveIrr([
        flow("2021-01-01", -huge),
        flow("2022-01-01", huge + huge / 10n),
        flow("2022-01-01", huge),
        flow("2022-01-01", -huge),
      ]),
    ).toEqual({ kind: "irr", rate: "0.100000000000" });
  });

  it("is exact where one flow alone is beyond them, and its day's net is not", () => {
    const beyond = 2n ** 53n + 1n;
    const flows = [
      flow("2021-01-01", -10),
      flow("2022-01-01", beyond),
      flow("2022-01-01", 11n - beyond),
    ];
    expect(solveIrr(flows)).toEqual({ kind: "irr", rate: "0.100000000000" });
    expect(solveIrr([...flows].reverse())).toEqual({ kind: "irr", rate: "0.100000000000" });
  });

  it("nets days far apart as it nets days close together", () => {
    const far = [
      flow("9999-01-01", 3),
      flow("0001-01-01", -7),
      flow("9999-01-01", -3),
      flow("0002-01-01", 10),
      flow("0001-01-01", -3),
      flow("0002-01-01", 1),
      flow("9998-01-01", 0),
    ];
    expect(solveIrr(far)).toEqual({ kind: "irr", rate: "0.100000000000" });
  });

  it("answers 10,000 flows at once", () => {
    const days = Array.from({ length: 10_000 }, (_, i) =>
      new Date((8000 + i) * 86_400_000).toISOString().slice(0, 10),
    );
    const flows = days.map((day, i) => flow(day, i < 3000 ? -10_000 - i : 9_000 + i));
    const start = performance.now();
    expect(solveIrr(flows).kind).toBe("irr");
    const alternating = days.map((day, i) => flow(day, i % 2 === 0 ? -100 : 100));
    expect(solveIrr(alternating)).toEqual({ kind: "irr", rate: "0.000000000000" });
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
