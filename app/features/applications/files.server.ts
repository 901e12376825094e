import { and, eq, inArray, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import {
  applicationAnswers,
  applicationFiles,
  applications,
  applicationWorks,
  cohorts,
  portfolioWorks,
} from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { staffOf } from "~/features/cohorts/teachers.server";
import { seesWho } from "~/features/reviews/standing.server";
import { isId } from "~/lib/ids";

/**
 * A file for who may have it: its owner; and who works on a cohort to which it was submitted, in an answer or a shown work, is not
 * conflicted with the applicant, and in a blind first pass has scored it (T29). Null for everybody else, and for drafts to all but their writer.
 */
export async function findFileFor(
  actor: Actor,
  id: string | undefined,
  db: Queryable = getDb(),
): Promise<{ fileName: string; contentType: string; content: Uint8Array } | null> {
  if (!isId(id ?? "")) return null;
  const [file] = await db
    .select({ ownerId: applicationFiles.ownerId })
    .from(applicationFiles)
    .where(eq(applicationFiles.id, id ?? ""));
  if (!file) return null;
  if (file.ownerId !== actor.id && !(await isReadByStaff(actor, id ?? "", db))) return null;
  const [whole] = await db
    .select({
      fileName: applicationFiles.fileName,
      contentType: applicationFiles.contentType,
      content: applicationFiles.content,
    })
    .from(applicationFiles)
    .where(eq(applicationFiles.id, id ?? ""));
  return whole ?? null;
}

async function isReadByStaff(actor: Actor, fileId: string, db: Queryable): Promise<boolean> {
  const answered = db
    .select({ id: applicationAnswers.applicationId })
    .from(applicationAnswers)
    .where(eq(applicationAnswers.fileId, fileId));
  const shown = db
    .select({ id: applicationWorks.applicationId })
    .from(applicationWorks)
    .innerJoin(portfolioWorks, eq(portfolioWorks.id, applicationWorks.workId))
    .where(and(eq(portfolioWorks.fileId, fileId), isNull(portfolioWorks.removedAt)));
  const where = await db
    .select({
      applicationId: applications.id,
      cohortId: applications.cohortId,
      applicantId: applications.applicantId,
      isBlind: sql<boolean>`${cohorts.blindFirst} and ${applications.state} in ('submitted', 'revise')`,
      wanted: cohorts.reviewersPerApplication,
    })
    .from(applications)
    .innerJoin(cohorts, eq(cohorts.id, applications.cohortId))
    .where(
      and(
        sql`(${inArray(applications.id, answered)} or ${inArray(applications.id, shown)})`,
        isNotNull(applications.submittedAt),
        ne(applications.state, "draft"),
        ne(applications.state, "withdrawn"),
      ),
    );
  for (const { applicationId, cohortId, applicantId, isBlind, wanted } of where) {
    const staff = await staffOf(db, cohortId);
    if (denial(actor, "application.review", { ...staff, applicant: applicantId })) continue;
    const teacher = staff.teacher.includes(actor.id);
    const of = { applicationId, reviewerId: actor.id, teacher, wanted };
    if (isBlind && !(await seesWho(of, db))) continue;
    const conflicts = await db.execute(sql`
      select 1 from review_conflicts(${actor.id}, ${cohortId}) c where c.applicant_id = ${applicantId} limit 1`);
    if (conflicts.length === 0) return true;
  }
  return false;
}
