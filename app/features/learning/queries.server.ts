import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import {
  announcements,
  cohorts,
  comments,
  enrolments,
  feedback,
  persons,
  profiles,
  taughtSessions,
  teacherNotes,
  updates,
  works,
} from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { isId } from "~/lib/ids";
import { findMembership, isMember, type Membership } from "./membership.server";

/** A cohort's space with how the asker belongs to it. */
export type Space = Membership & { teaches: boolean; learns: boolean };

const NEWEST = 20;
const DIRECTORY = 500;

/**
 * The learning space of the cohort of that slug; null for everybody but its teachers and students, and those of
 * its sister cohorts.
 */
export async function findSpace(
  actor: Actor,
  slug: string | undefined,
  db: Queryable = getDb(),
): Promise<Space | null> {
  const member = await findMembership(db, { slug: slug ?? "" }, actor.id);
  if (!member || denial(actor, "space.read", member.subject)) return null;
  return {
    ...member,
    teaches: member.teacherIds.includes(actor.id),
    learns: member.enrolledAt !== null,
  };
}

/** What the teachers told everybody, the newest first. */
export async function listAnnouncements(space: Space, db: Queryable = getDb()) {
  return db
    .select({
      id: announcements.id,
      title: announcements.title,
      body: announcements.body,
      postedAt: announcements.postedAt,
      by: persons.displayName,
    })
    .from(announcements)
    .innerJoin(persons, eq(persons.id, announcements.authorId))
    .where(eq(announcements.cohortId, space.cohort.id))
    .orderBy(desc(announcements.postedAt), desc(announcements.id))
    .limit(NEWEST);
}

/** The cohorts that share a space with its own, itself among them. */
const inSpace = (space: Space, column: typeof updates.cohortId | typeof works.cohortId) =>
  sql`${column} in (select c.id from cohorts c where c.space_id = ${space.cohort.spaceId} and c.state = 'published')`;

/** The newest updates that are published, of everybody in the shared space or of one student of this cohort. */
export async function listUpdates(space: Space, studentId?: string, db: Queryable = getDb()) {
  return db
    .select({
      id: updates.id,
      week: updates.week,
      slug: cohorts.slug,
      cohort: cohorts.title,
      by: persons.displayName,
      publishedAt: updates.publishedAt,
      comments: sql<number>`(select count(*) from comments c where c.update_id = ${updates.id})::int`,
    })
    .from(updates)
    .innerJoin(persons, eq(persons.id, updates.personId))
    .innerJoin(cohorts, eq(cohorts.id, updates.cohortId))
    .where(
      and(
        studentId
          ? and(eq(updates.cohortId, space.cohort.id), eq(updates.personId, studentId))
          : inSpace(space, updates.cohortId),
        eq(updates.state, "published"),
      ),
    )
    .orderBy(desc(updates.publishedAt), desc(updates.id))
    .limit(studentId ? DIRECTORY : NEWEST);
}

/** The newest pieces of work, of everybody in the shared space or of one student of this cohort. */
export async function listWorks(space: Space, studentId?: string, db: Queryable = getDb()) {
  return db
    .select({
      id: works.id,
      title: works.title,
      slug: cohorts.slug,
      cohort: cohorts.title,
      by: persons.displayName,
      postedAt: works.postedAt,
    })
    .from(works)
    .innerJoin(persons, eq(persons.id, works.personId))
    .innerJoin(cohorts, eq(cohorts.id, works.cohortId))
    .where(
      studentId
        ? and(eq(works.cohortId, space.cohort.id), eq(works.personId, studentId))
        : inSpace(space, works.cohortId),
    )
    .orderBy(desc(works.postedAt), desc(works.id))
    .limit(studentId ? DIRECTORY : NEWEST);
}

/** Who is in the cohort: its teachers, the lead first, with the minutes they taught in it. */
export async function listTeachersHere(space: Space, db: Queryable = getDb()) {
  const rows = await db
    .select({
      id: persons.id,
      name: persons.displayName,
      handle: persons.handle,
      minutes: sql<number>`coalesce(sum(${taughtSessions.minutes}), 0)::int`,
    })
    .from(persons)
    .leftJoin(
      taughtSessions,
      and(eq(taughtSessions.teacherId, persons.id), eq(taughtSessions.cohortId, space.cohort.id)),
    )
    .where(inArray(persons.id, space.teacherIds))
    .groupBy(persons.id);
  return space.teacherIds.flatMap((id) => rows.filter((row) => row.id === id));
}

/** Who is in the cohort: its students by name, with how many updates each has published; at most 500. */
export async function listStudentsHere(space: Space, db: Queryable = getDb()) {
  return db
    .select({
      name: persons.displayName,
      handle: persons.handle,
      headline: sql<string>`coalesce(${profiles.headline}, '')`,
      updates: sql<number>`(select count(*) from updates u where u.person_id = ${persons.id} and u.cohort_id = ${enrolments.cohortId} and u.state = 'published')::int`,
    })
    .from(enrolments)
    .innerJoin(persons, eq(persons.id, enrolments.personId))
    .leftJoin(profiles, eq(profiles.personId, persons.id))
    .where(and(isMember, eq(enrolments.cohortId, space.cohort.id)))
    .orderBy(asc(persons.displayName), asc(persons.handle))
    .limit(DIRECTORY);
}

/** The student of that handle in this space; null for anybody who has no place in it. */
export async function findStudentHere(
  space: Space,
  handle: string | undefined,
  db: Queryable = getDb(),
) {
  const [student] = await db
    .select({ id: persons.id, name: persons.displayName, handle: persons.handle })
    .from(enrolments)
    .innerJoin(persons, eq(persons.id, enrolments.personId))
    .where(
      and(isMember, eq(enrolments.cohortId, space.cohort.id), eq(persons.handle, handle ?? "")),
    );
  return student ?? null;
}

/** The asker's own update of a week, draft or published; null where they wrote none. */
export async function findOwnUpdate(
  actor: Actor,
  space: Space,
  week: string,
  db: Queryable = getDb(),
) {
  const [update] = await db
    .select()
    .from(updates)
    .where(
      and(
        eq(updates.cohortId, space.cohort.id),
        eq(updates.personId, actor.id),
        eq(updates.week, week),
      ),
    );
  return update ?? null;
}

/** The asker's drafts in this space, the newest week first. */
export async function listOwnDrafts(actor: Actor, space: Space, db: Queryable = getDb()) {
  return db
    .select({ week: updates.week, savedAt: updates.savedAt })
    .from(updates)
    .where(
      and(
        eq(updates.cohortId, space.cohort.id),
        eq(updates.personId, actor.id),
        eq(updates.state, "draft"),
      ),
    )
    .orderBy(desc(updates.week));
}

/** A published update of this space with who wrote it; null where there is none, and for drafts. */
export async function findUpdate(space: Space, id: string | undefined, db: Queryable = getDb()) {
  if (!isId(id)) return null;
  const [row] = await db
    .select({ update: updates, by: persons.displayName, handle: persons.handle })
    .from(updates)
    .innerJoin(persons, eq(persons.id, updates.personId))
    .where(
      and(
        eq(updates.id, id),
        eq(updates.cohortId, space.cohort.id),
        eq(updates.state, "published"),
      ),
    );
  return row ?? null;
}

/** A piece of work of this space with who made it; null where there is none. */
export async function findWork(space: Space, id: string | undefined, db: Queryable = getDb()) {
  if (!isId(id)) return null;
  const [row] = await db
    .select({ work: works, by: persons.displayName, handle: persons.handle })
    .from(works)
    .innerJoin(persons, eq(persons.id, works.personId))
    .where(and(eq(works.id, id), eq(works.cohortId, space.cohort.id)));
  return row ?? null;
}

/** Feedback on an update or a piece of work with its answers, in order; null for everybody but the student and the teachers. */
export async function listFeedback(
  actor: Actor,
  space: Space,
  on: { updateId: string } | { workId: string },
  studentId: string,
  db: Queryable = getDb(),
) {
  const subject = { teacher: space.teacherIds, student: studentId };
  if (denial(actor, "feedback.read", subject)) return null;
  const thing =
    "updateId" in on ? eq(feedback.updateId, on.updateId) : eq(feedback.workId, on.workId);
  const given = await db
    .select({ feedback, by: persons.displayName })
    .from(feedback)
    .innerJoin(persons, eq(persons.id, feedback.authorId))
    .where(thing)
    .orderBy(asc(feedback.givenAt), asc(feedback.id));
  const replies = await db
    .select({ comment: comments, by: persons.displayName })
    .from(comments)
    .innerJoin(persons, eq(persons.id, comments.authorId))
    .innerJoin(feedback, eq(feedback.id, comments.feedbackId))
    .where(thing)
    .orderBy(asc(comments.postedAt), asc(comments.id));
  return given.map((row) => ({
    ...row.feedback,
    by: row.by,
    replies: replies
      .filter((reply) => reply.comment.feedbackId === row.feedback.id)
      .map((reply) => ({ ...reply.comment, by: reply.by })),
  }));
}

/** What everybody in the cohort said under an update, in order. */
export async function listComments(updateId: string, db: Queryable = getDb()) {
  return db
    .select({
      id: comments.id,
      body: comments.body,
      postedAt: comments.postedAt,
      by: persons.displayName,
    })
    .from(comments)
    .innerJoin(persons, eq(persons.id, comments.authorId))
    .where(eq(comments.updateId, updateId))
    .orderBy(asc(comments.postedAt), asc(comments.id))
    .limit(DIRECTORY);
}

/** The private notes on a student, the newest first; null for everybody but the cohort's teachers. */
export async function listNotes(
  actor: Actor,
  space: Space,
  studentId: string,
  db: Queryable = getDb(),
) {
  if (denial(actor, "note.keep", { teacher: space.teacherIds, student: studentId })) return null;
  return db
    .select({
      id: teacherNotes.id,
      strengths: teacherNotes.strengths,
      body: teacherNotes.body,
      writtenAt: teacherNotes.writtenAt,
      by: persons.displayName,
    })
    .from(teacherNotes)
    .innerJoin(persons, eq(persons.id, teacherNotes.authorId))
    .where(and(eq(teacherNotes.cohortId, space.cohort.id), eq(teacherNotes.studentId, studentId)))
    .orderBy(desc(teacherNotes.writtenAt), desc(teacherNotes.id));
}

/** The hours that the asker recorded in this space, the latest day first. */
export async function listOwnHours(actor: Actor, space: Space, db: Queryable = getDb()) {
  return db
    .select({
      id: taughtSessions.id,
      heldOn: taughtSessions.heldOn,
      minutes: taughtSessions.minutes,
      topic: taughtSessions.topic,
    })
    .from(taughtSessions)
    .where(
      and(eq(taughtSessions.cohortId, space.cohort.id), eq(taughtSessions.teacherId, actor.id)),
    )
    .orderBy(desc(taughtSessions.heldOn), desc(taughtSessions.id));
}
