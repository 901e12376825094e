import { eq } from "drizzle-orm";
import { offers } from "#db/schema/index";
import { defineCommand, plainInput } from "~/auth/command.server";
import { offerLeft } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { holdOffer, partiesOf } from "./hold-offer.server";
import { holdingsOf } from "./holdings";
import { leaveProblem } from "./rules";
import { offerIdInput } from "./schema";
import { tellParties } from "./tell-parties.server";

/**
 * One side leaves a signed offer without a reason: the student until it settles, an investor in the first 4 days. All
 * shares and all cash go back (T16). Holds the offer's row, so that leaving and settling exclude each other.
 * Refusals: `not_found`, those of `leaveProblem`.
 */
export const leaveOffer = defineCommand({
  name: "leave-offer",
  action: "offer.leave",
  input: offerIdInput,
  async run(tx, context) {
    const { now } = context;
    const file = await holdOffer(tx, context.input.offerId);
    if (!file) return context.refuse({ code: "not_found" });
    context.authorise(partiesOf(file));
    const { person } = context;
    const by = person.id === file.student.id ? "student" : "investor";
    const problem = leaveProblem(file.offer, by, now);
    if (problem) context.refuse({ code: problem });
    if (!file.token) throw new Error("a signed offer without a token");
    const act = {
      actorId: person.id,
      now,
      idempotencyKey: `${context.key}:leave`,
      input: plainInput(context.input),
    };
    const { id, shares } = file.offer;
    context.need(
      await post(
        tx,
        offerLeft(act, {
          id,
          tokenId: file.token.id,
          ownerId: file.token.ownerId,
          shares,
          parts: file.parts,
          reservations: holdingsOf({ ...file.offer, parts: file.parts }),
          by,
        }),
      ),
    );
    await tx
      .update(offers)
      .set({ state: "left", closedAt: now, closedBy: person.id })
      .where(eq(offers.id, id));
    await context.audit({ type: "offer", id }, { state: "left", by });
    await tellParties(tx, file, "offer-left", now, { by });
    return { offerId: id, state: "left", by };
  },
});
