import { describe, expect, it } from "vitest";
import { canWithdraw, editProblem, writableUntil } from "./rules";

const at = (ms: number) => new Date(ms);
const span = { opensAt: at(1000), closesAt: at(2000) };
const ALL = [
  ...(["draft", "submitted", "withdrawn", "revise"] as const),
  ...(["admitted", "declined", "waitlisted", "deferred"] as const),
];

describe("editing", () => {
  it("is for the window, whatever the state but a decision", () => {
    for (const state of [null, "draft", "submitted", "withdrawn"] as const) {
      expect([999, 1000, 1999, 2000].map((ms) => editProblem(state, span, at(ms)))).toEqual([
        "not_open_yet",
        null,
        null,
        "window_closed",
      ]);
    }
    for (const state of ["admitted", "declined", "waitlisted", "deferred"] as const) {
      expect(editProblem(state, span, at(1500))).toBe("already_decided");
    }
  });

  it("goes on as long as a late code says, and never ends earlier for one", () => {
    const late = { ...span, lateUntil: at(3000) };
    expect([2000, 2999, 3000].map((ms) => editProblem("draft", late, at(ms)))).toEqual([
      null,
      null,
      "window_closed",
    ]);
    expect(writableUntil("draft", { ...span, lateUntil: at(1500) })).toEqual(at(2000));
  });

  it("of a revision ends when it was asked for, and a cancelled cohort takes nothing", () => {
    const revision = { ...span, reviseBy: at(5000) };
    expect([4999, 5000].map((ms) => editProblem("revise", revision, at(ms)))).toEqual([
      null,
      "window_closed",
    ]);
    expect(editProblem("submitted", { ...span, cancelledAt: at(1200) }, at(1500))).toBe(
      "cancelled",
    );
  });

  it("ends with a place given or refused, and so does taking back", () => {
    expect(ALL.filter(canWithdraw)).toEqual(["draft", "submitted", "revise", "waitlisted"]);
  });
});
