import { eq } from "drizzle-orm";
import { gains } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand, plainInput } from "~/auth/command.server";
import { evidenceGraded } from "~/ledger/entries";
import { hasEvidence } from "~/ledger/positions.server";
import { post } from "~/ledger/post.server";
import { GRADE_WORDS } from "~/lib/gain-words";
import { lockGain } from "./pay-gain.server";
import { gradeInput } from "./schema";

/**
 * An operator sets the evidence grade of someone else's gain, with a reason (T12); it counts in every record from then
 * on. The reason stays in the audit log and in the message to the owner, never in the public book. Holds the gain's
 * row. Refuses `changed_meanwhile` when the grade is no longer `current` (what the operator saw), `already_so` when an
 * operator has already said the same, and `no_document` for "documented" where none was handed in.
 */
export const gradeGain = defineCommand({
  name: "grade-gain",
  action: "gain.grade",
  input: gradeInput,
  async run(tx, ctx) {
    const { gainId, grade, reason, current } = ctx.input;
    const gain = await lockGain(tx, gainId);
    if (!gain) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ owner: gain.ownerId });
    if (current && current !== gain.grade)
      ctx.refuse({ code: "changed_meanwhile", facts: { grade: GRADE_WORDS[gain.grade].name } });
    if (grade === gain.grade && (await hasEvidence(tx, gain.id)))
      ctx.refuse({ code: "already_so", field: "grade" });
    if (grade === "documented" && !gain.documentId)
      ctx.refuse({ code: "no_document", field: "grade" });
    const act = {
      actorId: ctx.person.id,
      now: ctx.now,
      idempotencyKey: `${ctx.key}:evidence`,
      input: plainInput(ctx.input),
    };
    ctx.need(await post(tx, evidenceGraded(act, { id: gain.id, grade })));
    await tx.update(gains).set({ grade }).where(eq(gains.id, gain.id));
    await enqueueMail(tx, {
      to: { personId: gain.ownerId, email: gain.ownerEmail },
      template: "gain-graded",
      props: {
        name: gain.ownerName,
        grade: GRADE_WORDS[grade].name,
        reason,
        path: `/gains/${gain.id}`,
      },
      now: ctx.now,
    });
    await ctx.audit({ type: "gain", id: gain.id }, { grade, before: gain.grade, reason });
    return { gainId: gain.id, grade };
  },
});
