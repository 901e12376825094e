import { describe, expect, it } from "vitest";
import {
  confirmByOf,
  confirmByWithin,
  isDecidable,
  messageWithFeedback,
  remindAtOf,
} from "./rules";

const at = (text: string) => new Date(text);

describe("until when a place is to be confirmed", () => {
  const cohort = { confirmHours: 48, startsAt: at("2026-04-01T09:00:00Z") };
  it.each([
    // Two days later to the hour, also where the clocks change in between.
    ["2026-03-28T10:00:00Z", "2026-03-30T10:00:00Z"],
    ["2026-03-31T10:00:00Z", "2026-04-01T09:00:00Z"],
    ["2026-04-01T09:00:00Z", null],
  ])("given at %s it is %s", (now, by) => {
    expect(confirmByOf(cohort, at(now))).toEqual(by && at(by));
  });

  it.each([
    ["2026-03-01T10:00:00Z", "2026-04-01T09:00:00Z", "2026-04-01T09:00:00Z"],
    ["2026-03-01T10:00:00Z", "2026-04-01T09:00:00.001Z", "2026-04-01T09:00:00Z"],
    ["2026-03-01T10:00:00Z", "2026-03-20T09:00:00Z", "2026-03-20T09:00:00Z"],
    ["2026-04-01T09:00:00Z", "2026-04-20T09:00:00Z", null],
  ])("given at %s, its own %s is %s", (now, own, by) => {
    expect(confirmByWithin(cohort, at(now), at(own))).toEqual(by && at(by));
    expect(confirmByWithin(cohort, at(now), null)).toEqual(confirmByOf(cohort, at(now)));
  });

  it("is nothing where the cohort asks for no confirmation", () => {
    expect(confirmByOf({ ...cohort, confirmHours: null }, at("2026-03-01T00:00:00Z"))).toBeNull();
  });
});

it.each([
  ["2026-03-01T10:00:00Z", "2026-03-03T10:00:00Z", "2026-03-02T10:00:00Z"],
  ["2026-03-01T10:00:00.001Z", "2026-03-03T10:00:00Z", null],
  // 48 hours and a day before are counted in hours, also where the clocks change.
  ["2026-03-28T10:00:00Z", "2026-03-30T10:00:00Z", "2026-03-29T10:00:00Z"],
  ["2026-03-01T10:00:00Z", null, null],
])("a place given at %s until %s is reminded of at %s", (enrolledAt, by, remindAt) => {
  const place = { enrolledAt: at(enrolledAt), confirmBy: by === null ? null : at(by) };
  expect(remindAtOf(place)).toEqual(remindAt && at(remindAt));
});

it("decides what is submitted, and of the waitlist what the database lets pass", () => {
  expect(isDecidable("submitted", "revise")).toBe(true);
  expect(isDecidable("waitlisted", "admit")).toBe(true);
  expect(isDecidable("waitlisted", "waitlist")).toBe(false);
  expect(isDecidable("revise", "admit")).toBe(true);
  expect(isDecidable("revise", "revise")).toBe(true);
  expect(isDecidable("withdrawn", "admit")).toBe(false);
  expect(isDecidable("admitted", "decline")).toBe(false);
});

it("joins message and feedback", () => {
  expect(messageWithFeedback("Thanks.", "")).toBe("Thanks.");
  expect(messageWithFeedback("", "Show the loom.")).toBe(
    "What could be better next time:\nShow the loom.",
  );
});
