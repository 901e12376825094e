import { describe, expect, test } from "vitest";
import { type RopeLot, toRopePoints } from "./rope-points";

const lot = (more: Partial<RopeLot>): RopeLot => ({
  acquiredDay: "2021-01-10",
  paidCents: 1_000n,
  capCents: null,
  sharesBought: 10n,
  endedDay: null,
  reversedDay: null,
  marks: [],
  flows: [],
  changes: [],
  ...more,
});
const paid = (day: string, cents: bigint, more: { confirmed?: boolean; early?: boolean } = {}) => ({
  day,
  cents,
  kind: "distribution" as const,
  confirmed: true,
  early: false,
  ...more,
});

describe("toRopePoints", () => {
  test("nothing invested is no rope", () => {
    expect(toRopePoints([], "2026-01-01")).toEqual([]);
  });

  test("cash cumulates, one point a day, up to the valuation date", () => {
    const points = toRopePoints(
      [
        lot({
          flows: [
            paid("2022-05-01", 300n),
            paid("2022-05-01", 5n, { confirmed: false }),
            paid("2022-06-01", 7n, { early: true }),
          ],
        }),
        lot({ acquiredDay: "2022-05-01" }),
      ],
      "2023-01-01",
    );
    expect(points).toEqual([
      { day: "2021-01-10", paidInCents: "1000", cashBackCents: "0", valueCents: "1000" },
      { day: "2022-05-01", paidInCents: "2000", cashBackCents: "300", valueCents: "2000" },
      { day: "2022-06-01", paidInCents: "2000", cashBackCents: "300", valueCents: "2000" },
      { day: "2023-01-01", paidInCents: "2000", cashBackCents: "300", valueCents: "1896" },
    ]);
  });

  test("each day's value is that day's: older by its age, less what was sold, moved by the prices so far", () => {
    const points = toRopePoints(
      [
        lot({
          marks: [
            {
              day: "2022-03-01",
              markClass: "price",
              priceCents: 40_000n,
              shares: 100n,
              counts: true,
            },
          ],
          changes: [{ day: "2022-02-01", shares: -4n, costCents: -400n, capCents: 0n }],
          flows: [{ ...paid("2022-02-01", 900n), kind: "proceeds" }],
        }),
        lot({ acquiredDay: "2022-03-01", reversedDay: "2022-04-01" }),
      ],
      "2024-09-01",
    );
    expect(points.map(({ day, valueCents }) => [day, valueCents])).toEqual([
      ["2021-01-10", "1000"],
      ["2022-02-01", "600"],
      ["2022-03-01", "3400"],
      ["2022-04-01", "2400"],
      ["2024-09-01", "1800"],
    ]);
    expect(points.at(-1)).toMatchObject({ paidInCents: "2000", cashBackCents: "900" });
  });

  test("a long history is shown by the month's end, and ends where it ends", () => {
    const flows = Array.from({ length: 400 }, (_, i) =>
      paid(new Date(Date.UTC(2021, 0, 11 + i)).toISOString().slice(0, 10), 1n),
    );
    const points = toRopePoints([lot({ flows })], "2022-03-05");
    expect(points.map(({ day }) => day)).toEqual([
      "2021-01-10",
      ...Array.from({ length: 14 }, (_, i) =>
        new Date(Date.UTC(2021, i + 1, 0)).toISOString().slice(0, 10),
      ),
      "2022-03-05",
    ]);
    expect(points.slice(-2).map((point) => point.cashBackCents)).toEqual(["400", "400"]);
    expect(points[1]?.cashBackCents).toBe("21");
  });

  test("a used cap and an end take the value down", () => {
    const points = toRopePoints(
      [
        lot({
          capCents: 3_000n,
          endedDay: "2023-05-02",
          flows: [paid("2022-05-01", 2_500n), paid("2023-05-02", 500n)],
        }),
      ],
      "2023-05-02",
    );
    expect(points.map((point) => point.valueCents)).toEqual(["1000", "500", "0"]);
    expect(points.at(-1)?.cashBackCents).toBe("3000");
  });
});
