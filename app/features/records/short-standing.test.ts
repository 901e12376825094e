import { expect, test } from "vitest";
import { shortStanding } from "./short-standing";

test("a rank is said with its estimate and interval as factors", () => {
  const log = (factor: number) => Math.log(factor).toFixed(6);
  const ranked = { kind: "ranked", positions: 12, rank: 2, of: 6 } as const;
  expect(
    shortStanding({ ...ranked, estimate: log(1.23), low: log(0.98), high: log(1.55) }),
  ).toEqual({ short: "2 of 6", long: "estimate 1.23×, from 0.98× to 1.55×" });
});

test.each([
  [{ kind: "too_few_positions", positions: 3 } as const, "3 of the 10 old and large investments"],
  [{ kind: "too_few_teachers", positions: 11, teachers: 4 } as const, "fewer than 5 teachers"],
  [{ kind: "no_difference", positions: 30 } as const, "no more than chance explains"],
])("%j: says why there is none", (standing, why) => {
  const { short, long } = shortStanding(standing);
  expect(short).toBe("Not ranked");
  expect(long).toContain(why);
});
