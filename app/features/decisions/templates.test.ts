import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_TEXTS, fillTemplate, unknownVariables, variablesOf } from "./templates";

describe("a text with variables", () => {
  it("is filled once: values are text, whatever stands in them", () => {
    const values = { name: "{cohort} & <b>", cohort: "$1 Loom $& {name}" };
    expect(fillTemplate("Hello {name}, welcome to {cohort}. {{name}}", "admit", values)).toBe(
      "Hello {cohort} & <b>, welcome to $1 Loom $& {name}. {name}",
    );
  });

  it("refuses what is no variable of the kind", () => {
    expect(unknownVariables("{name} {Name} {confirm_by} {x} {x}", "decline")).toEqual([
      "Name",
      "confirm_by",
      "x",
    ]);
    expect(unknownVariables("{name} {confirm_by} {{x}} { }", "admit")).toEqual([" "]);
    expect(() => fillTemplate("{nmae}", "admit", {})).toThrow("unknown variable");
  });

  it("leaves out what has no value", () => {
    expect(fillTemplate("By {confirm_by}.", "admit", {})).toBe("By .");
  });

  it("knows every variable of the texts that we give", () => {
    for (const [kind, text] of Object.entries(DEFAULT_TEXTS))
      expect(unknownVariables(text, kind as keyof typeof DEFAULT_TEXTS)).toEqual([]);
    expect(variablesOf("admit").map(({ name }) => name)).toContain("confirm_by");
  });

  it("a text without braces stays as it is, a value stands wherever its variable did", () => {
    const text = fc.string().filter((one) => !/[{}]/.test(one));
    fc.assert(
      fc.property(text, text, text, (before, after, name) => {
        expect(fillTemplate(before + after, "admit", {})).toBe(before + after);
        expect(fillTemplate(`${before}{name}${after}`, "admit", { name })).toBe(
          before + name + after,
        );
      }),
    );
  });
});
