import { describe, expect, it } from "vitest";
import { dayInZone } from "~/lib/day-in-zone";
import { windowPhase } from "~/lib/window";
import { dateProblem, instantInZone, isNamedZone, slugOfTitle } from "./rules";

const at = (local: string, zone: string) => {
  const result = instantInZone(local, zone);
  return result.ok ? result.value.toISOString() : result.error;
};

describe("local times", () => {
  it.each([
    ["2026-03-29T01:59", "Europe/Vienna", "2026-03-29T00:59:00.000Z"],
    ["2026-03-29T02:00", "Europe/Vienna", "no_such_time"],
    ["2026-03-29T02:59", "Europe/Vienna", "no_such_time"],
    ["2026-03-29T03:00", "Europe/Vienna", "2026-03-29T01:00:00.000Z"],
    // 02:30 comes twice in autumn: the earlier counts.
    ["2026-10-25T02:30", "Europe/Vienna", "2026-10-25T00:30:00.000Z"],
    ["2026-03-08T02:30", "America/New_York", "no_such_time"],
    ["2011-12-30T12:00", "Pacific/Apia", "no_such_time"],
    ["2026-07-01T12:00", "Asia/Kathmandu", "2026-07-01T06:15:00.000Z"],
    ["2026-07-01T12:00:00", "UTC", "2026-07-01T12:00:00.000Z"],
    ["2026-02-30T12:00", "UTC", "not_a_time"],
    ["2026-02-20T25:00", "UTC", "not_a_time"],
    ["2026-02-20", "UTC", "not_a_time"],
    ["2026-02-20T12:00Z", "UTC", "not_a_time"],
    ["2026-02-20T12:00", "Europe/Nowhere", "unknown_zone"],
    ["2026-02-20T12:00", "+01:00", "unknown_zone"],
    ["2026-02-20T12:00", "local", "unknown_zone"],
  ])("%s in %s is %s", (local, zone, expected) => {
    expect(at(local, zone)).toBe(expected);
  });

  it("know days and names", () => {
    expect(dayInZone(new Date("2026-01-01T11:00:00Z"), "Pacific/Auckland")).toBe("2026-01-02");
    expect(["UTC", "America/Argentina/Buenos_Aires", "GMT+1", "", "CET"].map(isNamedZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe("the window", () => {
  const span = { opensAt: new Date(1000), closesAt: new Date(2000) };
  it.each([
    [999, "upcoming"],
    [1000, "open"],
    [1999, "open"],
    [2000, "closed"],
  ])("at %i is %s", (ms, phase) => {
    expect(windowPhase(span, new Date(ms))).toBe(phase);
  });

  it("closes, is decided, and then the cohort begins", () => {
    const dates = {
      opensAt: new Date("2026-01-01T00:00:00Z"),
      closesAt: new Date("2026-01-10T20:00:00Z"),
      decisionsBy: new Date("2026-01-10T20:00:00Z"),
      startsAt: new Date("2026-01-10T20:00:00Z"),
      endsAt: new Date("2026-02-01T18:00:00Z"),
    };
    const now = new Date("2026-01-01T00:00:00Z");
    expect(dateProblem(dates, now)).toBeNull();
    const earlier = new Date("2026-01-10T19:59:59.999Z");
    expect(dateProblem({ ...dates, startsAt: earlier }, now)?.code).toBe("starts_before_closing");
    expect(dateProblem({ ...dates, decisionsBy: earlier }, now)?.code).toBe(
      "decides_before_closing",
    );
    const later = new Date("2026-01-10T20:00:00.001Z");
    expect(dateProblem({ ...dates, decisionsBy: later }, now)?.code).toBe(
      "starts_before_decisions",
    );
    expect(dateProblem({ ...dates, endsAt: dates.startsAt }, now)?.code).toBe(
      "ends_before_it_starts",
    );
    expect(dateProblem(dates, dates.closesAt)?.code).toBe("closes_in_the_past");
  });
});

describe("slugs", () => {
  it.each([
    ["Building Things", "building-things"],
    ["  Ünïque — Things! ", "unique-things"],
    ["木工", "cohort"],
    ["New", "cohort-new"],
    ["Go", "cohort-go"],
    ["x".repeat(200), "x".repeat(70)],
  ])("of %s is %s", (title, slug) => {
    expect(slugOfTitle(title)).toBe(slug);
    expect(slugOfTitle(title, 2)).toBe(`${slug}-2`);
    expect(slugOfTitle(title, 200)).toMatch(/^[a-z0-9-]{3,80}$/);
  });
});
