import { and, eq } from "drizzle-orm";
import type { Queryable } from "#db/client.server";
import { cohorts, decisionTemplates } from "#db/schema/index";
import { formatInstant } from "~/lib/dates";
import type { Sent } from "./rules";
import { DEFAULT_TEXTS, fillTemplate, STANDARD } from "./templates";

export type Texts = Record<Sent, string>;

/** A cohort's standard texts by kind of decision, and ours where it has none. */
export async function listTexts(db: Queryable, cohortId: string): Promise<Texts> {
  const rows = await db
    .select({ kind: decisionTemplates.kind, body: decisionTemplates.body })
    .from(decisionTemplates)
    .where(and(eq(decisionTemplates.cohortId, cohortId), eq(decisionTemplates.name, STANDARD)));
  return { ...DEFAULT_TEXTS, ...Object.fromEntries(rows.map(({ kind, body }) => [kind, body])) };
}

type Told = {
  kind: Sent;
  message: string;
  feedback: string;
  confirmBy: Date | null;
  reviseBy: Date | null;
  waitlistRank: number | null;
  name: string;
  teacher: string;
  nextCohort: string | null;
};

/** What an applicant is told, with everything put in. */
export function textOf(
  one: Told,
  cohort: { title: string; timeZone: string },
  texts: Texts,
): { message: string; feedback: string } {
  const instant = (at: Date | null) => (at ? formatInstant(at, cohort.timeZone) : "");
  const values = {
    name: one.name,
    cohort: cohort.title,
    teacher: one.teacher,
    confirm_by: instant(one.confirmBy),
    revise_by: instant(one.reviseBy),
    next_cohort: one.nextCohort ?? "",
    waitlist_place: one.waitlistRank === null ? "" : String(one.waitlistRank),
  };
  return {
    message: fillTemplate(one.message || texts[one.kind], one.kind, values),
    feedback: fillTemplate(one.feedback, one.kind, values),
  };
}

/** The titles of cohorts, by id. */
export function titlesOf(db: Queryable): (id: string | null) => Promise<string | null> {
  const known = new Map<string, string>();
  return async (id) => {
    if (id === null) return null;
    const title = known.get(id);
    if (title !== undefined) return title;
    const [row] = await db.select({ title: cohorts.title }).from(cohorts).where(eq(cohorts.id, id));
    known.set(id, row?.title ?? "");
    return row?.title ?? "";
  };
}
