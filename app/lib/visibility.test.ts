import { describe, expect, test } from "vitest";
import { isShown, VISIBILITIES, VISIBILITY_WORDS } from "./visibility";

const READERS = {
  visitor: { owner: false, signedIn: false, teachesOwner: false },
  "signed in": { owner: false, signedIn: true, teachesOwner: false },
  "a teacher applied to": { owner: false, signedIn: true, teachesOwner: true },
  owner: { owner: true, signedIn: true, teachesOwner: false },
};

describe("who reads a part of a profile", () => {
  test.each([
    ["public", ["visitor", "signed in", "a teacher applied to", "owner"]],
    ["signed_in", ["signed in", "a teacher applied to", "owner"]],
    ["teachers", ["a teacher applied to", "owner"]],
  ] as const)("%s", (visibility, readers) => {
    const shown = Object.entries(READERS).filter(([, reader]) => isShown(visibility, reader));
    expect(shown.map(([name]) => name)).toEqual(readers);
  });

  test("whatever is kept from somebody says for whom", () => {
    for (const choice of VISIBILITIES)
      expect(VISIBILITY_WORDS[choice].kept === "").toBe(choice === "public");
  });
});
