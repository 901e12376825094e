import { describe, expect, test } from "vitest";
import {
  declareBy,
  dueAt,
  firstGrade,
  paymentState,
  recordInstantOf,
  splitByPeople,
} from "./rules";

const minted = new Date("2026-01-01T10:00:00.000Z");

describe("recordInstantOf", () => {
  test("is 24:00 UTC of the closing date, once that has passed", () => {
    const instant = new Date("2026-03-02T00:00:00.000Z");
    expect(recordInstantOf("2026-03-01", minted, instant)).toEqual({ ok: true, value: instant });
    const before = new Date(instant.getTime() - 1);
    expect(recordInstantOf("2026-03-01", minted, before)).toEqual({
      ok: false,
      error: "closing_in_future",
    });
  });

  test("a day that ended before the token was minted is refused, the day of minting is not", () => {
    const now = new Date("2026-06-01T00:00:00.000Z");
    expect(recordInstantOf("2025-12-31", minted, now)).toEqual({
      ok: false,
      error: "before_token",
    });
    expect(recordInstantOf("2026-01-01", minted, now).ok).toBe(true);
    const midnight = new Date("2026-01-02T00:00:00.000Z");
    expect(recordInstantOf("2026-01-01", midnight, now)).toEqual({
      ok: false,
      error: "before_token",
    });
  });
});

test("dates: declared within 30 days, due 30 days after the declaration", () => {
  expect(declareBy("2026-01-31")).toBe("2026-03-02");
  expect(dueAt(new Date("2026-03-01T12:00:00.000Z"))).toEqual(new Date("2026-03-31T12:00:00.000Z"));
});

test("a declaration starts documented with a document, self-reported without", () => {
  expect([firstGrade(true), firstGrade(false)]).toEqual(["documented", "self_reported"]);
});

test("where a payment stands", () => {
  const due = new Date("2026-03-31T12:00:00.000Z");
  const state = (paidAt: Date | null, toPayCents: bigint, now: Date) =>
    paymentState({ paidAt, dueAt: due, toPayCents }, now);
  expect(state(due, 0n, due)).toBe("nothing_to_pay");
  expect(state(due, 1n, due)).toBe("paid");
  expect(state(null, 1n, due)).toBe("due");
  expect(state(null, 1n, new Date(due.getTime() + 1))).toBe("overdue");
});

describe("splitByPeople", () => {
  const parts = (holders: number, lotsEach: number) =>
    Array.from({ length: holders * lotsEach }, (_, index) => ({
      holderId: `h${index % holders}`,
      lot: index,
    }));

  test("an entry names at most 256 people, the owner included", () => {
    expect(splitByPeople([])).toEqual([]);
    expect(splitByPeople(parts(255, 1))).toHaveLength(1);
    expect(splitByPeople(parts(256, 1)).map((run) => run.length)).toEqual([255, 1]);
    expect(splitByPeople(parts(3, 400))).toHaveLength(1);
  });

  test("nothing is lost and the order is kept", () => {
    const all = parts(700, 2);
    const runs = splitByPeople(all);
    expect(runs.flat()).toEqual(all);
    for (const run of runs)
      expect(new Set(run.map((part) => part.holderId)).size).toBeLessThanOrEqual(255);
  });
});
