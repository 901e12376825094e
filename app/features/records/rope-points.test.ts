import { describe, expect, test } from "vitest";
import { type RopeLot, toRopePoints } from "./rope-points";

const lot = (more: Partial<RopeLot>): RopeLot => ({
  id: "a",
  acquiredDay: "2021-01-10",
  paidCents: 1_000n,
  capCents: null,
  sharesBought: 10n,
  endedAt: null,
  payments: [],
  ...more,
});
const paid = (day: string, cents: bigint, more: { confirmed?: boolean; early?: boolean } = {}) => ({
  day,
  cents,
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
          payments: [
            paid("2022-05-01", 300n),
            paid("2022-05-01", 5n, { confirmed: false }),
            paid("2022-06-01", 7n, { early: true }),
          ],
        }),
        lot({ id: "b", acquiredDay: "2022-05-01" }),
      ],
      "2023-01-01",
    );
    expect(points).toEqual([
      { day: "2021-01-10", paidInCents: "1000", cashBackCents: "0", valueCents: "1000" },
      { day: "2022-05-01", paidInCents: "2000", cashBackCents: "300", valueCents: "2000" },
      { day: "2022-06-01", paidInCents: "2000", cashBackCents: "300", valueCents: "2000" },
      { day: "2023-01-01", paidInCents: "2000", cashBackCents: "300", valueCents: "2000" },
    ]);
  });

  test("a used cap and an end take the value down", () => {
    const points = toRopePoints(
      [
        lot({
          capCents: 3_000n,
          endedAt: new Date("2023-05-02T08:00:00Z"),
          payments: [paid("2022-05-01", 2_500n), paid("2023-05-02", 500n)],
        }),
      ],
      "2023-05-02",
    );
    expect(points.map((point) => point.valueCents)).toEqual(["1000", "500", "0"]);
    expect(points.at(-1)?.cashBackCents).toBe("3000");
  });
});
