import { and, eq } from "drizzle-orm";
import { works } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { findMembership, holdPlace } from "./membership.server";
import { workInput } from "./schema";
import { tellOfWork } from "./tell-of-work.server";
import { spacePath, workInWords } from "./words";

/**
 * A student shows a piece of work to the cohort, or, with `workId`, shows their own anew: the teachers are told the first
 * time, and feedback that asked for another go is answered. Refusal: `not_found`. Locks the student's place.
 */
export const showWork = defineCommand({
  name: "show-work",
  action: "space.learn",
  input: workInput,
  async run(tx, context) {
    const { input, person, now } = context;
    const { cohortId, workId, title, url, description } = input;
    await holdPlace(tx, cohortId, person.id);
    const member = await findMembership(tx, { id: cohortId }, person.id);
    if (!member) return context.refuse({ code: "not_found" });
    context.authorise(member.subject);
    const values = { title, url, description };
    const [row] = workId
      ? await tx
          .update(works)
          .set(values)
          .where(
            and(eq(works.id, workId), eq(works.cohortId, cohortId), eq(works.personId, person.id)),
          )
          .returning()
      : await tx
          .insert(works)
          .values({ cohortId, personId: person.id, ...values, postedAt: now })
          .returning();
    if (!row) return context.refuse({ code: "not_found" });
    await tellOfWork(tx, {
      by: person,
      member,
      on: { workId: row.id },
      about: workInWords(title),
      path: spacePath(member.cohort.slug, "works", row.id),
      first: !workId,
      now,
    });
    return { workId: row.id };
  },
});
