import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { enqueue } from "#db/jobs.server";
import { applications, cohorts, enrolments, offerParts, offers } from "#db/schema/index";
import { type Context, defineCommand, plainInput } from "~/auth/command.server";
import { offerFunded } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { findOfferProblem } from "./check-offer.server";
import { findOfferFile } from "./hold-offer.server";
import { realInstant } from "./real-time.server";
import { expiryOf } from "./rules";
import { type OfferInput, offerInput } from "./schema";
import { tellParties } from "./tell-parties.server";

/**
 * The cohort's teacher offers money for shares to a student they admitted: the cash moves to escrow, and the funded
 * offer goes out at once, open for 7 days (T14). Holds the enrolment's row: one live offer a teacher and place.
 * Refusals: `not_found`, those of `findOfferProblem`, and the ledger's `insufficient_balance` on `amount`.
 */
export const makeOffer = defineCommand({
  name: "make-offer",
  action: "offer.make",
  input: offerInput,
  async run(tx, context) {
    const { input, now } = context;
    const place = await holdPlace(tx, input.applicationId);
    if (!place) return context.refuse({ code: "not_found" });
    context.authorise({ teacher: place.cohort.teacherId, student: place.application.applicantId });
    const problem = await findOfferProblem(
      tx,
      {
        investorId: context.person.id,
        studentId: place.application.applicantId,
        enrolmentId: place.enrolmentId,
        amountCents: input.amountCents,
        shares: input.shares,
      },
      now,
    );
    if (problem || !place.enrolmentId) return context.refuse(problem ?? { code: "not_admitted" });
    const { applicationId: _, ...terms } = input;
    const [offer] = await tx
      .insert(offers)
      .values({
        ...terms,
        cohortId: place.cohort.id,
        enrolmentId: place.enrolmentId,
        studentId: place.application.applicantId,
        madeBy: context.person.id,
        state: "funding",
        createdAt: now,
      })
      .returning({ id: offers.id });
    if (!offer) throw new Error("an offer vanished");
    const part = await fundPart(tx, context, offer.id);
    const expiresAt = await sendOut(tx, offer.id, now);
    await context.audit(
      { type: "offer", id: offer.id },
      { amountCents: String(input.amountCents), shares: String(input.shares) },
    );
    return { offerId: offer.id, partId: part, expiresAt: expiresAt.toISOString() };
  },
});

async function holdPlace(tx: Tx, applicationId: string) {
  const [row] = await tx
    .select({ application: applications, cohort: cohorts })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
    .where(eq(applications.id, applicationId));
  if (!row) return null;
  const [enrolment] = await tx
    .select({ id: enrolments.id })
    .from(enrolments)
    .where(eq(enrolments.applicationId, applicationId))
    .for("update");
  return { ...row, enrolmentId: enrolment?.id ?? null };
}

async function fundPart(tx: Tx, context: Context<OfferInput>, offerId: string): Promise<string> {
  const { input, now, person } = context;
  const { amountCents, shares } = input;
  const [part] = await tx
    .insert(offerParts)
    .values({ offerId, investorId: person.id, amountCents, shares })
    .returning({ id: offerParts.id });
  if (!part) throw new Error("an offer's part vanished");
  const act = {
    actorId: person.id,
    now,
    idempotencyKey: `${context.key}:fund`,
    input: plainInput(input),
  };
  context.need(
    await post(tx, offerFunded(act, { id: part.id, investorId: person.id, amountCents })),
    "amount",
  );
  await tx.update(offerParts).set({ fundedAt: now }).where(eq(offerParts.id, part.id));
  return part.id;
}

/** All parts are funded: the offer goes out. */
async function sendOut(tx: Tx, offerId: string, now: Date): Promise<Date> {
  const expiresAt = expiryOf(now);
  await tx
    .update(offers)
    .set({ state: "open", sentAt: now, expiresAt })
    .where(eq(offers.id, offerId));
  await enqueue(
    tx,
    "lapse-offer",
    { offerId },
    { startAfter: realInstant(expiresAt), singletonKey: offerId },
  );
  const file = await findOfferFile(tx, offerId);
  if (!file) throw new Error("an offer vanished");
  await tellParties(tx, file, "offer-sent", now, { until: expiresAt, message: file.offer.message });
  return expiresAt;
}
