import { describe, expect, it } from "vitest";
import { fixedClock, offsetClock } from "./clock";
import {
  addDays,
  addMonths,
  addYears,
  daysBetween,
  endOfDayInstant,
  formatDate,
  formatDeadline,
  formatFromNow,
  inReadersZone,
  isTimeZone,
  startOfDayInstant,
  utcDay,
  wholeMonthsBetween,
} from "./dates";

describe("days", () => {
  it("are UTC's, whatever the machine's zone", () => {
    expect(utcDay(new Date("2026-11-22T23:59:59.999Z"))).toBe("2026-11-22");
    expect(endOfDayInstant("2026-11-22").toISOString()).toBe("2026-11-23T00:00:00.000Z");
  });

  it("are counted over leap days and clock changes", () => {
    expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(daysBetween("2026-03-30", "2026-03-28")).toBe(-2);
    expect(addDays("2025-12-31", 1)).toBe("2026-01-01");
    expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
  });

  it("clamp to the month's end", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(addMonths("2026-11-30", 14)).toBe("2028-01-30");
    expect(addYears("2024-02-29", 1)).toBe("2025-02-28");
    expect(addYears("2024-02-29", 4)).toBe("2028-02-29");
  });

  it("count whole months", () => {
    expect(wholeMonthsBetween("2026-01-31", "2026-02-27")).toBe(0);
    expect(wholeMonthsBetween("2026-01-31", "2026-02-28")).toBe(1);
    expect(wholeMonthsBetween("2024-01-15", "2027-01-14")).toBe(35);
    expect(wholeMonthsBetween("2024-01-15", "2023-01-14")).toBe(0);
  });

  it.each(["2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "", "2026-01-01T00:00"])(
    "refuse %s",
    (day) => {
      expect(() => startOfDayInstant(day)).toThrow(RangeError);
    },
  );
});

describe("dates as read", () => {
  it("are short and unambiguous", () => {
    expect(formatDate("2026-11-22")).toBe("22 Nov 2026");
    expect(formatDate(new Date("2026-09-01T23:00:00Z"))).toBe("1 Sep 2026");
  });

  it("have zone and distance as deadlines", () => {
    const now = new Date("2026-11-22T12:00:00Z");
    const deadline = new Date("2026-12-06T16:30:00Z");
    expect(formatDeadline(deadline, "Europe/Berlin", now)).toBe(
      "6 Dec 2026, 17:30 Europe/Berlin (in 14 days)",
    );
    expect(formatDeadline(deadline, "UTC", now)).toBe("6 Dec 2026, 16:30 UTC (in 14 days)");
    expect(formatDeadline(new Date("2026-12-05T23:00:00Z"), "Europe/Berlin", now)).toContain(
      "6 Dec 2026, 00:00",
    );
  });

  it.each([
    [2 * 86_400_000, "in 2 days"],
    [7 * 86_400_000 - 1, "in 6 days and 23 hours"],
    [3 * 86_400_000 + 3_600_000, "in 3 days and 1 hour"],
    [10 * 86_400_000 + 7_200_000, "in 10 days"],
    [2 * 86_400_000 - 1, "in 47 hours"],
    [7_200_000 - 1, "in 119 minutes"],
    [60_000, "in 1 minute"],
    [59_999, "in under a minute"],
    [-1, "just now"],
    [-90 * 60_000, "90 minutes ago"],
    [-3 * 86_400_000, "3 days ago"],
    [-730 * 86_400_000, "730 days ago"],
    [-731 * 86_400_000, "2 years ago"],
    [-2216 * 86_400_000, "6 years ago"],
  ])("%d ms away", (distance, text) => {
    const now = new Date("2026-11-22T12:00:00Z");
    expect(formatFromNow(new Date(now.getTime() + distance), now)).toBe(text);
  });

  it.each([
    ["2026-12-06T16:00:00Z", "Europe/Berlin", "America/New_York", "11:00 America/New_York"],
    ["2026-12-06T23:30:00Z", "UTC", "Asia/Kolkata", "7 Dec 2026, 05:00 Asia/Kolkata"],
    ["2026-12-31T23:30:00Z", "Asia/Tokyo", "UTC", "31 Dec 2026, 23:30 UTC"],
    ["2026-12-06T16:00:00Z", "Europe/Berlin", "Europe/Madrid", null],
    ["2026-12-06T16:00:00Z", "UTC", "UTC", null],
  ])("%s, set in %s, is read in %s as %s", (instant, zone, readersZone, read) => {
    expect(inReadersZone(new Date(instant), zone, readersZone)).toBe(read);
  });

  it("knows zones", () => {
    expect(isTimeZone("Europe/Berlin")).toBe(true);
    expect(isTimeZone("Europe/Nowhere")).toBe(false);
  });
});

describe("clocks", () => {
  it("stand still or run ahead", () => {
    const clock = fixedClock(new Date("2026-11-22T12:00:00Z"));
    expect(clock.now()).toEqual(clock.now());
    expect(offsetClock(clock, 86_400_000).now().toISOString()).toBe("2026-11-23T12:00:00.000Z");
  });
});
