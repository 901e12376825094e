import { stringify } from "csv-stringify/sync";
import type { Actor } from "~/auth/actor";
import type { Cohort } from "~/features/cohorts/queries.server";
import {
  applicationRows,
  type Cells,
  decisionRows,
  listAsked,
  scoreRows,
} from "./export-rows.server";
import { type Listed, listApplications, type Place, scopeOf } from "./list-applications.server";

/** What of a cohort's applications can be had as a file. */
export const EXPORTS = ["applications", "scores", "decisions"] as const;
export type Export = (typeof EXPORTS)[number];

/** So many applications are read at once: the memory that a file takes does not grow with the cohort. */
const PAGE = 250;

const SCORE_COLUMNS = [
  ...["application", "applicant", "reviewer", "review", "criterion", "weight", "score", "total"],
  "submitted_at",
];
const DECISION_COLUMNS = [
  ...["application", "applicant", "state", "told_at", "told", "waitlist_rank", "decision"],
  ...["decision_state", "decided_by", "decided_at", "released_at", "message", "feedback"],
];
const APPLICATION_COLUMNS = [
  ...["application", "applicant", "state", "submitted_at", "assigned_to_you", "your_review"],
  ...["your_total", "reviews", "mean", "mean_normalised", "tags"],
];

type Column = { key: string; header: string };
const plain = (names: readonly string[]): Column[] =>
  names.map((name) => ({ key: name, header: name }));

/**
 * A cohort's applications, their scores or the decisions about them as CSV (RFC 4180, UTF-8 with its mark, instants in UTC), piece
 * by piece, as the asker sees them in the list: without those of people whom they must not review (admitted ones too), with
 * names hidden where they are hidden, with others' scores after one's own alone (T29). No cell is read as a formula. Null for who
 * does not work on the cohort, and for decisions for who does not decide.
 */
export async function exportApplications(
  actor: Actor,
  cohort: Cohort,
  what: Export,
): Promise<AsyncGenerator<string> | null> {
  const scope = await scopeOf(actor, cohort);
  if (!scope || (what === "decisions" && !scope.teacher)) return null;
  const asked = what === "applications" ? await listAsked(cohort.id, cohort.formVersion) : [];
  const kinds: Record<Export, { columns: Column[]; rows(some: Listed[]): Promise<Cells[]> }> = {
    applications: {
      columns: [
        ...plain(APPLICATION_COLUMNS),
        ...asked.map(({ id, prompt }) => ({ key: id, header: prompt })),
      ],
      rows: (some) => applicationRows(some, asked),
    },
    scores: { columns: plain(SCORE_COLUMNS), rows: (some) => scoreRows(some, actor.id) },
    decisions: { columns: plain(DECISION_COLUMNS), rows: decisionRows },
  };
  const { columns, rows } = kinds[what];
  return write(columns, rows, (after) => listApplications(scope, {}, { after, limit: PAGE }));
}

async function* write(
  columns: Column[],
  rows: (some: Listed[]) => Promise<Cells[]>,
  next: (after: Place | undefined) => Promise<Listed[]>,
): AsyncGenerator<string> {
  const text = (records: Cells[] | string[][], first: boolean) =>
    stringify(records, {
      bom: first,
      ...(first ? {} : { columns: columns.map(({ key }) => ({ key })) }),
      record_delimiter: "windows",
      escape_formulas: true,
    });
  yield text([columns.map(({ header }) => header)], true);
  let after: Place | undefined;
  do {
    const page = await next(after);
    const open = page.filter(({ conflicted }) => !conflicted);
    if (open.length > 0) yield text(await rows(open), false);
    after = page.length === PAGE ? page.at(-1)?.place : undefined;
  } while (after);
}
