import { describe, expect, it } from "vitest";
import { canWithdraw, editProblem, unanswered } from "./rules";

const span = { opensAt: new Date(1000), closesAt: new Date(2000) };

describe("editing", () => {
  it("is for the window, whatever the state but a decision", () => {
    for (const state of [null, "draft", "submitted", "withdrawn"] as const) {
      expect([999, 1000, 1999, 2000].map((ms) => editProblem(state, span, new Date(ms)))).toEqual([
        "not_open_yet",
        null,
        null,
        "window_closed",
      ]);
    }
    for (const state of ["admitted", "declined"] as const) {
      expect(editProblem(state, span, new Date(1500))).toBe("already_decided");
    }
  });

  it("finds what is left without an answer, blanks too", () => {
    expect(unanswered(["a", "b", "c"], { a: "x", b: " \n" })).toEqual(["b", "c"]);
  });

  it("ends with the decision", () => {
    const states = ["draft", "submitted", "withdrawn", "admitted", "declined"] as const;
    expect(states.filter(canWithdraw)).toEqual(["draft", "submitted"]);
  });
});
