import { and, eq, isNull } from "drizzle-orm";
import { applications, conflictDeclarations, reviewAssignments } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { recordEvent } from "~/features/applications/events.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { conflictInput, endConflictInput } from "./schema";

/**
 * Somebody says that they must not review a person: from then on they see nothing of that person's applications anywhere, and
 * are assigned none. What they had scored stands in the audit trail and counts on. Declaring twice changes nothing.
 * Refusals: `not_found`.
 */
export const declareConflict = defineCommand({
  name: "declare-conflict",
  action: "application.review",
  input: conflictInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const [application] = await tx
      .select()
      .from(applications)
      .where(eq(applications.id, input.applicationId))
      .for("update");
    if (!application?.submittedAt) return context.refuse({ code: "not_found" });
    const { applicantId, cohortId } = application;
    context.authorise({ ...(await staffOf(tx, cohortId)), applicant: applicantId });
    await tx
      .insert(conflictDeclarations)
      .values({
        reviewerId: person.id,
        applicantId,
        reason: input.reason,
        declaredBy: person.id,
        declaredAt: now,
      })
      .onConflictDoNothing();
    await tx
      .delete(reviewAssignments)
      .where(
        and(
          eq(reviewAssignments.applicationId, application.id),
          eq(reviewAssignments.reviewerId, person.id),
        ),
      );
    await recordEvent(tx, {
      applicationId: application.id,
      at: now,
      actorId: person.id,
      kind: "conflict_declared",
      audience: "staff",
      data: { reason: input.reason },
    });
    return { cohortId };
  },
});

/**
 * A lead of a cohort in which the two meet ends a declared conflict that was a mistake; nobody ends their own.
 * Refusals: `not_found`, `own_conflict`.
 */
export const endConflict = defineCommand({
  name: "end-conflict",
  action: "cohort.staff",
  input: endConflictInput,
  async run(tx, context) {
    const { input, now, person } = context;
    context.authorise(await staffOf(tx, input.cohortId));
    const [row] = await tx
      .select({ declaration: conflictDeclarations })
      .from(conflictDeclarations)
      .innerJoin(
        applications,
        and(
          eq(applications.applicantId, conflictDeclarations.applicantId),
          eq(applications.cohortId, input.cohortId),
        ),
      )
      .where(
        and(eq(conflictDeclarations.id, input.declarationId), isNull(conflictDeclarations.endedAt)),
      )
      .for("update", { of: conflictDeclarations });
    if (!row) return context.refuse({ code: "not_found" });
    if (row.declaration.reviewerId === person.id) context.refuse({ code: "own_conflict" });
    await tx
      .update(conflictDeclarations)
      .set({ endedAt: now, endedBy: person.id })
      .where(eq(conflictDeclarations.id, input.declarationId));
    await context.audit({ type: "cohort", id: input.cohortId }, { ended: input.declarationId });
    return { declarationId: input.declarationId };
  },
});
