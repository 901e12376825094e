import { describe, expect, test } from "vitest";
import { allot, costOfWanted, endsAt, stepProblem } from "./rules";

const T0 = new Date("2027-01-01T00:00:00.000Z");
const day = (n: number) => new Date(T0.getTime() + n * 864e5);

describe("windows", () => {
  test("last 7, 14, 7 and 14 days", () => {
    expect(endsAt("funding", T0)).toEqual(day(7));
    expect(endsAt("owner", T0)).toEqual(day(14));
    expect(endsAt("holders", T0)).toEqual(day(7));
    expect(endsAt("approval", T0)).toEqual(day(14));
  });

  test("end at their very instant", () => {
    const resale = { state: "owner" as const, until: day(14) };
    expect(stepProblem(resale, "owner", new Date(day(14).getTime() - 1))).toBeNull();
    expect(stepProblem(resale, "owner", day(14))).toBe("too_late");
    expect(stepProblem(resale, "approval", day(1))).toBe("not_yet");
    expect(stepProblem({ ...resale, state: "approval" }, "owner", day(1))).toBe("too_late");
    expect(stepProblem({ state: "settled", until: null }, "owner", day(1))).toBe("resale_closed");
  });
});

describe("shares that several want", () => {
  const wish = (wanted: bigint, held: bigint) => ({ buyerId: "x", wanted, held });

  test("go to each who wants them while there are enough", () => {
    expect(allot(100n, [wish(30n, 1n), wish(40n, 9n)])).toEqual([30n, 40n]);
  });

  test("go in proportion to what each holds where there are not", () => {
    expect(allot(100n, [wish(100n, 1n), wish(100n, 3n)])).toEqual([25n, 75n]);
  });

  test("that one leaves go to the others, again in proportion", () => {
    expect(allot(100n, [wish(10n, 2n), wish(100n, 1n), wish(100n, 1n)])).toEqual([10n, 45n, 45n]);
  });

  test("are never more than there are, whatever does not divide", () => {
    expect(allot(10n, [wish(10n, 1n), wish(10n, 1n), wish(10n, 1n)])).toEqual([4n, 3n, 3n]);
    expect(allot(1n, [wish(5n, 1n), wish(5n, 1n)])).toEqual([1n, 0n]);
    expect(allot(5n, [])).toEqual([]);
  });

  test("cost their part of the price, rounded up", () => {
    expect(costOfWanted({ shares: 3n, priceCents: 100n }, 1n)).toBe(34n);
    expect(costOfWanted({ shares: 3n, priceCents: 99n }, 1n)).toBe(33n);
  });
});
