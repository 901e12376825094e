import { describe, expect, it } from "vitest";
import { FIGURES, linesPath, readAsked } from "./figures";

const read = (path: string) => readAsked(new URL(path, "http://belay.test").searchParams);

describe("the address of a figure's lines", () => {
  it("asks for what it was made for", () => {
    const lot = "5ef1a6a5-e6e1-4017-86f1-a73102573611";
    for (const of of FIGURES)
      for (const part of [{}, { vintage: "2021" }, { cohort: "" }, { student: "alice" }, { lot }])
        for (const side of ["gross", "net"] as const)
          expect(read(linesPath("maya", { of, side, ...part }))).toEqual({ of, side, ...part });
    expect(linesPath("maya", { of: "dpi" })).toBe("/teachers/maya/lines?of=dpi");
  });

  it.each([
    "/x",
    "/x?of=nothing",
    "/x?of=dpi&side=both",
    "/x?of=dpi&vintage=21",
    "/x?of=dpi&student=Al",
    "/x?of=dpi&lot=1",
    "/x?of=dpi&vintage=2021&student=alice",
  ])("asks for nothing that there is: %s", (path) => {
    expect(read(path)).toBeNull();
  });
});
