import { describe, expect, it } from "vitest";
import { dayBegunEverywhere, isLegalName, isOfAge } from "./signing";

describe("age", () => {
  it.each([
    ["2008-11-23", "US", "2026-11-23", true],
    ["2008-11-24", "US", "2026-11-23", false],
    ["2008-02-29", "US", "2026-02-28", true],
    ["2007-11-23", "KR", "2026-11-23", true],
    ["2007-11-24", "KR", "2026-11-23", false],
    ["2006-11-23", "NZ", "2026-11-23", true],
    ["2005-11-24", "SG", "2026-11-23", false],
  ])("born on %s, living in %s, on %s: %s", (dateOfBirth, country, day, ofAge) => {
    expect(isOfAge({ dateOfBirth, country }, day)).toBe(ofAge);
  });

  it("comes on a day that has begun everywhere", () => {
    expect(dayBegunEverywhere(new Date("2026-11-23T11:59:59.999Z"))).toBe("2026-11-22");
    expect(dayBegunEverywhere(new Date("2026-11-23T12:00:00.000Z"))).toBe("2026-11-23");
  });
});

describe("legal names", () => {
  it("match whatever the capitals, the spaces and the form of the letters", () => {
    expect(isLegalName("  alice   EXAMPLE ", "Alice Example")).toBe(true);
    expect(isLegalName("Zoe\u0308 Li", "Zoë Li")).toBe(true);
    expect(isLegalName("Alice", "Alice Example")).toBe(false);
    expect(isLegalName("Alicé Example", "Alice Example")).toBe(false);
    expect(isLegalName("", "Alice Example")).toBe(false);
  });
});
