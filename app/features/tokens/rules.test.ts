import { describe, expect, it } from "vitest";
import { tokenAgreement } from "./agreement";
import { canTakeShares, lotEnd } from "./rules";

describe("limits", () => {
  it.each([
    [10_000_000n, 0n, 1_000_000n, null],
    [10_000_000n, 0n, 1_000_001n, "holder_limit"],
    [9_000_000n, 950_000n, 50_000n, null],
    [9_000_000n, 950_000n, 50_001n, "holder_limit"],
    [8_100_000n, 0n, 100_000n, null],
    [8_100_000n, 0n, 100_001n, "cap_exceeded"],
    [8_000_000n, 1_000_000n, 1n, "cap_exceeded"],
  ])(
    "with %d at the owner and %d at the holder, %d more: %s",
    (ownerShares, holderShares, shares, limit) => {
      expect(canTakeShares({ ownerShares, holderShares }, shares)).toBe(limit);
    },
  );
});

describe("a lot's end", () => {
  const lot = { sunset: "2036-01-21", capLeftCents: null, sharesLeft: 1n };
  it("comes with its sunset, or with its cap, and only where shares are left", () => {
    expect(lotEnd(lot, "2036-01-20")).toBeNull();
    expect(lotEnd(lot, "2036-01-21")).toBe("sunset");
    expect(lotEnd({ ...lot, capLeftCents: 0n }, "2030-01-01")).toBe("cap");
    expect(lotEnd({ ...lot, capLeftCents: 1n }, "2030-01-01")).toBeNull();
    expect(lotEnd({ ...lot, sunset: null }, "2999-01-01")).toBeNull();
    expect(lotEnd({ ...lot, sharesLeft: 0n }, "2999-01-01")).toBeNull();
  });
});

describe("the token agreement", () => {
  it("is the same to the byte for the same person, and names its version", () => {
    const person = { legalName: "Alice Example", handle: "alice", country: "US" };
    expect(tokenAgreement(person)).toEqual(tokenAgreement({ ...person }));
    expect(tokenAgreement(person).text).toContain(tokenAgreement(person).version);
    expect(tokenAgreement({ ...person, legalName: "Al" }).text).not.toBe(
      tokenAgreement(person).text,
    );
  });
});
