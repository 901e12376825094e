import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { deadlineOf } from "~/lib/dates";
import { ReadersZone } from "~/lib/readers-zone";
import { Deadline, DeadlineNote } from "./deadline";
import { Day, Money, Shares } from "./numbers";

const textOf = (element: ReactElement) => renderToStaticMarkup(element).replace(/<[^>]+>/g, "");

describe("money", () => {
  it.each([
    ["99999999", "$999,999.99"],
    ["100000000", "$1,000,000.00 ($1 million)"],
    ["3400000000", "$34,000,000.00 ($34 million)"],
    ["-100000000", "−$1,000,000.00 (−$1 million)"],
  ])("of %s cents has its plain reading from a million on", (cents, text) => {
    expect(textOf(<Money cents={cents} plain />)).toBe(text);
  });

  it("has it only where it is asked for", () => {
    expect(textOf(<Money cents="3400000000" />)).toBe("$34,000,000.00");
  });
});

describe("shares and days", () => {
  it("are counted, and read by their UTC day", () => {
    expect(textOf(<Shares shares="1" />)).toBe("1 share");
    expect(textOf(<Shares shares="95000" />)).toBe("95,000 shares");
    expect(renderToStaticMarkup(<Day day="2026-11-22T23:59:59.999Z" />)).toContain(
      'dateTime="2026-11-22"',
    );
  });
});

describe("deadlines", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const deadline = deadlineOf(new Date("2026-12-06T16:00:00Z"), "Europe/Berlin", now);
  const readBy = (zone: string | null, element: ReactElement) =>
    textOf(<ReadersZone.Provider value={zone}>{element}</ReadersZone.Provider>);

  it("say the reader's own time where it is another", () => {
    const berlin = "6 Dec 2026, 17:00 Europe/Berlin (in 14 days)";
    expect(readBy(null, <Deadline of={deadline} />)).toBe(berlin);
    expect(readBy("Europe/Madrid", <Deadline of={deadline} />)).toBe(berlin);
    expect(readBy("America/New_York", <Deadline of={deadline} />)).toBe(
      "6 Dec 2026, 17:00 Europe/Berlin (for you 11:00 America/New_York; in 14 days)",
    );
  });

  it("keep a line free for it under a figure", () => {
    expect(renderToStaticMarkup(<DeadlineNote of={deadline} />)).toContain("min-h-[1.5em]");
    expect(readBy("Asia/Tokyo", <DeadlineNote of={deadline} />)).toBe(
      "Europe/Berlin, in 14 daysfor you 7 Dec 2026, 01:00 Asia/Tokyo",
    );
  });
});
