import { describe, expect, it } from "vitest";
import { datesOf } from "~/features/applications/dates.server";
import { icalText } from "./ical.server";

const at = (text: string) => new Date(text);
type Cohort = Parameters<typeof datesOf>[0];
type Own = NonNullable<Parameters<typeof datesOf>[1]>;

/** Closes at 09:00 in Vienna on the morning on which clocks go forward, begins after they go back. */
const cohort = {
  ...{ id: "c1", slug: "knots", title: "Knots, ropes; and\nmore", timeZone: "Europe/Vienna" },
  opensAt: at("2026-03-01T08:00:00Z"),
  closesAt: at("2026-03-29T07:00:00Z"),
  decisionsBy: at("2026-04-10T10:00:00Z"),
  startsAt: at("2026-10-25T08:00:00Z"),
  endsAt: at("2026-12-20T17:00:00Z"),
  publishedAt: at("2026-02-01T08:00:00Z"),
  changedAt: at("2026-02-01T08:00:00Z"),
  createdAt: at("2026-02-01T08:00:00Z"),
} as Cohort;
const own = (more: Partial<Own>): Own => ({
  ...{
    id: "a1",
    state: "submitted",
    lateUntil: null,
    reviseBy: null,
    place: null,
    confirmBy: null,
  },
  updatedAt: at("2026-03-02T08:00:00Z"),
  ...more,
});
const said = (more: Partial<Own> | null) =>
  datesOf(cohort, more && own(more)).map(({ title, at: when }) => [
    title.split(":")[0],
    when.toISOString(),
  ]);
const text = (now = at("2026-03-02T00:00:00Z")) =>
  icalText(datesOf(cohort, null), { siteUrl: "https://b.example", host: "b.example", now });

describe("dates that concern somebody", () => {
  it("are of a saved cohort its window and its beginning", () => {
    expect(said(null)).toEqual([
      ["Applications open", "2026-03-01T08:00:00.000Z"],
      ["Applications close", "2026-03-29T07:00:00.000Z"],
      ["Begins", "2026-10-25T08:00:00.000Z"],
    ]);
    expect(said({ state: "withdrawn" })).toEqual(said(null));
  });

  it("are of an application its own deadline: a late code's, a revision's", () => {
    const late = { lateUntil: at("2026-03-30T10:00:00Z") };
    expect(said({ state: "draft", ...late })[0]).toEqual([
      "Submit your application",
      "2026-03-30T10:00:00.000Z",
    ]);
    expect(said({ state: "revise", reviseBy: at("2026-04-20T10:00:00Z"), ...late })).toEqual([
      ["Submit your revision", "2026-04-20T10:00:00.000Z"],
    ]);
  });

  it("are of a place its confirmation, and none once it is given back or was refused", () => {
    const confirmBy = at("2026-04-12T10:00:00Z");
    expect(said({ state: "admitted", place: "offered", confirmBy })[0]?.[0]).toBe(
      "Confirm your place",
    );
    expect(said({ state: "admitted", place: "confirmed", confirmBy }).map(([one]) => one)).toEqual([
      "Begins",
      "Ends",
    ]);
    for (const gone of [
      { state: "admitted", place: "lapsed" },
      { state: "admitted", place: "declined" },
      { state: "declined" },
      { state: "deferred" },
    ] as Partial<Own>[])
      expect(said(gone)).toEqual([]);
  });
});

describe("the iCalendar text", () => {
  it("is a whole calendar without any date too", () => {
    const about = {
      siteUrl: "https://b.example",
      host: "b.example",
      now: at("2026-03-02T00:00:00Z"),
    };
    const lines = icalText([], about).split("\r\n");
    expect(lines.filter((line) => /^(BEGIN|END):/.test(line))).toEqual([
      ...["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "BEGIN:STANDARD"],
      ...["END:STANDARD", "END:VTIMEZONE", "END:VCALENDAR"],
    ]);
    expect(lines).not.toContain("BEGIN:VEVENT");
  });

  it("says of a date that was moved that it is the same one, changed: a stamp and a number that have grown", () => {
    const moved = {
      ...{ ...cohort, closesAt: at("2026-03-30T07:00:00Z") },
      changedAt: at("2026-02-03T08:00:01Z"),
    };
    const ics = (one: Cohort) =>
      icalText(datesOf(one, null), {
        ...{ siteUrl: "https://b.example", host: "b.example" },
        now: at("2026-03-02T00:00:00Z"),
      }).match(/^(UID:c1-closes|SEQUENCE|DTSTAMP|DTSTART:202603(29|30)).*$/gm);
    expect(ics(cohort)).toContain("SEQUENCE:0");
    expect(ics(moved)).toContain("SEQUENCE:172801");
    expect(ics(cohort)).toContain("DTSTAMP:20260201T080000Z");
    expect(ics(moved)).toContain("DTSTAMP:20260203T080001Z");
    expect(ics(moved)).toContain("DTSTART:20260330T070000Z");
  });

  it("says of what was cancelled that it is, under the same id, with a grown number and no alarm", () => {
    const cancelled = {
      ...{ ...cohort, state: "cancelled" as const },
      changedAt: at("2026-03-01T08:00:00Z"),
    };
    const about = { siteUrl: "https://b.example", host: "b.example" };
    const now = at("2026-03-02T00:00:00Z");
    const plain = icalText(datesOf(cancelled, null), { ...about, now }).replaceAll("\r\n ", "");
    const events = plain.split("BEGIN:VEVENT").slice(1);
    expect(events.map((event) => /^UID:(.*)$/m.exec(event)?.[1])).toEqual([
      ...["c1-opens@b.example", "c1-closes@b.example", "c1-begins@b.example"],
    ]);
    for (const event of events) {
      expect(event).toContain("STATUS:CANCELLED\r\n");
      expect(event).toContain("SEQUENCE:2419200\r\n");
      expect(event).toContain(" (cancelled): Knots");
    }
    expect(plain).not.toContain("VALARM");
    expect(text()).not.toContain("STATUS");
    const had = own({ state: "admitted", place: "confirmed" });
    expect(datesOf(cancelled, had).map(({ path }) => path)).toEqual([
      "/cohorts/knots",
      "/cohorts/knots",
    ]);
  });

  it("has each instant in UTC, right on both sides of the changes of clocks, and says the cohort's own reading", () => {
    const plain = text().replaceAll("\r\n ", "");
    expect(plain).toContain("DTSTART:20260329T070000Z");
    expect(plain).toContain("29 Mar 2026\\, 09:00 Europe/Vienna");
    expect(plain).toContain("DTSTART:20261025T080000Z");
    expect(plain).toContain("25 Oct 2026\\, 09:00 Europe/Vienna");
    expect(plain).not.toContain("TZID");
  });

  it("is as RFC 5545 has it: CRLF, lines of 75 octets, texts escaped, ids that stay, an alarm for what is ahead alone", () => {
    const ics = text();
    expect(ics.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(ics.endsWith("END:VCALENDAR\r\n")).toBe(true);
    for (const line of ics.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const plain = ics.replaceAll("\r\n ", "");
    expect(plain).toContain("SUMMARY:Applications close: Knots\\, ropes\\; and\\nmore");
    expect(plain.match(/^UID:(.*)$/gm)).toEqual([
      "UID:c1-opens@b.example",
      "UID:c1-closes@b.example",
      "UID:c1-begins@b.example",
    ]);
    expect(plain.match(/BEGIN:VALARM/g)).toHaveLength(1);
    expect(plain).toContain("TRIGGER:-P1D");
    expect(text(at("2026-04-01T00:00:00Z"))).not.toContain("VALARM");
  });
});
