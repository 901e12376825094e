import { inArray, sql } from "drizzle-orm";
import { getDb } from "#db/client.server";
import type { QuestionKind } from "#db/schema/cohorts";
import { persons, redactions } from "#db/schema/index";
import type { Listed } from "./list-applications.server";
import { phrasesOf } from "./redact";
import { withoutWho } from "./review-page.server";
import { formatTotal } from "./rules";

/** A cell's value; null and empty are the same. */
export type Cells = Record<string, string | number | null>;

const instant = (at: Date | string | null): string => (at ? new Date(at).toISOString() : "");
const mean = (milli: number | null | undefined): string =>
  milli === null || milli === undefined ? "" : formatTotal(milli);

/** How an application is named in every file: by the address of its page, by who wrote it or what stands for them. */
const named = (one: Listed): Cells => ({ application: one.id, applicant: one.name });

/** A question as it was worded last, of all that a cohort has asked in a version that was in force. */
export type AskedOnce = { id: string; kind: QuestionKind; prompt: string };

/** Every question that a cohort has asked, each once in its last wording, in the order of the present form. */
export async function listAsked(cohortId: string, formVersion: number): Promise<AskedOnce[]> {
  const rows = await getDb().execute<AskedOnce>(sql`
    select id, kind, prompt from (
      select distinct on (v.question_id) v.question_id as id, q.kind, v.prompt, v.version, v.position
      from question_versions v join cohort_questions q on q.id = v.question_id
      where v.cohort_id = ${cohortId} and v.version <= ${formVersion} order by v.question_id, v.version desc) last
    order by version desc, position`);
  return [...rows];
}

/**
 * Applications with their answers. Of those whose applicant is hidden the answers are without what gives them away, as on their
 * page; means are in it where the asker may see them (T29).
 */
export async function applicationRows(
  listed: readonly Listed[],
  asked: readonly AskedOnce[],
): Promise<Cells[]> {
  const ids = listed.map(({ id }) => id);
  const [answers, phrases] = await Promise.all([
    answersOf(ids),
    phrasesToHide(listed.filter(({ hidden }) => hidden).map(({ id }) => id)),
  ]);
  return listed.map((one) => {
    const own = answers.get(one.id);
    const texts = asked.map(({ id, kind }): [string, string] => {
      const found = own?.get(id);
      const plain = { kind, answer: found?.answer ?? "", file: found?.file ? {} : null };
      if (one.hidden) return [id, withoutWho(plain, phrases.get(one.id) ?? []).answer];
      return [id, found?.file ?? plain.answer];
    });
    return {
      ...named(one),
      state: one.state,
      submitted_at: instant(one.submittedAt),
      assigned_to_you: one.assigned ? "yes" : "no",
      your_review: one.own?.state ?? "",
      your_total: mean(one.own?.totalMilli),
      reviews: one.standing?.reviews ?? null,
      mean: mean(one.standing?.rawMilli),
      mean_normalised: mean(one.standing?.normalMilli),
      tags: one.tags.join(", "),
      ...Object.fromEntries(texts),
    };
  });
}

type Answer = { answer: string; file: string | null };

async function answersOf(ids: readonly string[]): Promise<Map<string, Map<string, Answer>>> {
  const rows = await getDb().execute<{ application: string; question: string } & Answer>(sql`
    select a.application_id as application, a.question_id as question, a.answer, f.file_name as file
    from application_answers a left join application_files f on f.id = a.file_id
    where a.application_id = any(${sql.param([...ids])}::uuid[])`);
  const byId = new Map<string, Map<string, Answer>>();
  for (const { application, question, ...answer } of rows) {
    const known = byId.get(application) ?? new Map<string, Answer>();
    byId.set(application, known.set(question, answer));
  }
  return byId;
}

async function phrasesToHide(ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const db = getDb();
  const people = await db
    .select({
      id: sql<string>`a.id`,
      displayName: persons.displayName,
      handle: persons.handle,
    })
    .from(persons)
    .innerJoin(sql`applications a`, sql`a.applicant_id = ${persons.id}`)
    .where(sql`a.id = any(${sql.param([...ids])}::uuid[])`);
  const hiding = await db
    .select({ id: redactions.applicationId, phrase: redactions.phrase })
    .from(redactions)
    .where(sql`${inArray(redactions.applicationId, [...ids])} and ${redactions.undoneAt} is null`);
  const phrases = new Map(people.map(({ id, ...person }) => [id, phrasesOf(person)]));
  for (const { id, phrase } of hiding) phrases.get(id)?.push(phrase);
  return phrases;
}

/**
 * One line a score: the asker's own, and others' that count where the asker may see them (T29). An abstention is a line without a
 * score. Private notes are in none.
 */
export async function scoreRows(listed: readonly Listed[], reviewerId: string): Promise<Cells[]> {
  const seen = listed.filter(({ standing }) => standing !== null).map(({ id }) => id);
  const rows = await getDb().execute<{
    application: string;
    reviewer: string;
    state: string;
    criterion: string | null;
    weight: number | null;
    score: number | null;
    total: number | null;
    at: string | null;
  }>(sql`
    select v.application_id as application, p.display_name as reviewer, v.state, c.title as criterion, c.weight, s.score,
      v.total_milli as total, v.submitted_at as at
    from reviews v join persons p on p.id = v.reviewer_id
    left join review_scores s on s.review_id = v.id left join rubric_criteria c on c.id = s.criterion_id
    where v.application_id = any(${sql.param(listed.map(({ id }) => id))}::uuid[])
      and (v.reviewer_id = ${reviewerId} or (v.state <> 'draft' and v.application_id = any(${sql.param(seen)}::uuid[])))
    order by p.display_name, v.id, c.position, c.id`);
  const byApplication = new Map<string, Cells[]>();
  for (const { application, state, total, at, ...row } of rows) {
    const { reviewer, criterion, weight, score } = row;
    const known = byApplication.get(application) ?? [];
    known.push({
      ...{ reviewer, review: state, criterion, weight, score },
      ...{ total: mean(total), submitted_at: instant(at) },
    });
    byApplication.set(application, known);
  }
  return listed.flatMap((one) =>
    (byApplication.get(one.id) ?? []).map((cells) => ({ ...named(one), ...cells })),
  );
}

/** What has been decided, told or not: for teachers alone. Texts to an applicant who is hidden from the asker are left out. */
export async function decisionRows(listed: readonly Listed[]): Promise<Cells[]> {
  const rows = await getDb().execute<{
    application: string;
    decided_at: string | null;
    told: string | null;
    waitlist_rank: number | null;
    kind: string | null;
    state: string | null;
    made_by: string | null;
    made_at: string | null;
    released_at: string | null;
    message: string | null;
    feedback: string | null;
  }>(sql`
    select a.id as application, a.decided_at, a.decision_message as told, a.waitlist_rank, d.kind, d.state, p.display_name as made_by,
      d.made_at, d.released_at, d.message, d.feedback
    from applications a
    left join lateral (select * from decisions d where d.application_id = a.id and d.state <> 'dropped'
      order by d.released_at desc nulls first, d.id desc limit 1) d on true
    left join persons p on p.id = d.made_by
    where a.id = any(${sql.param(listed.map(({ id }) => id))}::uuid[])`);
  const byId = new Map([...rows].map((row) => [row.application, row]));
  return listed.map((one) => {
    const found = byId.get(one.id);
    const text = (said: string | null | undefined) => (one.hidden ? "" : (said ?? ""));
    return {
      ...named(one),
      state: one.state,
      told_at: instant(found?.decided_at ?? null),
      told: text(found?.told),
      waitlist_rank: found?.waitlist_rank ?? null,
      decision: found?.kind ?? "",
      decision_state: found?.state ?? "",
      decided_by: found?.made_by ?? "",
      decided_at: instant(found?.made_at ?? null),
      released_at: instant(found?.released_at ?? null),
      message: text(found?.message),
      feedback: text(found?.feedback),
    };
  });
}
