import { describe, expect, it } from "vitest";
import {
  ALL_COHORTS,
  type CohortQuery,
  cohortsPath,
  comparePath,
  isNarrowed,
  readCohortQuery,
  readCompared,
} from "./find-query";

const read = (text: string) => readCohortQuery(new URLSearchParams(text));

describe("what is asked of the list of cohorts", () => {
  it("is nothing where the address says nothing that can be asked", () => {
    const text = "record=2&cap=4&sunset=x&part=1&from=2026-02-30&until=soon&open=yes&page=0&cap=3";
    expect(read(text)).toEqual(ALL_COHORTS);
    expect(isNarrowed(read("page=3"))).toBe(false);
    expect(read("record=constructor&cap=__proto__")).toEqual(ALL_COHORTS);
  });

  it("comes back from its own address whole", () => {
    const asked: CohortQuery = {
      q: "knots & ropes",
      skill: "Rope work",
      record: "whole",
      cap: "none",
      sunset: "20",
      part: "100000",
      from: "2026-03-29",
      until: "2028-02-29",
      open: true,
      page: 2,
    };
    const path = cohortsPath(asked);
    expect(read(path.slice(path.indexOf("?") + 1))).toEqual(asked);
    expect(isNarrowed(asked)).toBe(true);
    expect(cohortsPath(ALL_COHORTS)).toBe("/cohorts");
  });
});

describe("cohorts side by side", () => {
  it("stand once each, four at most, and what is left out is told", () => {
    const asked = readCompared(new URLSearchParams("c=a-a&c=&c=B-b&c=a-a&c=c-c&c=d-d&c=e-e"));
    expect(asked).toEqual({
      slugs: ["a-a", "b-b", "c-c", "d-d"],
      tooMany: ["e-e"],
      differing: false,
    });
    expect(comparePath(["a-a", "b-b"])).toBe("/cohorts/compare?c=a-a&c=b-b");
    expect(comparePath([])).toBe("/cohorts/compare");
    const differing = comparePath(["a-a", "b-b"], true);
    expect(readCompared(new URL(differing, "http://x").searchParams)).toEqual({
      ...{ slugs: ["a-a", "b-b"], tooMany: [], differing: true },
    });
  });
});
