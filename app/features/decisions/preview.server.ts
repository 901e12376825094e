import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { decisions } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import { listBarred } from "./barred.server";
import { findRelease } from "./begin-release.server";
import { BEST_FIRST, isPending, summarise } from "./pending.server";
import { countTaken } from "./places.server";
import { confirmByWithin, type Sent } from "./rules";
import { textOf, titlesOf } from "./text-of.server";

/** So many decisions are shown with their whole message; all are counted. */
export const SHOWN = 200;

type Row = {
  application_id: string;
  kind: Sent;
  message: string;
  feedback: string;
  confirm_by: string | null;
  revise_by: string | null;
  defer_to: string | null;
  name: string;
  teacher: string;
  nth: number;
};

/**
 * What a release would send now: how many of each kind, and names and messages of 200 after those skipped, as the asker may see them;
 * `seen` stands for exactly this. With it the release that is under way, or the last one. Null for who may not decide.
 */
export async function getReleasePreview(
  actor: Actor,
  slug: string,
  now: Date,
  skipped = 0,
  db: Queryable = getDb(),
) {
  const cohort = await getOwnCohort(actor, slug, "cohort.read", db);
  if (!cohort || denial(actor, "application.decide", cohort.staff)) return null;
  const who = { personId: actor.id, cohortId: cohort.id, teacherIds: cohort.staff.teacher };
  const conflicted = await listBarred(db, who);
  const rows = await listRows(db, cohort.id, conflicted, skipped);
  const { seen, total, counts, texts } = await summarise(db, cohort.id, conflicted);
  const titleOf = titlesOf(db);
  const dated = (text: string | null) => (text === null ? null : new Date(text));
  const shown = [];
  for (const row of rows) {
    const one = {
      ...row,
      confirmBy: row.kind === "admit" ? confirmByWithin(cohort, now, dated(row.confirm_by)) : null,
      reviseBy: dated(row.revise_by),
      waitlistRank: row.kind === "waitlist" ? row.nth : null,
      nextCohort: await titleOf(row.defer_to),
    };
    const { message, feedback } = textOf(one, cohort, texts);
    shown.push({
      applicationId: row.application_id,
      kind: row.kind,
      name: row.name,
      message,
      feedback,
      confirmBy: one.confirmBy,
    });
  }
  return {
    cohort,
    ...{ seen, total, counts },
    taken: await countTaken(cohort.id, db),
    decisions: shown,
    release: await findRelease(cohort.id, db),
  };
}

async function listRows(
  db: Queryable,
  cohortId: string,
  conflicted: string[],
  skipped: number,
): Promise<Row[]> {
  const rows = await db.execute<Row>(sql`
    select d.application_id, d.kind, d.message, d.feedback, d.confirm_by, d.revise_by, d.defer_to, p.display_name as name, t.display_name as teacher,
      ((select coalesce(max(waitlist_rank), 0) from applications where cohort_id = ${cohortId}) + row_number() over (partition by d.kind order by ${BEST_FIRST}))::int as nth
    from decisions d join applications a on a.id = d.application_id join persons p on p.id = a.applicant_id join persons t on t.id = d.made_by
    left join application_standings s on s.application_id = a.id
    where ${isPending(cohortId, conflicted)}
    order by array_position(array['admit', 'waitlist', 'revise', 'defer', 'decline'], d.kind), ${BEST_FIRST} limit ${SHOWN} offset ${skipped}`);
  return [...rows];
}

/** What is decided about an application and not out yet, for who may decide it: ask `getReviewPage` first. */
export async function findOpenDecision(applicationId: string, db: Queryable = getDb()) {
  const [row] = await db
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.applicationId, applicationId),
        inArray(decisions.state, ["pending", "releasing"]),
      ),
    )
    .orderBy(desc(decisions.madeAt));
  return row ?? null;
}
