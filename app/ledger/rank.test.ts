import { describe, expect, it } from "vitest";
import { type QualifyingPosition, qualifyingPositions, rankTeachers, shrink } from "./rank";
import { computeRecord, type RecordLot } from "./returns";

/** Uniform numbers in (0, 1), the same for the same seed (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

type World = { truths: number[]; groups: number[][] };

/** Teachers whose true effect is normal with deviation `spread`, and 10–30 positions each with deviation 1. */
function worldOf(seed: number, teachers: number, spread: number): World {
  const next = uniform(seed);
  const truths: number[] = [];
  const groups = Array.from({ length: teachers }, () => {
    const truth = spread * normal(next);
    truths.push(truth);
    const size = 10 + Math.floor(next() * 21);
    return Array.from({ length: size }, () => truth + normal(next));
  });
  return { truths, groups };
}

describe("the estimate", () => {
  it("is the formula's, worked out by hand", () => {
    const groups = [
      [1, 3],
      [4, 6, 5],
      [0, 2],
      [9, 7],
      [3, 3],
    ];
    // Means 2, 5, 1, 8, 3; N 11, K 5; within (2+2+2+2+0)/6; grand mean 43/11; n₀ (11 − 25/11)/4.
    const within = 8 / 6;
    const usual = (11 - 25 / 11) / 4;
    const grand = 43 / 11;
    const spread =
      2 * (2 - grand) ** 2 +
      3 * (5 - grand) ** 2 +
      2 * (1 - grand) ** 2 +
      2 * (8 - grand) ** 2 +
      2 * (3 - grand) ** 2;
    const between = (spread / 4 - within) / usual;
    const [w2, w3] = [1 / (between + within / 2), 1 / (between + within / 3)];
    const weight = 4 * w2 + w3;
    const center = (w2 * (2 + 1 + 8 + 3) + w3 * 5) / weight;
    const kept = between * w2;
    const half = Math.sqrt(
      (kept * within) / 2 + (1 - kept) ** 2 * (1 / weight + (8 - center) ** 2),
    );
    const best = shrink(groups)?.[3];
    expect(best?.estimate).toBeCloseTo(center + kept * (8 - center), 12);
    expect(best?.halfWidth).toBeCloseTo(1.96 * half, 12);
  });

  it("is none where groups differ by no more than chance", () => {
    expect(shrink(Array.from({ length: 5 }, () => [1, 2, 3]))).toBeNull();
  });

  it.each([5, 10, 40])(
    "covers the truth in 93 to 97% of cases, over a thousand worlds of %d teachers",
    (teachers) => {
      // Below 0.3 chance hides the teachers: half of the worlds rank nobody, the rest cover 95 to 99%.
      for (const spread of [0.3, 0.5, 1]) {
        let covered = 0;
        let ranked = 0;
        for (let world = 0; world < 1000; world++) {
          const { truths, groups } = worldOf(world * 7919 + teachers, teachers, spread);
          shrink(groups)?.forEach(({ estimate, halfWidth }, i) => {
            ranked += 1;
            if (Math.abs(estimate - (truths[i] as number)) <= halfWidth) covered += 1;
          });
        }
        expect(ranked).toBeGreaterThan(700 * teachers);
        expect(covered / ranked).toBeGreaterThan(0.93);
        expect(covered / ranked).toBeLessThan(0.97);
      }
    },
  );

  it("is nearer to the truth than the plain means", () => {
    let shrunken = 0;
    let plain = 0;
    for (let world = 0; world < 300; world++) {
      const { truths, groups } = worldOf(world, 10, 0.3);
      shrink(groups)?.forEach(({ estimate }, i) => {
        const values = groups[i] as number[];
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        shrunken += (estimate - (truths[i] as number)) ** 2;
        plain += (mean - (truths[i] as number)) ** 2;
      });
    }
    expect(shrunken).toBeLessThan(0.8 * plain);
  });
});

describe("the rank", () => {
  const positionsOf = (person: string, count: number, logReturn: number, vintage = 2020) =>
    Array.from(
      { length: count },
      (_, i): QualifyingPosition => ({
        person,
        vintage,
        logReturn: logReturn + (i % 2 ? 0.1 : -0.1),
      }),
    );
  const five = () =>
    ["a", "b", "c", "d", "e"].flatMap((person, i) => positionsOf(person, 10, i / 10));

  it("sorts the best first, each with an interval around its estimate", () => {
    const ranked = rankTeachers(five());
    expect(ranked.map(({ person, rank, positions }) => [person, rank, positions])).toEqual([
      ["e", 1, 10],
      ["d", 2, 10],
      ["c", 3, 10],
      ["b", 4, 10],
      ["a", 5, 10],
    ]);
    for (const { estimate, low, high } of ranked) {
      expect(estimate).toMatch(/^-?\d+\.\d{6}$/);
      expect((Number(low) + Number(high)) / 2).toBeCloseTo(Number(estimate), 5);
    }
    expect(Number(ranked[0]?.estimate)).toBeLessThan(0.2);
    expect(ranked[2]?.estimate).toBe("0.000000");
  });

  it("needs ten positions, and five teachers who have them", () => {
    const nine = [...five(), ...positionsOf("f", 9, 5)];
    expect(rankTeachers(nine).map(({ person }) => person)).not.toContain("f");
    const four = five().slice(0, 49);
    expect(rankTeachers(four)).toEqual([]);
    const alike = ["a", "b", "c", "d", "e"].flatMap((person) => positionsOf(person, 10, 1));
    expect(rankTeachers(alike)).toEqual([]);
  });

  it("compares within a vintage, over everybody's positions in it", () => {
    const good = ["a", "b", "c"].flatMap((person, i) => positionsOf(person, 10, 3 + i / 10, 2015));
    const bad = ["d", "e", "f"].flatMap((person, i) => positionsOf(person, 10, i / 10, 2021));
    const estimates = new Map(
      rankTeachers([...good, ...bad]).map((one) => [one.person, one.estimate]),
    );
    expect(estimates.get("a")).toBe(estimates.get("d"));
    expect(estimates.get("c")).toBe(estimates.get("f"));
    // Who has too few to be ranked is in the mean.
    const more = rankTeachers([...good, ...bad, ...positionsOf("g", 9, 9, 2015)]);
    expect(Number(more.find(({ person }) => person === "c")?.estimate)).toBeLessThan(
      Number(more.find(({ person }) => person === "f")?.estimate),
    );
  });

  it("is made of positions of 24 months and $1,000, not apart, at their confirmed DPI", () => {
    const lot = (
      token: string,
      acquiredDay: string,
      paidCents: bigint,
      apart = false,
    ): RecordLot => ({
      lotId: token,
      token,
      tokenHandle: token,
      cohort: null,
      acquiredDay,
      paidCents,
      costLeftCents: paidCents,
      capLeftCents: null,
      sharesLeft: 1n,
      endedDay: null,
      marks: [],
      finder: false,
      apart,
    });
    const record = computeRecord({
      valuationDate: "2026-03-31",
      lots: [
        lot("old", "2020-05-05", 200_000n),
        lot("just", "2024-03-31", 100_000n),
        lot("young", "2024-04-01", 100_000n),
        lot("small", "2020-05-05", 99_999n),
        lot("aunt", "2020-05-05", 200_000n, true),
      ],
      cash: [true, false].map((confirmed) => ({
        lotId: "old",
        day: "2022-01-01",
        cents: 300_000n,
        kind: "distribution",
        confirmed,
        early: false,
        ownHoldersCents: 0n,
      })),
    });
    expect(qualifyingPositions("ann", record)).toEqual([
      { person: "ann", vintage: 2020, logReturn: Math.log(2.5) },
      { person: "ann", vintage: 2024, logReturn: 0 },
    ]);
  });
});
