import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { listSisters } from "~/features/cohorts/sisters.server";
import { formatDate, formatFromNow } from "~/lib/dates";
import { renderMarkdown } from "~/lib/markdown.server";
import {
  findStudentHere,
  findUpdate,
  findWork,
  listAnnouncements,
  listComments,
  listFeedback,
  listNotes,
  listOwnDrafts,
  listStudentsHere,
  listTeachersHere,
  listUpdates,
  listWorks,
  type Space,
} from "./queries.server";
import { hoursOf } from "./rules";
import { findWeek, listToAnswer, listWithoutFeedback, type Waiting } from "./waiting.server";
import { FEEDBACK_STATES, spacePath } from "./words";

const MOST_WAITING = 50;
const DAYS_COUNTED = 60;

/** A space as the head of each of its pages shows it. */
export const presentSpace = ({ cohort, teaches, learns }: Space) => ({
  cohortId: cohort.id,
  slug: cohort.slug,
  title: cohort.title,
  runs: `${formatDate(cohort.startsOn)} to ${formatDate(cohort.endsOn)}`,
  teaches,
  learns,
});

/** How long ago, or the day where that is so long ago that nobody counts. */
const sinceInWords = (since: Date, now: Date): string =>
  now.getTime() - since.getTime() > DAYS_COUNTED * 86_400_000
    ? `on ${formatDate(since)}`
    : formatFromNow(since, now);

const waitingLine = (row: Waiting, now: Date) => ({
  key: row.key,
  path: row.path,
  by: row.by,
  about: row.about,
  since: sinceInWords(row.since, now),
});

/** What waits for the asker, oldest first: for a teacher, work without feedback; for a student, answers and the update. */
async function presentWaiting(actor: Actor, { cohort, teaches, enrolledAt }: Space, now: Date) {
  const [open, toAnswer, week] = await Promise.all([
    teaches ? listWithoutFeedback(cohort) : [],
    enrolledAt ? listToAnswer(cohort, actor.id) : [],
    enrolledAt ? findWeek({ cohort, enrolledAt }, actor.id, now) : null,
  ]);
  return {
    withoutFeedback: open.slice(0, MOST_WAITING).map((row) => waitingLine(row, now)),
    withoutFeedbackCount: open.length,
    toAnswer: toAnswer.map((row) => ({ ...waitingLine(row, now), again: row.again })),
    week: week && { ...week, inWords: formatDate(week.week) },
  };
}

const updateLine = (home: string, row: Awaited<ReturnType<typeof listUpdates>>[number]) => ({
  id: row.id,
  path: spacePath(row.slug, "updates", row.id),
  cohort: row.slug === home ? null : row.cohort,
  week: formatDate(row.week),
  by: row.by,
  comments: row.comments,
});

const workLine = (home: string, row: Awaited<ReturnType<typeof listWorks>>[number]) => ({
  id: row.id,
  path: spacePath(row.slug, "works", row.id),
  cohort: row.slug === home ? null : row.cohort,
  title: row.title,
  by: row.by,
  on: formatDate(row.postedAt),
});

export type UpdateLine = ReturnType<typeof updateLine>;
export type WorkLine = ReturnType<typeof workLine>;

/** The space's first page: what waits, announcements, the newest updates and works, and who is here. */
export async function presentSpacePage(actor: Actor, space: Space, now: Date) {
  const { slug } = space.cohort;
  const [waiting, told, updates, works, teachers, students] = await Promise.all([
    presentWaiting(actor, space, now),
    listAnnouncements(space),
    listUpdates(space),
    listWorks(space),
    listTeachersHere(space),
    listStudentsHere(space),
  ]);
  const sisters = await listSisters(space.cohort);
  return {
    ...presentSpace(space),
    handle: actor.handle,
    waiting,
    announcements: told.map(({ id, title, body, postedAt, by }) => ({
      id,
      title,
      by,
      on: formatDate(postedAt),
      html: renderMarkdown(body),
    })),
    updates: updates.map((row) => updateLine(slug, row)),
    works: works.map((row) => workLine(slug, row)),
    teachers: teachers.map(({ minutes, name, handle }) => ({
      name,
      handle,
      hours: hoursOf(minutes),
    })),
    students,
    sisters: sisters.map(({ slug: sister, title }) => ({ title, path: spacePath(sister) })),
  };
}

/** Feedback on something shown, for its student and the teachers; null for others. */
async function presentFeedback(
  actor: Actor,
  space: Space,
  on: { updateId: string } | { workId: string },
  studentId: string,
) {
  const rows = await listFeedback(actor, space, on, studentId);
  return (
    rows?.map((row) => ({
      id: row.id,
      by: row.by,
      on: formatDate(row.givenAt),
      html: renderMarkdown(row.body),
      state: row.state,
      stateInWords: FEEDBACK_STATES[row.state],
      helpfulness: row.helpfulness,
      replies: row.replies.map(({ id, by, body, postedAt }) => ({
        id,
        by,
        on: formatDate(postedAt),
        html: renderMarkdown(body),
      })),
    })) ?? null
  );
}

export type FeedbackView = NonNullable<Awaited<ReturnType<typeof presentFeedback>>>[number];

const rights = (actor: Actor, space: Space, studentId: string) => ({
  own: actor.id === studentId,
  mayGiveFeedback:
    denial(actor, "feedback.give", { teacher: space.teacherIds, student: studentId }) === null,
});

/** One update with its feedback, where the asker may read it, and its comments; null where there is none. */
export async function presentUpdate(actor: Actor, space: Space, id: string | undefined) {
  const found = await findUpdate(space, id);
  if (!found) return null;
  const { update, by, handle } = found;
  const [feedback, said] = await Promise.all([
    presentFeedback(actor, space, { updateId: update.id }, update.personId),
    listComments(update.id),
  ]);
  const parts = [
    { title: "Did", text: update.did },
    { title: "Learnt", text: update.learnt },
    { title: "Blocked by", text: update.blocked },
    { title: "Next", text: update.next },
  ];
  return {
    id: update.id,
    by,
    handle,
    week: update.week,
    weekInWords: formatDate(update.week),
    on: update.publishedAt ? formatDate(update.publishedAt) : "",
    parts: parts
      .filter((part) => part.text !== "")
      .map(({ title, text }) => ({ title, html: renderMarkdown(text) })),
    links: update.links,
    feedback,
    comments: said.map(({ id, by, body, postedAt }) => ({
      id,
      by,
      on: formatDate(postedAt),
      html: renderMarkdown(body),
    })),
    ...rights(actor, space, update.personId),
  };
}

/** One piece of work with its feedback, where the asker may read it; null where there is none. */
export async function presentWork(actor: Actor, space: Space, id: string | undefined) {
  const found = await findWork(space, id);
  if (!found) return null;
  const { work, by, handle } = found;
  return {
    id: work.id,
    title: work.title,
    url: work.url,
    html: work.description ? renderMarkdown(work.description) : "",
    by,
    handle,
    on: formatDate(work.postedAt),
    feedback: await presentFeedback(actor, space, { workId: work.id }, work.personId),
    ...rights(actor, space, work.personId),
  };
}

/** A student of the space with what they show and, for teachers, the private notes; null for anybody who has no place. */
export async function presentStudent(actor: Actor, space: Space, handle: string | undefined) {
  const student = await findStudentHere(space, handle);
  if (!student) return null;
  const { slug } = space.cohort;
  const own = student.id === actor.id;
  const [updates, works, notes, drafts] = await Promise.all([
    listUpdates(space, student.id),
    listWorks(space, student.id),
    listNotes(actor, space, student.id),
    own ? listOwnDrafts(actor, space) : [],
  ]);
  return {
    student,
    own,
    updates: updates.map((row) => updateLine(slug, row)),
    works: works.map((row) => workLine(slug, row)),
    drafts: drafts.map(({ week, savedAt }) => ({
      week,
      inWords: formatDate(week),
      saved: formatDate(savedAt),
    })),
    notes:
      notes?.map(({ id, by, strengths, body, writtenAt }) => ({
        id,
        by,
        strengths,
        on: formatDate(writtenAt),
        html: body ? renderMarkdown(body) : "",
      })) ?? null,
  };
}
