import { expect, test } from "vitest";
import { policy } from "~/policy";
import { rulesInWords } from "./in-words.server";
import { GROUPS } from "./words.server";

const all = rulesInWords().flatMap(({ rules }) => rules);

test("every number of the policy is said once, with its reason and date", () => {
  expect(all.map((rule) => rule.name).sort()).toEqual(Object.keys(policy).sort());
  for (const rule of all) {
    expect(rule.why).toBe(policy[rule.name].why);
    expect(rule.since).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

test("no group is empty", () => {
  expect(rulesInWords().map(({ group }) => group)).toEqual(Object.keys(GROUPS));
  for (const { rules } of rulesInWords()) expect(rules).not.toEqual([]);
});

test.each([
  ["maxSharesOut", "20%"],
  ["maxSharesOneHolder", "10%"],
  ["floorCentsPerShare", "$0.01 a share, which is $1,000 for 1%"],
  ["payoutCapMultiples", "none, 3 or 5 times"],
  ["sunsetYears", "none, 10 or 20 years"],
  ["coolingOffDays", "7 days"],
  ["finderStakeMaxBps", "up to 10%"],
  ["majorityByCountry", "Singapore (21)"],
])("%s says %s", (name, words) =>
  expect(all.find((rule) => rule.name === name)?.says).toContain(words),
);
