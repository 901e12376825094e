import { describe, expect, it } from "vitest";
import { stepOf } from "./schema";

const now = new Date("2026-11-22T14:00:00.000Z");

describe("stepOf", () => {
  it("moves by hours and by days", () => {
    expect(stepOf({ how: "hours", hours: 3 }, now)).toBe(3 * 3_600_000);
    expect(stepOf({ how: "days", days: 7 }, now)).toBe(7 * 86_400_000);
  });
  it("moves to the beginning of a later day", () => {
    expect(stepOf({ how: "date", date: "2026-11-23" }, now)).toBe(10 * 3_600_000);
  });
  it("never moves back, nor beyond twenty years", () => {
    expect(stepOf({ how: "date", date: "2026-11-22" }, now)).toBeNull();
    expect(stepOf({ how: "date", date: "2060-01-01" }, now)).toBeNull();
  });
});
