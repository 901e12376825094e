import { and, eq } from "drizzle-orm";
import { taughtSessions } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { findMembership } from "./membership.server";
import { isTeachingDay } from "./rules";
import { hoursInput } from "./schema";

/**
 * A teacher records hours that they taught in the cohort, or, with `sessionId`, puts right what they recorded before. The
 * sum is part of their public record. Refusals: `not_found`, `not_a_teaching_day`.
 */
export const recordHours = defineCommand({
  name: "record-hours",
  action: "space.teach",
  input: hoursInput,
  async run(tx, context) {
    const { input, person, now } = context;
    const { cohortId, sessionId, heldOn, hours: minutes, topic } = input;
    const member = await findMembership(tx, { id: cohortId }, person.id);
    if (!member) return context.refuse({ code: "not_found" });
    context.authorise(member.subject);
    if (!isTeachingDay(heldOn, member.cohort, now))
      context.refuse({ code: "not_a_teaching_day", field: "heldOn" });
    const values = { heldOn, minutes, topic, recordedAt: now };
    const own = and(
      eq(taughtSessions.id, sessionId ?? ""),
      eq(taughtSessions.cohortId, cohortId),
      eq(taughtSessions.teacherId, person.id),
    );
    const [row] = sessionId
      ? await tx.update(taughtSessions).set(values).where(own).returning()
      : await tx
          .insert(taughtSessions)
          .values({ cohortId, teacherId: person.id, ...values })
          .returning();
    if (!row) return context.refuse({ code: "not_found" });
    return { sessionId: row.id };
  },
});
