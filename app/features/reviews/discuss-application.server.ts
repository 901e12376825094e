import { and, eq, sql } from "drizzle-orm";
import { applicationTags, reviewComments, reviewComparisons } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { recordEvent } from "~/features/applications/events.server";
import { holdApplication } from "./hold-application.server";
import { maySeeOthers } from "./rules";
import { commentInput, comparisonInput, tagInput } from "./schema";

/**
 * Says something to the others who review an application, after one's own score (T29). It cannot be taken back; the applicant
 * never sees it. Refusals: as `holdApplication` (decided ones may be discussed), `score_first`.
 */
export const commentOnApplication = defineCommand({
  name: "comment-on-application",
  action: "application.review",
  input: commentInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdApplication(tx, context, input.applicationId, { decidedToo: true });
    if (!maySeeOthers(held.standing)) context.refuse({ code: "score_first" });
    const [row] = await tx
      .insert(reviewComments)
      .values({ ...input, authorId: person.id, postedAt: now })
      .returning({ id: reviewComments.id });
    if (!row) throw new Error("a comment vanished");
    return { commentId: row.id };
  },
});

/**
 * Puts a tag on an application, by which the cohort's staff find it again; a second time takes it off. Before one's own score it
 * takes off one's own alone, for others' are not seen (T29). Refusals: as `holdApplication`.
 */
export const tagApplication = defineCommand({
  name: "tag-application",
  action: "application.review",
  input: tagInput,
  async run(tx, context) {
    const { input, now, person } = context;
    const held = await holdApplication(tx, context, input.applicationId, { decidedToo: true });
    const removed = await tx
      .delete(applicationTags)
      .where(
        and(
          eq(applicationTags.applicationId, input.applicationId),
          eq(applicationTags.tag, input.tag),
          maySeeOthers(held.standing) ? undefined : eq(applicationTags.taggedBy, person.id),
        ),
      )
      .returning({ tag: applicationTags.tag });
    if (removed.length === 0)
      await tx
        .insert(applicationTags)
        .values({ ...input, taggedBy: person.id, taggedAt: now })
        .onConflictDoNothing();
    await recordEvent(tx, {
      applicationId: input.applicationId,
      at: now,
      actorId: person.id,
      kind: removed.length === 0 ? "tagged" : "untagged",
      audience: "staff",
      data: { tag: input.tag },
    });
    return { tagged: removed.length === 0 };
  },
});

/**
 * A reviewer holds two applications of a cohort, both scored by them, against each other: the one is better. Comparing the
 * same two again replaces it. It is the reviewer's own aid and enters no mean. Refusals: as `holdApplication`, `score_first`, `not_comparable`.
 */
export const compareApplications = defineCommand({
  name: "compare-applications",
  action: "application.review",
  input: comparisonInput,
  async run(tx, context) {
    const { input, now, person } = context;
    // In the order of their ids, so that two comparisons never wait for each other.
    const held = [];
    for (const id of [input.betterId, input.worseId].sort())
      held.push(await holdApplication(tx, context, id));
    const [one, other] = held;
    if (one?.cohort.id !== other?.cohort.id) context.refuse({ code: "not_comparable" });
    if (held.some(({ own }) => own?.state !== "submitted")) context.refuse({ code: "score_first" });
    await tx
      .delete(reviewComparisons)
      .where(
        and(
          eq(reviewComparisons.reviewerId, person.id),
          sql`${reviewComparisons.betterId} in (${input.betterId}, ${input.worseId}) and ${reviewComparisons.worseId} in (${input.betterId}, ${input.worseId})`,
        ),
      );
    await tx.insert(reviewComparisons).values({ ...input, reviewerId: person.id, comparedAt: now });
    await recordEvent(tx, {
      applicationId: input.betterId,
      at: now,
      actorId: person.id,
      kind: "compared",
      audience: "staff",
      data: { worse: input.worseId },
    });
    return { betterId: input.betterId };
  },
});
