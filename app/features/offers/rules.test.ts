import { describe, expect, it } from "vitest";
import type { OfferState } from "#db/schema/offers";
import { quizOf, wrongAnswers } from "./quiz";
import {
  answerProblem,
  coolingOff,
  expiryOf,
  lapseDue,
  leaveProblem,
  settlementDue,
} from "./rules";
import { simulateFutures } from "./simulate";
import { fundingInWords } from "./words";

const start = new Date("2026-11-22T12:00:00.000Z");
const at = (days: number, ms = 0) => new Date(start.getTime() + days * 86_400_000 + ms);
const offer = (state: OfferState) => ({
  state,
  createdAt: start,
  expiresAt: expiryOf(start),
  ...coolingOff(start),
});

describe("times", () => {
  it("leave an open offer 7 days, to the instant", () => {
    expect(answerProblem(offer("open"), at(7, -1))).toBeNull();
    expect(answerProblem(offer("open"), at(7))).toBe("offer_expired");
    expect([at(7, -1), at(7)].map((now) => lapseDue(offer("open"), now))).toEqual([false, true]);
    expect(lapseDue({ ...offer("funding"), expiresAt: null }, at(7))).toBe(true);
    expect(lapseDue(offer("signed"), at(9))).toBe(false);
  });

  it("let the student leave until it settles, the investor for 4 days, and never both leave and settle", () => {
    for (const now of [at(0), at(4, -1), at(4), at(7, -1), at(7), at(8)]) {
      const leaves = leaveProblem(offer("signed"), "student", now) === null;
      expect(leaves).toBe(!settlementDue(offer("signed"), now));
      expect(leaveProblem(offer("signed"), "investor", now) === null).toBe(now < at(4));
    }
  });

  it("tell each other state apart", () => {
    const states = ["funding", "signed", "settled", "declined", "lapsed", "left"] as const;
    expect(states.map((state) => answerProblem(offer(state), at(1)))).toEqual([
      "not_open_yet",
      "already_signed",
      "already_settled",
      "offer_closed",
      "offer_closed",
      "offer_closed",
    ]);
    const unsigned = ["funding", "open", "declined", "lapsed"] as const;
    for (const state of unsigned)
      expect(leaveProblem(offer(state), "student", at(1))).toBe("not_signed");
    expect(leaveProblem(offer("left"), "student", at(1))).toBe("already_left");
    expect(leaveProblem(offer("settled"), "student", at(1))).toBe("already_settled");
  });
});

describe("the three questions", () => {
  const terms = { amountCents: 6_666_667n, shares: 100_000n, payoutCapMultiple: null };
  const right = { part: "part", nothing: "nothing", tax: "whole" };

  it("take all three right answers and explain each wrong one", () => {
    expect(wrongAnswers(terms, right)).toEqual({});
    expect(Object.keys(wrongAnswers(terms, { part: "whole", nothing: "back", tax: "" }))).toEqual([
      "part",
      "nothing",
      "tax",
    ]);
    expect(wrongAnswers(terms, { ...right, part: "nothing" }).part?.[0]).toContain("$10,000.00");
  });

  it("count with the cap of the deal", () => {
    const capped = { ...terms, amountCents: 100_000n, payoutCapMultiple: 3 };
    expect(quizOf(capped)[0]?.options[1]?.label).toBe("$3,000.00");
  });

  it("never show two options that read alike", () => {
    for (const question of quizOf(terms)) {
      expect(new Set(question.options.map((option) => option.label)).size).toBe(3);
      expect(question.options.some((option) => option.value === question.right)).toBe(true);
    }
  });
});

describe("the simulator", () => {
  it("divides by the ledger's rules, caps included, and adds up", () => {
    const futures = simulateFutures([
      { lotId: "a", holderName: "Ann", shares: 100_000n, capLeftCents: 50_000n },
      { lotId: "b", holderName: "Ben", shares: 200_000n, capLeftCents: null },
    ]);
    expect(futures.map((future) => future.parts.map((part) => part.cents))).toEqual([
      ["50000", "200000"],
      ["50000", "2000000"],
      ["50000", "68000000"],
    ]);
    for (const { gainCents, ownerCents, parts } of futures) {
      const sum = parts.reduce((total, part) => total + BigInt(part.cents), BigInt(ownerCents));
      expect(sum).toBe(BigInt(gainCents));
    }
  });
});

describe("words", () => {
  it("say what moves and how it comes back", () => {
    const said = fundingInWords({
      amountCents: 6_666_667n,
      studentName: "Alice",
      expiresAt: new Date("2026-12-06T12:00:00Z"),
    });
    expect(said).toBe(
      "$66,666.67 leaves your balance now and waits in escrow. If Alice declines or the offer lapses on 6 Dec 2026, it comes back.",
    );
  });
});
