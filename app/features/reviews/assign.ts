export type ToAssign = {
  id: string;
  applicantId: string;
  /** Who reviews it already. */
  reviewerIds: readonly string[];
  /** Who abstained: they count no more and do not get it again. */
  abstained: readonly string[];
};
export type Reviewer = {
  id: string;
  /** Applications that they have already. */
  load: number;
  conflicted: ReadonlySet<string>;
};
export type Pair = { applicationId: string; reviewerId: string };

/**
 * Whom each application gets so that it has `wanted` reviewers: of those who may, the one with the least to do, so that all
 * get alike. What is assigned stays, so that a second run touches only what lacks somebody. Applications with fewest to choose
 * from come first. Nobody gets one twice or against a conflict. The same input gives the same pairs; who is level is drawn by
 * a hash of both, so that reviewers meet in all pairings, by which their scales can be compared. Time: applications × reviewers.
 */
export function assign(
  applications: readonly ToAssign[],
  reviewers: readonly Reviewer[],
  wanted: number,
): Pair[] {
  const load = new Map(reviewers.map(({ id, load: has }) => [id, has]));
  const lacking = applications
    .filter(({ reviewerIds }) => reviewerIds.length < wanted)
    .map((application) => ({
      application,
      may: reviewers.filter(
        ({ id, conflicted }) =>
          !application.reviewerIds.includes(id) &&
          !application.abstained.includes(id) &&
          !conflicted.has(application.applicantId),
      ),
    }));
  return byRoom(lacking, reviewers.length).flatMap(({ application, may }) => {
    const chosen = least(may, application.id, load, wanted - application.reviewerIds.length);
    for (const id of chosen) load.set(id, (load.get(id) ?? 0) + 1);
    return chosen.map((reviewerId) => ({ applicationId: application.id, reviewerId }));
  });
}

/** Those with fewest to choose from first; the order of the input else. In linear time: one bucket a size. */
function byRoom<T extends { may: readonly unknown[] }>(all: readonly T[], most: number): T[] {
  const buckets = Array.from({ length: most + 1 }, (): T[] => []);
  for (const one of all) buckets[one.may.length]?.push(one);
  return buckets.flat();
}

/** The `count` with the least load. */
function least(
  may: readonly Reviewer[],
  applicationId: string,
  load: ReadonlyMap<string, number>,
  count: number,
): string[] {
  const ranked = may.map(({ id }) => ({
    id,
    load: load.get(id) ?? 0,
    draw: drawOf(applicationId, id),
  }));
  ranked.sort((a, b) => a.load - b.load || a.draw - b.draw || (a.id < b.id ? -1 : 1));
  return ranked.slice(0, count).map(({ id }) => id);
}

/** A number that looks drawn, the same for the same two (FNV-1a). */
function drawOf(one: string, other: string): number {
  let hash = 0x811c9dc5;
  for (const text of [one, other]) {
    for (let at = 0; at < text.length; at++)
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
}
