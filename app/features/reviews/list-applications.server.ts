import { type SQL, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import type { ApplicationState } from "#db/schema/applications";
import type { DecisionKind } from "#db/schema/decisions";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { staffOf } from "~/features/cohorts/teachers.server";
import { peopleNamed } from "~/features/people/search-people.server";
import { cursorOf } from "~/lib/cursor.server";
import { searchQuery } from "~/lib/search-words";
import { z } from "~/lib/zod";
import { listConflicted } from "./conflicts.server";
import type { ListQuery } from "./list-query";
import { BLIND_STATES, blindName } from "./rules";

/** The place of an application in a list's order. */
const place = z.object({
  id: z.uuid(),
  at: z.iso.datetime().optional(),
  milli: z.number().int().optional(),
});
export type Place = z.output<typeof place>;
export const placeCursor = cursorOf(place);

export type ListedCohort = { id: string; blindFirst: boolean; reviewersPerApplication: number };

export type Listed = {
  id: string;
  state: ApplicationState;
  submittedAt: Date;
  /** Its applicant's name, or what stands for it while they are hidden. */
  name: string;
  hidden: boolean;
  /** The asker is conflicted: of an admitted one nothing but its state is shown. */
  conflicted: boolean;
  assigned: boolean;
  own: { state: "draft" | "submitted" | "abstained"; totalMilli: number | null } | null;
  /** What all reviewers gave; null before one's own score (T29). */
  standing: { reviews: number; rawMilli: number | null; normalMilli: number | null } | null;
  /** What is decided and not out yet; teachers alone. */
  decision: DecisionKind | null;
  tags: string[];
  place: Place;
};

type Scope = { cohort: ListedCohort; me: string; teacher: boolean; conflicted: string[] };

/** Who asks, for one cohort: null for who does not work on it. */
export async function scopeOf(
  actor: Actor,
  cohort: ListedCohort,
  db: Queryable = getDb(),
): Promise<Scope | null> {
  const staff = await staffOf(db, cohort.id);
  if (denial(actor, "cohort.read", staff)) return null;
  return {
    cohort,
    me: actor.id,
    teacher: staff.teacher.includes(actor.id),
    conflicted: await listConflicted(db, { reviewerId: actor.id, cohortId: cohort.id }),
  };
}

/**
 * A page of a cohort's applications as one who works on it may see them, in the order asked for, from after a place. Nobody
 * sees applications of people whom they must not review; names are hidden, and others' scores and tags left out, before one's
 * own score (T29). By score come those alone whose scores the asker may see; one's own assignments come in an order that is
 * drawn (by id), so that nobody is always first. Its time does not grow with the cohort.
 */
export async function listApplications(
  scope: Scope,
  query: ListQuery,
  page: { after?: Place | undefined; limit: number; backwards?: boolean },
  db: Queryable = getDb(),
): Promise<Listed[]> {
  const order = orderOf(query, page.backwards ?? false);
  const rows = await db.execute<Row>(sql`
    select a.id, a.state, a.submitted_at, a.applicant_id, p.display_name,
      g.reviewer_id is not null as assigned, v.state as own_state, v.total_milli as own_total,
      ${visibleTo(scope)} as visible, ${isConflicted(scope)} as conflicted,
      s.reviews, s.raw_milli, s.normal_milli,
      ${scope.teacher ? sql`(select d.kind from decisions d where d.application_id = a.id and d.state in ('pending', 'releasing'))` : sql`null::text`} as decision,
      ${tagsShown(scope)} as tags
    from ${order.from(scope)}
    join lateral (select display_name from persons where id = a.applicant_id offset 0) p on true
    where a.cohort_id = ${scope.cohort.id} and a.submitted_at is not null
      and (a.state = 'admitted' or not ${isConflicted(scope)})
      ${narrowed(scope, query)} ${order.narrowed(scope)} ${page.after ? order.after(page.after) : sql``}
    order by ${order.by} limit ${page.limit}`);
  const listed = [...rows].map((row) => present(scope, row, query));
  return page.backwards ? listed.reverse() : listed;
}

type Row = {
  id: string;
  state: ApplicationState;
  submitted_at: string;
  applicant_id: string;
  display_name: string;
  assigned: boolean;
  own_state: "draft" | "submitted" | "abstained" | null;
  own_total: number | null;
  visible: boolean;
  conflicted: boolean;
  reviews: number | null;
  raw_milli: number | null;
  normal_milli: number | null;
  decision: DecisionKind | null;
  tags: string[];
};

function present(scope: Scope, row: Row, query: ListQuery): Listed {
  const hidden = scope.cohort.blindFirst && BLIND_STATES.includes(row.state) && !row.visible;
  const milli = query.sort === "raw" ? row.raw_milli : row.normal_milli;
  const submittedAt = new Date(row.submitted_at);
  return {
    id: row.id,
    state: row.state,
    submittedAt,
    name: hidden ? blindName(row.id) : row.display_name,
    hidden,
    conflicted: row.conflicted,
    assigned: row.assigned,
    own: row.own_state && { state: row.own_state, totalMilli: row.own_total },
    standing:
      row.visible && !row.conflicted
        ? { reviews: row.reviews ?? 0, rawMilli: row.raw_milli, normalMilli: row.normal_milli }
        : null,
    decision: row.conflicted ? null : row.decision,
    tags: row.conflicted ? [] : row.tags,
    place: { id: row.id, at: submittedAt.toISOString(), ...(milli === null ? {} : { milli }) },
  };
}

const isConflicted = ({ conflicted }: Scope): SQL =>
  sql`(a.applicant_id = any(${sql.param(conflicted)}::uuid[]))`;

/** As `maySeeOthers` says. */
export const visibleTo = ({ teacher, cohort }: Scope): SQL =>
  teacher
    ? sql`(coalesce(v.state in ('submitted', 'abstained'), false) or (g.reviewer_id is null and coalesce(s.reviews, 0) >= ${cohort.reviewersPerApplication}))`
    : sql`coalesce(v.state in ('submitted', 'abstained'), false)`;

// What must hold of a standing alone where `visibleTo` does: asked of a list kept in memory before anything is looked up. "is true" keeps
// the planner from turning it into a join.
const mayBeVisible = ({ me, teacher, cohort }: Scope): SQL => {
  const scored = sql`((s.application_id in (select r.application_id from reviews r where r.reviewer_id = ${me} and r.state in ('submitted', 'abstained'))) is true)`;
  return teacher ? sql`(s.reviews >= ${cohort.reviewersPerApplication} or ${scored})` : scored;
};

const tagsShown = (scope: Scope): SQL =>
  sql`array(select t.tag from application_tags t where t.application_id = a.id and (t.tagged_by = ${scope.me} or ${visibleTo(scope)}) order by 1)`;

function narrowed(scope: Scope, query: ListQuery): SQL {
  const parts: SQL[] = [];
  if (query.state) parts.push(sql`and a.state = ${query.state}`);
  if (query.mine === "waiting") parts.push(sql`and g.waiting and a.state = 'submitted'`);
  if (query.mine === "done") parts.push(sql`and v.state in ('submitted', 'abstained')`);
  if (query.tag)
    parts.push(
      sql`and exists (select 1 from application_tags t where t.application_id = a.id and t.tag = ${query.tag} and (t.tagged_by = ${scope.me} or ${visibleTo(scope)}))`,
    );
  if (query.q) {
    const named = searchQuery(query.q);
    parts.push(named ? sql`and a.applicant_id in (${peopleNamed(named)})` : sql`and false`);
    if (scope.cohort.blindFirst)
      parts.push(
        sql`and (a.state <> all(${sql.param([...BLIND_STATES])}::text[]) or ${visibleTo(scope)})`,
      );
  }
  if (query.decision && scope.teacher) parts.push(decisionIs(query.decision));
  return sql.join(parts, sql` `);
}

const decisionIs = (decision: NonNullable<ListQuery["decision"]>): SQL => {
  const open = sql`select 1 from decisions d where d.application_id = a.id and d.state in ('pending', 'releasing')`;
  if (decision === "none") return sql`and not exists (${open})`;
  if (decision === "any") return sql`and exists (${open})`;
  return sql`and exists (${open} and d.kind = ${decision})`;
};

type Order = {
  from(scope: Scope): SQL;
  narrowed(scope: Scope): SQL;
  by: SQL;
  after(place: Place): SQL;
};

// Each is looked up row by row, in the order of the list, until the page is full: "offset 0" keeps the planner from joining whole
// tables, and with them the time from growing with the cohort.
const own = ({ me }: Scope, id: SQL): SQL => sql`
  left join lateral (select state, total_milli from reviews where application_id = ${id} and reviewer_id = ${me} offset 0) v on true`;
const others = (scope: Scope, id: SQL): SQL => sql`${own(scope, id)}
  left join lateral (select reviews, raw_milli, normal_milli from application_standings where application_id = ${id} offset 0) s on true`;
const assigned = ({ me }: Scope, id: SQL): SQL => sql`
  left join lateral (select reviewer_id, waiting from review_assignments where application_id = ${id} and reviewer_id = ${me} offset 0) g on true`;
const application = (id: SQL): SQL =>
  sql`join lateral (select * from applications where id = ${id} offset 0) a on true`;

function orderOf(query: ListQuery, backwards: boolean): Order {
  if (query.sort === "score" || query.sort === "raw")
    return byScore(query.sort, query.mine, backwards);
  const [way, past] = backwards ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  if (query.mine) {
    return {
      from: (scope) =>
        sql`review_assignments g ${application(sql`g.application_id`)} ${others(scope, sql`g.application_id`)}`,
      narrowed: ({ me, cohort }) => sql`and g.reviewer_id = ${me} and g.cohort_id = ${cohort.id}`,
      by: sql`g.application_id ${way}`,
      after: ({ id }) => sql`and g.application_id ${past} ${id}`,
    };
  }
  return {
    from: (scope) => sql`applications a ${assigned(scope, sql`a.id`)} ${others(scope, sql`a.id`)}`,
    narrowed: () => sql``,
    by: sql`a.submitted_at ${way}, a.id ${way}`,
    after: ({ id, at }) =>
      sql`and (a.submitted_at, a.id) ${past} (${at ?? "-infinity"}::timestamptz, ${id}::uuid)`,
  };
}

function byScore(sort: "score" | "raw", mine: ListQuery["mine"], backwards: boolean): Order {
  const column = sort === "raw" ? sql`s.raw_milli` : sql`s.normal_milli`;
  const [way, past] = backwards ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`];
  return {
    from: (scope) =>
      sql`application_standings s ${own(scope, sql`s.application_id`)} ${assigned(scope, sql`s.application_id`)} ${application(sql`s.application_id`)}`,
    narrowed: (scope) =>
      sql`and s.cohort_id = ${scope.cohort.id} and ${column} is not null and ${mayBeVisible(scope)} and ${visibleTo(scope)} and not ${isConflicted(scope)} ${mine ? sql`and g.reviewer_id is not null` : sql``}`,
    by: sql`${column} ${way}, s.application_id ${way}`,
    after: ({ id, milli }) =>
      sql`and (${column}, s.application_id) ${past} (${milli ?? 0}, ${id}::uuid)`,
  };
}

/** The applications before and after one in the same list; null where it ends. The one itself must be of the list's cohort. */
export async function findNeighbours(
  scope: Scope,
  query: ListQuery,
  at: Place,
  db: Queryable = getDb(),
): Promise<{ before: Listed | null; after: Listed | null }> {
  const [before] = await listApplications(
    scope,
    query,
    { after: at, limit: 1, backwards: true },
    db,
  );
  const [after] = await listApplications(scope, query, { after: at, limit: 1 }, db);
  return { before: before ?? null, after: after ?? null };
}
