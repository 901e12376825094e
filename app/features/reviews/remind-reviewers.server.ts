import { sql } from "drizzle-orm";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand } from "~/auth/command.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { remindInput } from "./schema";

const AGAIN_AFTER_MS = 24 * 3_600_000;

/**
 * Writes to each reviewer who has applications left to score: one message with their number, at most one a day. Refusals:
 * `not_found`, `nobody_to_remind`.
 */
export const remindReviewers = defineCommand({
  name: "remind-reviewers",
  action: "cohort.manage",
  input: remindInput,
  async run(tx, context) {
    const { input, now } = context;
    const [cohort] = await tx.execute<{ title: string; slug: string }>(
      sql`select title, slug from cohorts where id = ${input.cohortId} for update`,
    );
    if (!cohort) return context.refuse({ code: "not_found" });
    context.authorise(await staffOf(tx, input.cohortId));
    const since = new Date(now.getTime() - AGAIN_AFTER_MS).toISOString();
    const waiting = await tx.execute<{ id: string; email: string; name: string; left: number }>(sql`
      with waits as (
        select g.application_id, g.reviewer_id, g.reminded_at from review_assignments g
        join applications a on a.id = g.application_id and a.cohort_id = ${input.cohortId} and a.state = 'submitted'
        left join reviews v on v.application_id = g.application_id and v.reviewer_id = g.reviewer_id
        where coalesce(v.state, 'draft') = 'draft'
      ), late as (
        select reviewer_id from waits group by 1 having max(reminded_at) is null or max(reminded_at) <= ${since}::timestamptz
      ), marked as (
        update review_assignments g set reminded_at = ${now.toISOString()}::timestamptz from waits w
        where w.application_id = g.application_id and w.reviewer_id = g.reviewer_id and g.reviewer_id in (select reviewer_id from late)
        returning g.reviewer_id
      )
      select p.id, p.email, p.display_name as name, count(*)::int as left from marked m join persons p on p.id = m.reviewer_id group by p.id order by p.id`);
    if (waiting.length === 0) context.refuse({ code: "nobody_to_remind" });
    for (const one of waiting) {
      await enqueueMail(tx, {
        to: { personId: one.id, email: one.email },
        template: "reviews-wait",
        props: {
          name: one.name,
          cohort: cohort.title,
          count: String(one.left),
          path: `/teach/cohorts/${cohort.slug}?mine=waiting`,
        },
        now,
      });
    }
    await context.audit({ type: "cohort", id: input.cohortId }, { reminded: waiting.length });
    return { reminded: waiting.length };
  },
});
