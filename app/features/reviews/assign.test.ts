import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assign, type Pair, type Reviewer, type ToAssign } from "./assign";

const names = (letter: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${letter}${at}`);
const fresh = (ids: readonly string[]): ToAssign[] =>
  ids.map((id) => ({ id, applicantId: `of-${id}`, reviewerIds: [], abstained: [] }));
const free = (ids: readonly string[]): Reviewer[] =>
  ids.map((id) => ({ id, load: 0, conflicted: new Set<string>() }));
const loadsOf = (pairs: readonly Pair[], reviewers: readonly Reviewer[]) =>
  reviewers.map(
    ({ id, load }) => load + pairs.filter(({ reviewerId }) => reviewerId === id).length,
  );

/** Applications, some with reviewers already; reviewers, some conflicted. */
const world = fc
  .record({
    applications: fc.integer({ min: 0, max: 40 }),
    reviewers: fc.integer({ min: 0, max: 8 }),
  })
  .chain((size) => {
    const reviewers = names("r", size.reviewers);
    return fc.record({
      wanted: fc.integer({ min: 2, max: 4 }),
      applications: fc.tuple(
        ...names("a", size.applications).map((id) =>
          fc
            .record({ has: fc.subarray(reviewers), abstained: fc.subarray(reviewers) })
            .map(({ has, abstained }) => ({
              id,
              applicantId: `of-${id}`,
              reviewerIds: has.filter((one) => !abstained.includes(one)),
              abstained,
            })),
        ),
      ),
      reviewers: fc.tuple(
        ...reviewers.map((id) =>
          fc
            .record({
              load: fc.integer({ min: 0, max: 9 }),
              conflicted: fc.subarray(names("of-a", size.applications)),
            })
            .map(({ load, conflicted }) => ({ id, load, conflicted: new Set(conflicted) })),
        ),
      ),
    });
  });

describe("assigning reviewers", () => {
  it("gives each application as many as it lacks and as may, once each, against no conflict", () => {
    fc.assert(
      fc.property(world, ({ applications, reviewers, wanted }) => {
        const pairs = assign(applications, reviewers, wanted);
        expect(new Set(pairs.map((p) => `${p.applicationId} ${p.reviewerId}`)).size).toBe(
          pairs.length,
        );
        for (const application of applications) {
          const got = pairs.filter((pair) => pair.applicationId === application.id);
          const may = reviewers.filter(
            (one) =>
              !one.conflicted.has(application.applicantId) &&
              !application.reviewerIds.includes(one.id) &&
              !application.abstained.includes(one.id),
          );
          const lacks = Math.max(0, wanted - application.reviewerIds.length);
          expect(got).toHaveLength(Math.min(lacks, may.length));
          for (const { reviewerId } of got) expect(may.map(({ id }) => id)).toContain(reviewerId);
        }
      }),
    );
  });

  it("run again on its own outcome assigns nothing, and the same input gives the same", () => {
    fc.assert(
      fc.property(world, ({ applications, reviewers, wanted }) => {
        const pairs = assign(applications, reviewers, wanted);
        expect(assign(applications, reviewers, wanted)).toEqual(pairs);
        const after = applications.map((one) => ({
          ...one,
          reviewerIds: [
            ...one.reviewerIds,
            ...pairs.filter((p) => p.applicationId === one.id).map((p) => p.reviewerId),
          ],
        }));
        expect(assign(after, reviewers, wanted)).toEqual([]);
      }),
    );
  });

  it("without conflicts nobody gets more than one application more than another", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 2, max: 4 }),
        (count, people, wanted) => {
          const reviewers = free(names("r", people));
          const loads = loadsOf(assign(fresh(names("a", count)), reviewers, wanted), reviewers);
          expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("keeps those for whom few may from going without", () => {
    const of = fresh(["a0", "a1"]);
    const blocked = new Set(["of-a1"]);
    const reviewers = [
      { id: "busy", load: 9, conflicted: new Set<string>() },
      { id: "idle", load: 0, conflicted: new Set<string>() },
      { id: "close", load: 0, conflicted: blocked },
    ];
    const pairs = assign(of, reviewers, 2);
    expect(
      pairs
        .filter((p) => p.applicationId === "a1")
        .map((p) => p.reviewerId)
        .sort(),
    ).toEqual(["busy", "idle"]);
  });

  it("lets reviewers meet in all pairings", () => {
    const reviewers = free(names("r", 5));
    const pairs = assign(fresh(names("a", 400)), reviewers, 2);
    const met = new Set(
      names("a", 400).map((id) =>
        pairs
          .filter((pair) => pair.applicationId === id)
          .map((pair) => pair.reviewerId)
          .sort()
          .join(" "),
      ),
    );
    expect(met.size).toBe(10);
  });
});
