import type { Queryable } from "#db/client.server";
import { listTeachersOf } from "~/features/cohorts/teachers.server";
import { findFinder } from "~/features/scouting/find-finder.server";
import { err, ok, type Result } from "~/lib/result";
import type { PlannedOffer } from "./check-offer.server";
import type { OfferInput } from "./schema";

type Place = {
  application: { applicantId: string; cohortId: string; submittedAt: Date | null };
  cohort: { id: string; finderStakeBps: number };
  enrolmentId: string | null;
};
export type Plan = PlannedOffer & {
  amountCents: bigint;
  shares: bigint;
  finderName: string | null;
};
type Problem = { code: "not_a_teacher"; field: string };

/**
 * What an offer would consist of: the maker's part first, then each co-investor's, the totals, and the scout whose stake
 * is carved out, if the student has one and the cohort states a stake. Refuses `not_a_teacher` for a co-investor who does
 * not teach the cohort, is named twice, or is the maker or the student.
 */
export async function planOffer(
  db: Queryable,
  maker: { id: string; displayName: string },
  place: Place,
  input: Pick<OfferInput, "amountCents" | "shares" | "others">,
  now: Date,
): Promise<Result<Plan, Problem>> {
  const studentId = place.application.applicantId;
  const left = new Map(
    (await listTeachersOf(place.cohort.id, db))
      .filter((teacher) => teacher.id !== maker.id && teacher.id !== studentId)
      .map((teacher) => [teacher.handle, teacher]),
  );
  const { amountCents, shares } = input;
  const own = { investorId: maker.id, name: maker.displayName, amountCents, shares };
  const parts = [{ ...own, field: "percent" }];
  for (const other of input.others) {
    const field = `parts.${other.row}.percent`;
    const teacher = left.get(other.handle);
    if (!teacher) return err({ code: "not_a_teacher", field });
    left.delete(other.handle);
    parts.push({
      investorId: teacher.id,
      name: teacher.displayName,
      amountCents: other.amountCents,
      shares: other.shares,
      field,
    });
  }
  const bps = place.cohort.finderStakeBps;
  const finder = bps > 0 ? await findFinder(db, place.application, now) : null;
  return ok({
    investorId: maker.id,
    studentId,
    enrolmentId: place.enrolmentId,
    parts,
    amountCents: parts.reduce((sum, part) => sum + part.amountCents, 0n),
    shares: parts.reduce((sum, part) => sum + part.shares, 0n),
    finderId: finder?.id ?? null,
    finderName: finder?.displayName ?? null,
    finderStakeBps: finder ? bps : 0,
  });
}
