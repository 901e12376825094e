import { describe, expect, it } from "vitest";
import { cutLinks } from "./queries.server";

describe("cutLinks", () => {
  const own = "http://localhost:3000";
  it("makes paths of this site's addresses", () => {
    expect(cutLinks("Confirm: http://localhost:3000/verify-email?token=a_b-c now", own)).toEqual([
      { text: "Confirm: " },
      { text: "http://localhost:3000/verify-email?token=a_b-c", path: "/verify-email?token=a_b-c" },
      { text: " now" },
    ]);
  });
  it("leaves other addresses as words", () => {
    expect(
      cutLinks("See https://evil.example/ and http://localhost:3000.evil.example/", own),
    ).toEqual([{ text: "See https://evil.example/ and http://localhost:3000.evil.example/" }]);
  });
  it("is whole without links", () => {
    expect(cutLinks("Hello", own)).toEqual([{ text: "Hello" }]);
  });
});
