import { describe, expect, it } from "vitest";
import { textOf } from "#tests/setup/log-world";
import { PEOPLE, VALUED } from "#tests/setup/rich-book";
import { annsParts, judge, richLog } from "#tests/setup/verify-world";

describe("an honest bundle", () => {
  it.each(Object.entries(PEOPLE).filter(([handle]) => !handle.startsWith("ann")))(
    "of %s is true",
    async (_, person) => {
      const told = await judge(await textOf(richLog().partsOf(person, VALUED)));
      expect(told.lies).toEqual([]);
      expect(told.verdict).toBe("true");
    },
  );
  it("of a person with two chains is true", async () => {
    const told = await judge(await textOf(annsParts(richLog())));
    expect(told.verdict).toBe("true");
  });
});
