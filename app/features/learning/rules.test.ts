import { describe, expect, it } from "vitest";
import {
  formatSpan,
  isExpected,
  isTeachingDay,
  mean,
  median,
  minutesOfHours,
  mondayOf,
  weekAt,
  weekProblem,
} from "./rules";

const facts = {
  timeZone: "America/New_York",
  startsOn: "2026-11-25",
  endsOn: "2026-12-16",
  enrolledAt: new Date("2026-11-18T12:00:00Z"),
};

describe("weeks", () => {
  it.each([
    ["2026-11-23", "2026-11-23"],
    ["2026-11-29", "2026-11-23"],
    ["2026-11-22", "2026-11-16"],
    ["2027-01-01", "2026-12-28"],
  ])("%s is of the week of %s", (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });

  it("are those of the cohort's zone: Sunday evening in New York is not yet next week", () => {
    const instant = new Date("2026-11-30T03:00:00Z");
    expect(weekAt(instant, "America/New_York")).toBe("2026-11-23");
    expect(weekAt(instant, "UTC")).toBe("2026-11-30");
  });

  it.each([
    ["2026-11-24", "2026-12-01T12:00:00Z", "not_a_week"],
    ["2026-12-07", "2026-12-01T12:00:00Z", "week_ahead"],
    ["2026-11-09", "2026-12-01T12:00:00Z", "week_before_place"],
    ["2026-12-21", "2026-12-22T12:00:00Z", "week_after_end"],
    ["2026-11-16", "2026-12-01T12:00:00Z", null],
    ["2026-12-14", "2026-12-22T12:00:00Z", null],
    ["2026-11-30", "2026-12-01T12:00:00Z", null],
  ] as const)("%s at %s: %s", (week, now, problem) => {
    expect(weekProblem(week, facts, new Date(now))).toBe(problem);
  });

  it("may be written before the cohort begins, and are expected from its first week", () => {
    const now = new Date("2026-11-24T12:00:00Z");
    expect(isExpected("2026-11-16", facts, now)).toBe(false);
    expect(isExpected("2026-11-23", facts, now)).toBe(true);
    expect(isExpected("2026-11-30", facts, now)).toBe(false);
  });
});

describe("figures", () => {
  it.each([
    [[], null],
    [[3], 3],
    [[9, 1, 5], 5],
    [[1, 2, 3, 10], 2.5],
    [[2, 1], 1.5],
  ] as [number[], number | null][])("the median of %j is %j", (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it("a mean of nothing is unknown, not zero", () => {
    expect(mean([])).toBeNull();
    expect(mean([4, 5])).toBe(4.5);
  });

  it.each([
    [60_000, "1 minute"],
    [45 * 60_000, "45 minutes"],
    [5 * 3_600_000, "5 hours"],
    [47 * 3_600_000, "47 hours"],
    [60 * 3_600_000, "2.5 days"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});

describe("hours", () => {
  it.each([
    ["1.5", 90],
    ["2", 120],
    ["0.25", 15],
    ["12", 720],
    ["12.5", null],
    ["0", null],
    ["0.01", null],
    ["-1", null],
    ["1,5", null],
    ["an hour", null],
  ])("%s is %j minutes", (text, minutes) => {
    expect(minutesOfHours(text)).toBe(minutes);
  });

  it("are taught between the cohort's opening and today, where it is", () => {
    const cohort = { timeZone: "Pacific/Auckland", createdAt: new Date("2026-11-01T00:00:00Z") };
    const now = new Date("2026-11-20T20:00:00Z");
    expect(isTeachingDay("2026-11-21", cohort, now)).toBe(true);
    expect(isTeachingDay("2026-11-22", cohort, now)).toBe(false);
    expect(isTeachingDay("2026-10-31", cohort, now)).toBe(false);
  });
});
