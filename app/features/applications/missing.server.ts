import { eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { persons } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { listQuestions } from "~/features/cohorts/queries.server";
import { getProfile } from "~/features/people/queries.server";
import { addYears, deadlineOf, utcDay } from "~/lib/dates";
import { policy } from "~/policy";
import { answersMissing, commonChecklist } from "./checklist";
import { listOwnApplications } from "./queries.server";
import { editProblem, writableUntil } from "./rules";
import { listShownWorkIds, listWorks } from "./works-queries.server";
import { readDraftsOf } from "./write-drafts.server";

type Own = Awaited<ReturnType<typeof listOwnApplications>>[number];

/** The asker's applications as their page lists them, each with what it still lacks, and what goes with all of them. */
export async function loadOwnApplications(actor: Actor, now: Date) {
  const db = getDb();
  const [rows, profile, works, [facts]] = await Promise.all([
    listOwnApplications(actor, db),
    getProfile(actor.id, db),
    listWorks(actor.id, db),
    db.select({ dateOfBirth: persons.dateOfBirth }).from(persons).where(eq(persons.id, actor.id)),
  ]);
  const adult = facts ? addYears(facts.dateOfBirth, policy.minimumAge.value) <= utcDay(now) : false;
  return {
    common: commonChecklist({
      ...{ verified: actor.emailVerified, headline: profile.headline, work: profile.work },
      ...{ works: works.length, adult },
    }),
    applications: await Promise.all(
      rows.map(async (row) => ({
        ...{ id: row.id, cohort: row.cohortTitle, slug: row.cohortSlug, state: row.state },
        changedAt: row.updatedAt.toISOString(),
        ...(await whatIsLeft(row, works.length, now)),
      })),
    ),
  };
}

/** Until when the place that an application led to waits to be confirmed; null where none waits. */
const confirmBy = ({ place, confirmBy: by }: Own): Date | null => (place === "offered" ? by : null);

/** What is left to do, and until when; no deadline where nothing can be done any more. */
async function whatIsLeft(row: Own, works: number, now: Date) {
  const toConfirm = confirmBy(row);
  const missing = await findMissing(row, works, now);
  const until = toConfirm ?? (missing ? writableUntil(row.state, row) : null);
  const deadline = until && deadlineOf(until, row.timeZone, now);
  return { toConfirm: toConfirm !== null, missing, deadline };
}

/** What an application that is being written still lacks, in words; empty: nothing. Null where it cannot be written now. */
async function findMissing(row: Own, works: number, now: Date): Promise<string[] | null> {
  const written = row.state === "draft" || row.state === "revise" || row.state === "submitted";
  if (!written || editProblem(row.state, row, now)) return null;
  const [questions, drafts, shown] = await Promise.all([
    listQuestions({ cohortId: row.cohortId, version: row.formVersion }),
    readDraftsOf(row.id),
    listShownWorkIds(row.id),
  ]);
  const { wrong, all } = answersMissing(questions, drafts);
  return [
    ...(wrong > 0 ? [`${wrong} of ${all} answers`] : []),
    ...(works > 0 && shown.length === 0 ? ["a work, if you like"] : []),
    ...(row.state === "submitted" ? [] : ["submitting it"]),
  ];
}
