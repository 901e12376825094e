import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applications, cohorts, enrolments, offerParts, offers } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { listTeacherIds } from "~/features/cohorts/teachers.server";
import { findOfferProblem } from "./check-offer.server";
import { findOfferFile } from "./hold-offer.server";
import { type Plan, planOffer } from "./plan-offer.server";
import { lapsesAt } from "./rules";
import { type OfferInput, offerInput } from "./schema";
import { fundPartInTx, lapseLater, sendOut } from "./send-out.server";
import { tellCoInvestors } from "./tell-parties.server";

/**
 * A teacher of the cohort offers money for shares to a student with a place in it. The maker's part moves to escrow now.
 * With one part the offer goes out at once, open for 7 days; with co-investors' parts it waits for each of them, 7 days at
 * most (T14). A scout whom the student confirmed gets the cohort's finder's stake (T22). Holds the enrolment's row: one
 * live offer a teacher and place.
 * Refusals: `not_found`, `not_now` once the cohort is cancelled, `not_a_teacher`, those of `findOfferProblem`, the ledger's `insufficient_balance` on `amount`.
 */
export const makeOffer = defineCommand({
  name: "make-offer",
  action: "offer.make",
  input: offerInput,
  async run(tx, context) {
    const { input, now } = context;
    const place = await holdPlace(tx, input.applicationId);
    if (!place) return context.refuse({ code: "not_found" });
    context.authorise({
      teacher: await listTeacherIds(tx, place.cohort.id),
      student: place.application.applicantId,
    });
    if (place.cohort.state === "cancelled") context.refuse({ code: "not_now" });
    const planned = await planOffer(tx, context.person, place, input, now);
    if (!planned.ok) return context.refuse(planned.error);
    const plan = planned.value;
    const problem = await findOfferProblem(tx, plan, now);
    if (problem || !place.enrolmentId) return context.refuse(problem ?? { code: "not_admitted" });
    const offerId = await insertOffer(tx, input, plan, {
      cohortId: place.cohort.id,
      enrolmentId: place.enrolmentId,
      createdAt: now,
    });
    const own = await insertParts(tx, offerId, plan);
    await fundPartInTx(tx, context, own);
    const alone = plan.parts.length === 1;
    const expiresAt = alone ? await sendOut(tx, offerId, now) : null;
    if (!alone) await waitForParts(tx, offerId, now);
    await context.audit(
      { type: "offer", id: offerId },
      {
        amountCents: String(plan.amountCents),
        shares: String(plan.shares),
        parts: plan.parts.length,
      },
    );
    return {
      offerId,
      partId: own.id,
      state: alone ? "open" : "funding",
      expiresAt: expiresAt?.toISOString() ?? null,
    };
  },
});

async function holdPlace(tx: Tx, applicationId: string) {
  const [row] = await tx
    .select({ application: applications, cohort: cohorts })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
    .where(eq(applications.id, applicationId))
    // Whoever cancels the cohort waits, or is waited for.
    .for("key share", { of: cohorts });
  if (!row) return null;
  const [enrolment] = await tx
    .select({ id: enrolments.id })
    .from(enrolments)
    .where(eq(enrolments.applicationId, applicationId))
    .for("update");
  return { ...row, enrolmentId: enrolment?.id ?? null };
}

async function insertOffer(
  tx: Tx,
  input: OfferInput,
  plan: Plan,
  where: { cohortId: string; enrolmentId: string; createdAt: Date },
): Promise<string> {
  const { payoutCapMultiple, sunsetYears, message } = input;
  const [offer] = await tx
    .insert(offers)
    .values({
      ...where,
      payoutCapMultiple,
      sunsetYears,
      message,
      studentId: plan.studentId,
      madeBy: plan.investorId,
      amountCents: plan.amountCents,
      shares: plan.shares,
      finderId: plan.finderId,
      finderStakeBps: plan.finderStakeBps,
      fundsBy:
        plan.parts.length > 1 ? lapsesAt({ createdAt: where.createdAt, expiresAt: null }) : null,
      state: "funding",
    })
    .returning({ id: offers.id });
  if (!offer) throw new Error("an offer vanished");
  return offer.id;
}

/** Writes all parts; answers the maker's. */
async function insertParts(tx: Tx, offerId: string, plan: Plan) {
  const rows = await tx
    .insert(offerParts)
    .values(
      plan.parts.map(({ investorId, amountCents, shares }) => ({
        offerId,
        investorId,
        amountCents,
        shares,
      })),
    )
    .returning();
  const own = rows.find((part) => part.investorId === plan.investorId);
  if (!own) throw new Error("an offer's part vanished");
  return own;
}

async function waitForParts(tx: Tx, offerId: string, now: Date): Promise<void> {
  const file = await findOfferFile(tx, offerId);
  if (!file) throw new Error("an offer vanished");
  const until = lapsesAt(file.offer);
  await lapseLater(tx, offerId, until, `funding:${offerId}`);
  await tellCoInvestors(tx, file, until, now);
}
