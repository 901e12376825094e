import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HIDDEN, phrasesOf, redact } from "./redact";

const alice = phrasesOf({ displayName: "Alice Ng-Ross", handle: "alice" });

describe("hiding who applies", () => {
  it.each([
    ["I am Alice Ng-Ross.", `I am ${HIDDEN}.`],
    ["ALICE   ng-ross built it", `${HIDDEN} built it`],
    ["Alice's robot", `${HIDDEN}'s robot`],
    ["malice is kept", "malice is kept"],
    ["See https://example.org/alice?x=1 now", `See ${HIDDEN} now`],
    ["See github.com/someone, or www.some.one", `See ${HIDDEN}, or ${HIDDEN}`],
    ["mail me: a.b+c@mail.example.org", `mail me: ${HIDDEN}`],
    ["I am @alice_builds there", `I am ${HIDDEN} there`],
    ["e.g. this, i.e. that; 3.5 is a number", "e.g. this, i.e. that; 3.5 is a number"],
  ])("%j reads %j", (text, read) => {
    expect(redact(text, alice)).toBe(read);
  });

  it("hides what a reviewer names, signs of patterns too", () => {
    expect(redact("I won the (very) big prize [2024].", ["(very) big prize"])).toBe(
      `I won the ${HIDDEN} [2024].`,
    );
    expect(redact("aaa", ["."])).toBe("aaa");
  });

  it("leaves no phrase that stands alone, whatever is around it", () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    fc.assert(
      fc.property(word, fc.array(word), fc.array(word), (phrase, before, after) => {
        const text = [...before, phrase, ...after].join(" ");
        expect(redact(text, [phrase]).split(" ")).not.toContain(phrase);
      }),
    );
  });
});
