import { expect, it } from "vitest";
import { splitTerms } from "./split-terms";

const terms = { amountCents: 2_000_001n, shares: 100_001n };
const split = (maker: string, ...bps: number[]) =>
  splitTerms(
    terms,
    maker,
    bps.map((partBps, nth) => ({ id: "abc"[nth] ?? "", partBps })),
  );

it("gives each their part rounded down, and the maker the rest, to the cent and the share", () => {
  const made = split("a", 4_500, 3_333, 2_167);
  expect(made?.others.get("b")).toEqual({ amountCents: 666_600n, shares: 33_330n });
  expect(made?.others.get("c")).toEqual({ amountCents: 433_400n, shares: 21_670n });
  expect(made?.maker).toEqual({ amountCents: 900_001n, shares: 45_001n });
});

it("is the same whoever of them makes the offer, but for the rest", () => {
  expect(split("b", 5_000, 5_000)?.others.get("a")).toEqual({
    amountCents: 1_000_000n,
    shares: 50_000n,
  });
});

it("splits nothing where no parts are agreed, or the maker has none", () => {
  expect(split("a", 10_000)).toBeNull();
  expect(split("a", 10_000, 0)).toBeNull();
  expect(split("b", 10_000, 0)).toBeNull();
  expect(split("z", 5_000, 5_000)).toBeNull();
});
