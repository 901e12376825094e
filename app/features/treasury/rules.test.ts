import { describe, expect, it } from "vitest";
import { differenceOf, maskDestination } from "./rules";
import { depositDecisionSchema, depositSchema, withdrawalSchema } from "./schema";

describe("maskDestination", () => {
  it("shows the last four letters or digits alone", () => {
    expect(maskDestination("Ann Lee, First Bank, 12 3456 7890")).toBe("the account ending in 7890");
    expect(maskDestination("DE89 3704 0044 0532 0130 00 (Ann)")).toBe("the account ending in 0Ann");
  });
});

describe("differenceOf", () => {
  it("tells less from more", () => {
    expect(differenceOf(100n, 100n)).toBe("");
    expect(differenceOf(100n, 99n)).toBe("less");
    expect(differenceOf(100n, 101n)).toBe("more");
  });
});

describe("forms", () => {
  it("reads dollars as cents and makes references alike", () => {
    expect(depositSchema.parse({ amount: "$1,000.50", reference: "  ab  12-3 " })).toEqual({
      amount: 100_050n,
      reference: "AB 12-3",
    });
  });
  it("refuses amounts of nothing and references of nothing", () => {
    expect(depositSchema.safeParse({ amount: "0", reference: "ABCD" }).success).toBe(false);
    expect(depositSchema.safeParse({ amount: "1", reference: "<b>" }).success).toBe(false);
    expect(withdrawalSchema.safeParse({ amount: "1", destination: "x" }).success).toBe(false);
  });
  it("wants a reason for a refusal", () => {
    const depositId = "6f1f4f1e-7a59-4d6b-9f0a-0a4f3ed0c8b1";
    expect(
      depositDecisionSchema.safeParse({ depositId, decision: "refuse", reason: " " }).success,
    ).toBe(false);
    expect(
      depositDecisionSchema.safeParse({ depositId, decision: "refuse", reason: "Nothing came." })
        .success,
    ).toBe(true);
  });
});
