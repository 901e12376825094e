import { describe, expect, test } from "vitest";
import { backersOf, keptObligations } from "./backing";

const lot = (change: Partial<Parameters<typeof backersOf>[0][number]>) => ({
  holderId: "a",
  holderName: "Anna",
  holderHandle: "anna",
  sharesLeft: 100n,
  paidCents: 500n,
  acquiredDay: "2026-02-01",
  finder: false,
  flows: [],
  ...change,
});
const payment = (cents: bigint) => ({ kind: "distribution" as const, cents });

describe("who stands behind a token", () => {
  test("all lots of a holder are one line, since the first of them", () => {
    const lots = [
      lot({ flows: [payment(7n)] }),
      lot({ acquiredDay: "2025-01-01", sharesLeft: 50n, finder: true, paidCents: 0n }),
    ];
    expect(backersOf(lots)).toEqual([
      {
        name: "Anna",
        handle: "anna",
        shares: "150",
        paidCents: "500",
        backCents: "7",
        since: "2025-01-01",
        finder: false,
      },
    ]);
  });

  test("the largest first, then by name; who holds nothing any more is not among them", () => {
    const lots = [
      lot({ holderId: "z", holderName: "Zoe", holderHandle: "zoe" }),
      lot({}),
      lot({ holderId: "b", holderName: "Ben", holderHandle: "ben", sharesLeft: 101n }),
      lot({ holderId: "g", holderName: "Gone", holderHandle: "gone", sharesLeft: 0n }),
    ];
    expect(backersOf(lots).map((backer) => backer.handle)).toEqual(["ben", "anna", "zoe"]);
  });
});

describe("obligations kept", () => {
  const gain = (change: Partial<Parameters<typeof keptObligations>[0][number]>) => ({
    closingDate: "2026-01-01",
    declaredAt: "2026-01-20T10:00:00.000Z",
    dueAt: "2026-02-19T10:00:00.000Z",
    paidAt: null,
    state: "due" as const,
    ...change,
  });

  test("a sale is declared in time up to the end of the thirtieth day", () => {
    const at = (declaredAt: string) => keptObligations([gain({ declaredAt })]).declaredInTime;
    expect(at("2026-02-01T00:00:00.000Z")).toBe(1);
    expect(at("2026-02-01T00:00:00.001Z")).toBe(0);
  });

  test("what is not due yet counts neither as kept nor as broken", () => {
    expect(keptObligations([gain({}), gain({ state: "nothing_to_pay" })])).toMatchObject({
      declared: 2,
      owed: 0,
      overdue: 0,
    });
  });

  test("paid in time, paid late, overdue", () => {
    const gains = [
      gain({ state: "paid", paidAt: "2026-02-19T10:00:00.000Z" }),
      gain({ state: "paid", paidAt: "2026-02-19T10:00:00.001Z" }),
      gain({ state: "overdue" }),
    ];
    expect(keptObligations(gains)).toMatchObject({ owed: 3, paidInTime: 1, overdue: 1 });
  });
});
