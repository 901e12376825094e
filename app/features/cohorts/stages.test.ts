import { describe, expect, it } from "vitest";
import { ALLOWED, changeProblem, isRescheduled, type Stage, stageOf } from "./stages";

const at = (ms: number) => new Date(ms);
const cohort = {
  state: "published" as const,
  timeZone: "Europe/Vienna",
  capacity: 10,
  opensAt: at(1000),
  closesAt: at(2000),
  decisionsBy: at(3000),
  startsAt: at(4000),
  endsAt: at(5000),
  amountCents: 100n,
  shares: 100n,
  payoutCapMultiple: null,
  sunsetYears: null,
  finderStakeBps: 0,
  blindFirst: false,
};

describe("the stage of a cohort", () => {
  it.each<[number, Stage]>([
    [999, "upcoming"],
    [1000, "open"],
    [1999, "open"],
    [2000, "reviewing"],
    [3999, "reviewing"],
    [4000, "running"],
    [4999, "running"],
    [5000, "over"],
  ])("at %i is %s", (ms, stage) => {
    expect(stageOf(cohort, at(ms))).toBe(stage);
  });

  it("of a draft and of a cancelled one does not depend on the time", () => {
    for (const state of ["draft", "cancelled"] as const)
      for (const ms of [0, 1500, 9000]) expect(stageOf({ ...cohort, state }, at(ms))).toBe(state);
  });

  it("lets nobody change or cancel what is over or cancelled, nor cancel what has begun", () => {
    for (const stages of Object.values(ALLOWED)) {
      expect(stages).not.toContain("over");
      expect(stages).not.toContain("cancelled");
    }
    expect(ALLOWED.cancel).not.toContain("running");
  });
});

describe("a change", () => {
  const problem = (change: Partial<typeof cohort>, ms: number, taken = 0) =>
    changeProblem(cohort, { ...cohort, ...change }, { now: at(ms), taken });

  it("is free until applications open", () => {
    expect(problem({ opensAt: at(1500), shares: 5n, timeZone: "UTC" }, 999)).toBeNull();
  });

  it.each([
    ["the amount", { amountCents: 99n }, "amount"],
    ["the part", { shares: 99n }, "percent"],
    ["the cap", { payoutCapMultiple: 3 as never }, "payoutCap"],
    ["the sunset", { sunsetYears: 10 as never }, "sunset"],
    ["the finder’s stake", { finderStakeBps: 1 }, "finderStake"],
    ["the zone", { timeZone: "UTC" }, "timeZone"],
    ["the opening", { opensAt: at(1001) }, "opensAt"],
  ])("leaves %s alone from the instant of opening on", (_, change, field) => {
    expect(problem(change, 1000)).toEqual({ code: "fixed_now", field });
    expect(problem(change, 999)).toBeNull();
  });

  it("moves the deadline later, never earlier, and not once it has passed", () => {
    expect(problem({ closesAt: at(2001) }, 1999)).toBeNull();
    expect(problem({ closesAt: at(1999) }, 1500)).toEqual({
      code: "only_later",
      field: "closesAt",
    });
    expect(problem({ closesAt: at(2001) }, 2000)).toEqual({
      code: "fixed_now",
      field: "closesAt",
    });
  });

  it("hides or shows who applies until applications are closed", () => {
    const blind = { blindFirst: true as never };
    expect(problem(blind, 1999)).toBeNull();
    expect(problem(blind, 2000)).toEqual({ code: "fixed_now", field: "blindFirst" });
  });

  it("leaves no fewer places than are taken, and nothing once it is over", () => {
    expect(problem({ capacity: 3 }, 1500, 4)).toEqual({
      code: "fewer_than_taken",
      field: "capacity",
    });
    expect(problem({ capacity: 4 }, 1500, 4)).toBeNull();
    expect(problem({ capacity: 20 }, 5000)).toEqual({ code: "not_now" });
  });

  it("is told to applicants where an instant moved", () => {
    expect(isRescheduled(cohort, { ...cohort, capacity: 5 })).toBe(false);
    expect(isRescheduled(cohort, { ...cohort, decisionsBy: at(3001) })).toBe(true);
  });
});
