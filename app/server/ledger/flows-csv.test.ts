import { describe, expect, it } from "vitest";
import vectors from "#tests/vectors/returns.json";
import { solveIrr } from "~/ledger/irr";
import { parseFlows } from "./flows-csv";

const flows = (text: string) => {
  const parsed = parseFlows(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value.map(({ day, cents }) => [day, cents]);
};
const problems = (text: string) => {
  const parsed = parseFlows(text);
  return parsed.ok ? [] : parsed.error.map(({ line }) => line);
};

describe("flows of a CSV file", () => {
  it("are counted exactly in units of the smallest decimal", () => {
    expect(flows("2026-01-01,-10\n2025-12-31,+3.5\n2027-01-01,.00000000000000000001\n")).toEqual([
      ["2026-01-01", -(10n ** 21n)],
      ["2025-12-31", 35n * 10n ** 19n],
      ["2027-01-01", 1n],
    ]);
    expect(flows("2026-01-01,-0.10\n2026-01-02,7.")).toEqual([
      ["2026-01-01", -10n],
      ["2026-01-02", 700n],
    ]);
  });

  it("may stand under a header, in quotes, after a byte-order mark, between empty lines", () => {
    const expected = [
      ["2026-01-01", -1n],
      ["2026-01-02", 2n],
    ];
    expect(flows('\uFEFFdate,amount\r\n"2026-01-01", "-1"\r\n\r\n2026-01-02,2\r\n')).toEqual(
      expected,
    );
    expect(flows("Amount,Note,Date\n-1,paid,2026-01-01\n2,,2026-01-02")).toEqual(expected);
    expect(flows("")).toEqual([]);
    expect(flows("date,amount\n")).toEqual([]);
  });

  it("are refused with the numbers of all lines that are none", () => {
    expect(problems("date,amount\n2026-02-29,1\n2026-01-01,1\n01/02/2026,1\n")).toEqual([2, 4]);
    for (const amount of ["", "-", ".", "1e5", "1_000", "$5", "--1", "1.2.3", "NaN", "0x10"])
      expect(problems(`2026-01-01,5\n2026-01-01,${amount}`)).toEqual([2]);
    expect(problems('2026-01-01,5\n2026-01-01,"1,000"')).toEqual([2]);
    expect(problems("2026-01-01,5\n2026-01-01\n2026-01-01,5,6")).toEqual([2, 3]);
    expect(problems("2026-01-01;5")).toEqual([1]);
    expect(problems('2026-01-01,5\n"2026-01-01,5')).toEqual([2]);
  });

  it.each(vectors.cases)("answer the vector: $name", ({ flows: given, expect: expected }) => {
    const lines = given.map(({ date, amount }) => `${date},${amount}`).reverse();
    const parsed = parseFlows(["date,amount", ...lines].join("\n"));
    expect(parsed.ok && solveIrr(parsed.value).kind).toBe(expected.kind);
  });
});
