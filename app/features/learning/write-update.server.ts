import { and, eq } from "drizzle-orm";
import { updates } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { findMembership, holdPlace } from "./membership.server";
import { weekProblem } from "./rules";
import { updateInput } from "./schema";
import { tellOfWork } from "./tell-of-work.server";
import { spacePath, updateInWords } from "./words";

/**
 * A student writes the update of a week: one a week, however often it is sent. `save` keeps a draft that nobody else sees;
 * `publish` shows it to the cohort, tells the teachers the first time, and answers feedback that asked for another go.
 * When it was first published never changes. Refusals: `not_found`, the problems of `weekProblem`, `already_published`
 * (saving as a draft what is out). Locks the student's place.
 */
export const writeUpdate = defineCommand({
  name: "write-update",
  action: "space.learn",
  input: updateInput,
  async run(tx, context) {
    const { input, person, now } = context;
    const { cohortId, week } = input;
    await holdPlace(tx, cohortId, person.id);
    const member = await findMembership(tx, { id: cohortId }, person.id);
    if (!member) return context.refuse({ code: "not_found" });
    context.authorise(member.subject);
    const { cohort, enrolledAt } = member;
    if (!enrolledAt) throw new Error("a student without a place");
    const problem = weekProblem(week, { ...cohort, enrolledAt }, now);
    if (problem) context.refuse({ code: problem });
    const mine = and(
      eq(updates.cohortId, cohortId),
      eq(updates.personId, person.id),
      eq(updates.week, week),
    );
    const [before] = await tx.select().from(updates).where(mine);
    if (before?.publishedAt && input.intent === "save")
      context.refuse({ code: "already_published" });
    const row = {
      ...input.texts,
      savedAt: now,
      ...(input.intent === "publish"
        ? { state: "published" as const, publishedAt: before?.publishedAt ?? now }
        : {}),
    };
    const [kept] = before
      ? await tx.update(updates).set(row).where(mine).returning()
      : await tx
          .insert(updates)
          .values({ cohortId, personId: person.id, week, ...row })
          .returning();
    if (!kept) throw new Error("the update was not kept");
    if (input.intent === "publish")
      await tellOfWork(tx, {
        by: person,
        member,
        on: { updateId: kept.id },
        about: updateInWords(week),
        path: spacePath(cohort.slug, "updates", kept.id),
        first: !before?.publishedAt,
        now,
      });
    return { updateId: kept.id, state: kept.state };
  },
});
