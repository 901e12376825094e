import { describe, expect, it } from "vitest";
import {
  centsForInput,
  formatBps,
  formatCents,
  formatIrr,
  formatIrrBasis,
  formatMultiple,
  formatPercent,
  formatPercentOfToken,
  formatPlainDollars,
  formatShares,
  parseDollars,
} from "./money";

describe("money as read", () => {
  it.each([
    [6666667n, {}, "$66,666.67"],
    ["20000000", {}, "$200,000.00"],
    [-500n, {}, "−$5.00"],
    [5n, {}, "$0.05"],
    [0n, {}, "$0.00"],
    [6666667n, { whole: true }, "$66,667"],
    [50n, { whole: true }, "$0"],
    [150n, { whole: true }, "$2"],
    [-40n, { whole: true }, "$0"],
    [-123456789012n, { whole: true }, "−$1,234,567,890"],
    ["9007199254740993", {}, "$90,071,992,547,409.93"],
  ])("%s %o", (cents, options, text) => {
    expect(formatCents(cents, options)).toBe(text);
  });

  it.each([
    [3_400_000_000n, "$34 million"],
    [125_000_000n, "$1.25 million"],
    [210_000_000_000n, "$2.1 billion"],
    [99_999_999_999n, "$1 billion"],
    [99_999_999n, "$1,000,000"],
    [-3_400_000_000n, "−$34 million"],
  ])("%s plainly", (cents, text) => {
    expect(formatPlainDollars(cents)).toBe(text);
  });

  it("gives a form's field no commas", () => {
    expect(centsForInput(6666667n)).toBe("66666.67");
  });
});

describe("money as typed", () => {
  it.each([
    ["66,666.67", 6666667n],
    ["$ 66 666.67", 6666667n],
    ["$1,000", 100000n],
    ["12.5", 1250n],
    [".5", 50n],
    ["0", 0n],
    ["007", 700n],
    [" 90071992547409.91 ", 9007199254740991n],
  ])("reads %s", (text, cents) => {
    expect(parseDollars(text)).toEqual({ ok: true, value: cents });
  });

  it.each([
    ["", "not_a_number"],
    ["$", "not_a_number"],
    [".", "not_a_number"],
    ["12,50", "not_a_number"],
    ["1,2345", "not_a_number"],
    ["1e3", "not_a_number"],
    ["1.2.3", "not_a_number"],
    ["--1", "not_a_number"],
    ["5.", "not_a_number"],
    ["-5", "negative"],
    ["−5.00", "negative"],
    ["-$5", "negative"],
    ["1.005", "too_many_decimals"],
    ["1.000", "too_many_decimals"],
    ["90071992547409.92", "too_large"],
    ["9".repeat(5000), "too_large"],
  ])("refuses %s", (text, error) => {
    expect(parseDollars(text)).toEqual({ ok: false, error });
  });
});

describe("shares and ratios as read", () => {
  it.each([
    [0, "0%"],
    [1, "0.01%"],
    [500, "5%"],
    [1250, "12.5%"],
    [10_000, "100%"],
  ])("%i hundredths of a percent are %s", (bps, text) => {
    expect(formatBps(bps)).toBe(text);
  });

  it.each([
    [100_000n, "100,000", "1%"],
    ["95000", "95,000", "0.95%"],
    [10_000_000n, "10,000,000", "100%"],
    [1n, "1", "0.00001%"],
    [0n, "0", "0%"],
    [2_000_000n, "2,000,000", "20%"],
  ])("%s shares", (shares, count, percent) => {
    expect(formatShares(shares)).toBe(count);
    expect(formatPercentOfToken(shares)).toBe(percent);
  });

  it.each([
    ["2.4000", "2.4×"],
    ["0.4500", "0.45×"],
    ["1.0000", "1×"],
    ["0.0000", "0×"],
    ["0.0012", "<0.01×"],
    ["9.9960", "10×"],
    ["34.5600", "34.6×"],
    ["345.6000", "346×"],
    ["12345.6000", "12,346×"],
    ["-0.2000", "−0.2×"],
    [null, "not yet"],
  ])("multiple %s", (ratio, text) => {
    expect(formatMultiple(ratio)).toBe(text);
  });

  it("formats parts of a whole", () => {
    expect(formatPercent("0.4215")).toBe("42.15%");
    expect(formatPercent("0.4215", 0)).toBe("42%");
    expect(formatPercent("1.0000")).toBe("100%");
    expect(formatPercent("-0.0500")).toBe("−5%");
  });
});

describe("rates as read", () => {
  it.each([
    [{ kind: "irr" as const, rate: "0.300790155497" }, null, "30.1% a year"],
    [{ kind: "irr" as const, rate: "-1.000000000000" }, null, "−100.0% a year"],
    [{ kind: "irr" as const, rate: "989.594774801082" }, null, "98,959.5% a year"],
    [{ kind: "irr" as const, rate: "-0.000000000001" }, null, "0.0% a year"],
    [{ kind: "irr" as const, rate: "1.63" }, "0.500000000000", "50.00% since the first flow"],
    [{ kind: "total_loss" as const, rate: null }, null, "−100%"],
    [{ kind: "none" as const, rate: null }, null, "—"],
    [{ kind: "multiple" as const, rate: null }, "0.5", "—"],
  ])("%o", (irr, since, text) => {
    expect(formatIrr(irr, since)).toBe(text);
  });

  it("never leaves out years and n", () => {
    expect(formatIrrBasis(1816, 12)).toBe("over 5 years, 12 investments");
    expect(formatIrrBasis(365, 1)).toBe("over 1 year, 1 investment");
    expect(formatIrrBasis(1, 2)).toBe("over 1 day, 2 investments");
  });
});
