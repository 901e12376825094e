import { describe, expect, it } from "vitest";
import {
  dayField,
  dollarsField,
  isUnderFloorPrice,
  payoutCapField,
  percentField,
  percentOfShares,
  sharesOfPercent,
  sunsetField,
} from "./terms";

describe("percent of a token", () => {
  it.each([
    ["1", 100_000n],
    ["0.95", 95_000n],
    ["2.5 %", 250_000n],
    ["0.00001", 1n],
    ["100", 10_000_000n],
    ["0", null],
    ["0.000001", null],
    ["100.00001", null],
    ["1,5", null],
    ["-1", null],
    ["", null],
    ["one", null],
  ])("reads %s", (text, shares) => {
    expect(sharesOfPercent(text)).toBe(shares);
  });

  it("comes back as it was typed", () => {
    for (const text of ["1", "0.95", "2.5", "0.00001", "10", "9.99999"]) {
      expect(percentOfShares(sharesOfPercent(text) ?? 0n)).toBe(text);
    }
  });

  it("of one holder is at most 10", () => {
    expect(percentField.safeParse("10").data).toBe(1_000_000n);
    expect(percentField.safeParse("10.00001").success).toBe(false);
  });
});

describe("form fields", () => {
  it("read dollars above zero", () => {
    expect(dollarsField.safeParse("$66,666.67").data).toBe(6_666_667n);
    for (const text of ["0", "-1", "1.001", "x", ""]) {
      expect(dollarsField.safeParse(text).success).toBe(false);
    }
  });

  it("read caps, sunsets and days", () => {
    expect(["none", "3", "5"].map((text) => payoutCapField.parse(text))).toEqual([null, 3, 5]);
    expect(["none", "10", "20"].map((text) => sunsetField.parse(text))).toEqual([null, 10, 20]);
    expect(payoutCapField.safeParse("4").success).toBe(false);
    expect(dayField("it").safeParse("2028-02-29").success).toBe(true);
    expect(dayField("it").safeParse("2027-02-29").success).toBe(false);
    expect(dayField("it").safeParse("2027-13-01").success).toBe(false);
  });

  it("know the floor price of a cent a share", () => {
    expect(isUnderFloorPrice(100_000n, 100_000n)).toBe(false);
    expect(isUnderFloorPrice(99_999n, 100_000n)).toBe(true);
  });
});
