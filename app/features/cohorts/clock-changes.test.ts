import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { deadlineOf, formatInstant, inReadersZone } from "~/lib/dates";
import { dayInZone } from "~/lib/day-in-zone";
import { dateProblem, instantInZone } from "./rules";
import { stageOf } from "./stages";

/** Zones that change their clocks at other days, by an hour, by half of one, by none, or have skipped a day. */
const ZONES = [
  "Europe/Vienna",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "America/Santiago",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "UTC",
];
const at = (local: string, zone: string): Date => {
  const result = instantInZone(local, zone);
  if (!result.ok) throw new Error(`${local} in ${zone}: ${result.error}`);
  return result.value;
};
const MINUTE_MS = 60_000;

describe("a local time", () => {
  it("is what its instant shows on the clock there, or is refused because no clock shows it", () => {
    const minutes = fc.integer({ min: 0, max: 2 * 366 * 24 * 60 });
    fc.assert(
      fc.property(minutes, fc.constantFrom(...ZONES), (minute, zone) => {
        const local = DateTime.utc(2026).plus({ minutes: minute }).toFormat("yyyy-MM-dd'T'HH:mm");
        const result = instantInZone(local, zone);
        if (!result.ok) {
          expect(result.error).toBe("no_such_time");
          // An hour, or half of one, is skipped at a time: the clocks jump from before it to after it.
          const before = DateTime.fromISO(local, { zone }).offset;
          const hourEarlier = DateTime.fromISO(local, { zone }).minus({ hours: 1 }).offset;
          expect(before).not.toBe(hourEarlier);
          return;
        }
        const shown = DateTime.fromJSDate(result.value, { zone });
        expect(shown.toFormat("yyyy-MM-dd'T'HH:mm")).toBe(local);
        expect(formatInstant(result.value, zone)).toContain(local.slice(11));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["2026-04-05T01:59", "Australia/Lord_Howe", "2026-04-04T14:59:00.000Z"],
    // Half an hour comes twice there: the first counts.
    ["2026-04-05T01:30", "Australia/Lord_Howe", "2026-04-04T14:30:00.000Z"],
    ["2026-10-04T02:29", "Australia/Lord_Howe", "no_such_time"],
    ["2026-10-04T02:30", "Australia/Lord_Howe", "2026-10-03T15:30:00.000Z"],
    ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z"],
    // Midnight itself is skipped.
    ["2026-09-06T00:00", "America/Santiago", "no_such_time"],
    ["2026-09-06T01:00", "America/Santiago", "2026-09-06T04:00:00.000Z"],
  ])("%s in %s is %s", (local, zone, expected) => {
    const result = instantInZone(local, zone);
    expect(result.ok ? result.value.toISOString() : result.error).toBe(expected);
  });
});

describe("a schedule over a change of clocks", () => {
  const zone = "Europe/Vienna";
  const cohort = {
    state: "published" as const,
    opensAt: at("2026-03-28T09:00", zone),
    closesAt: at("2026-03-29T03:00", zone),
    decisionsBy: at("2026-10-24T09:00", zone),
    startsAt: at("2026-10-25T02:30", zone),
    endsAt: at("2026-10-26T02:30", zone),
  };

  it("stands in order, with days of 23 and of 25 hours", () => {
    expect(dateProblem(cohort, at("2026-03-01T09:00", zone))).toBeNull();
    const [spring, autumn] = [
      ["2026-03-28T12:00", "2026-03-29T12:00"],
      ["2026-10-24T12:00", "2026-10-25T12:00"],
    ].map(([from = "", to = ""]) => at(to, zone).getTime() - at(from, zone).getTime());
    expect([spring, autumn]).toEqual([23 * 60 * MINUTE_MS, 25 * 60 * MINUTE_MS]);
  });

  it("changes its stage at the instant, on neither side of it", () => {
    const around = (instant: Date) =>
      [-1, 0].map((ms) => stageOf(cohort, new Date(instant.getTime() + ms)));
    // 03:00 comes right after 01:59.
    expect(around(cohort.closesAt)).toEqual(["open", "reviewing"]);
    expect(around(new Date("2026-03-29T01:00:00.000Z"))).toEqual(["open", "reviewing"]);
    // 02:30 comes twice: it begins at the first.
    expect(around(new Date("2026-10-25T00:30:00.000Z"))).toEqual(["reviewing", "running"]);
    expect(stageOf(cohort, new Date("2026-10-25T01:30:00.000Z"))).toBe("running");
  });

  it("is on its local days: what ends at 23:59 ends that day, whatever day it is elsewhere", () => {
    expect(dayInZone(at("2026-03-29T23:59", zone), zone)).toBe("2026-03-29");
    expect(dayInZone(at("2026-10-25T00:00", zone), zone)).toBe("2026-10-25");
    expect(dayInZone(at("2026-10-25T00:00", zone), "UTC")).toBe("2026-10-24");
  });

  it.each([
    // New York changes three weeks before Vienna, and a week after it.
    ["2026-03-07T18:00", "12:00 America/New_York"],
    ["2026-03-15T18:00", "13:00 America/New_York"],
    ["2026-03-30T18:00", "12:00 America/New_York"],
    ["2026-10-24T18:00", "12:00 America/New_York"],
    ["2026-10-28T18:00", "13:00 America/New_York"],
    ["2026-11-02T18:00", "12:00 America/New_York"],
  ])("%s in Vienna is %s for who reads it there", (local, expected) => {
    expect(inReadersZone(at(local, zone), zone, "America/New_York")).toBe(expected);
  });

  it("says how long is left in hours that pass, not in those that the clock shows", () => {
    const left = (from: string, to: string) => deadlineOf(at(to, zone), zone, at(from, zone)).left;
    expect(left("2026-03-29T00:00", "2026-03-29T04:00")).toBe("in 3 hours");
    expect(left("2026-10-25T00:00", "2026-10-25T04:00")).toBe("in 5 hours");
    expect(left("2026-03-27T12:00", "2026-03-29T12:00")).toBe("in 47 hours");
    expect(left("2026-10-23T12:00", "2026-10-25T12:00")).toBe("in 2 days and 1 hour");
  });
});
