import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { applications, type cohorts, decisions, enrolments, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { recordEvent } from "~/features/applications/events.server";
import { formatInstant } from "~/lib/dates";
import { countTaken } from "./places.server";
import { confirmByOf } from "./rules";
import { listTexts, type Texts, textOf } from "./text-of.server";

type Cohort = typeof cohorts.$inferSelect;

/**
 * Gives the places that are free to the first on the waitlist, each told in the same transaction; none once the cohort has
 * begun. The caller holds the cohort's row, so that a place is given once. Whom a teacher is about to decline or defer is
 * passed over. Answers how many got one. What it costs grows with the places given.
 */
export async function promoteFromWaitlist(tx: Tx, cohort: Cohort, now: Date): Promise<number> {
  if (cohort.state !== "published" || now >= cohort.startsAt) return 0;
  const free = cohort.capacity - (await countTaken(cohort.id, tx));
  if (free <= 0) return 0;
  const next = await tx.execute<{ id: string }>(sql`
    select a.id from applications a where a.cohort_id = ${cohort.id} and a.state = 'waitlisted' and not exists (
      select 1 from decisions d where d.application_id = a.id and (d.state = 'releasing' or (d.state = 'pending' and d.kind in ('decline', 'defer'))))
    order by a.waitlist_rank limit ${free} for update of a`);
  if (next.length === 0) return 0;
  const texts = await listTexts(tx, cohort.id);
  for (const { id } of next) await promote(tx, { cohort, texts, applicationId: id, now });
  return next.length;
}

type Promotion = { cohort: Cohort; texts: Texts; applicationId: string; now: Date };

async function promote(tx: Tx, { cohort, texts, applicationId, now }: Promotion): Promise<void> {
  const [found] = await tx
    .select({ application: applications, name: persons.displayName, email: persons.email })
    .from(applications)
    .innerJoin(persons, eq(persons.id, applications.applicantId))
    .where(eq(applications.id, applicationId));
  const [teacher] = await tx
    .select({ name: persons.displayName })
    .from(persons)
    .where(eq(persons.id, found?.application.decidedBy ?? cohort.teacherId));
  if (!found || !teacher) throw new Error("an application vanished");
  const confirmBy = confirmByOf(cohort, now);
  const { message } = textOf(
    {
      ...{ kind: "admit", message: "", feedback: "", confirmBy, reviseBy: null },
      ...{ waitlistRank: null, name: found.name, teacher: teacher.name, nextCohort: null },
    },
    cohort,
    texts,
  );
  await tx
    .update(decisions)
    .set({ state: "dropped", updatedAt: now })
    .where(sql`${decisions.applicationId} = ${applicationId} and ${decisions.state} = 'pending'`);
  await tx
    .update(applications)
    .set({
      state: "admitted",
      waitlistRank: null,
      decidedAt: now,
      decisionMessage: message,
      updatedAt: now,
    })
    .where(eq(applications.id, applicationId));
  await tx.insert(enrolments).values({
    cohortId: cohort.id,
    personId: found.application.applicantId,
    applicationId,
    enrolledAt: now,
    state: confirmBy ? "offered" : "confirmed",
    confirmBy,
  });
  await recordEvent(tx, {
    applicationId,
    at: now,
    actorId: null,
    kind: "promoted",
    audience: "applicant",
  });
  await enqueueMail(tx, {
    to: { personId: found.application.applicantId, email: found.email },
    template: "application-admitted",
    props: {
      name: found.name,
      teacher: teacher.name,
      cohort: cohort.title,
      message,
      confirmBy: confirmBy ? formatInstant(confirmBy, cohort.timeZone) : "",
      path: `/applications/${applicationId}`,
    },
    now,
  });
}
