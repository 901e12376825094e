import { getDb } from "#db/client.server";
import type { Deadline } from "~/lib/dates";
import { formatBps, formatCents, formatPercentOfToken } from "~/lib/money";
import { drawDeadlines } from "./charts.server";
import { listCohortsBySlug, listTaughtBy, type TaughtBy } from "./find-cohorts.server";
import { listFiguresOf } from "./past-figures.server";
import { ofAll } from "./past-words";
import { placesInWords, presentCohort } from "./present";
import { type Cohort, countEnrolled, listQuestions } from "./queries.server";
import { STAGE_WORDS, stageOf } from "./stages";

/** One figure of every compared cohort, in their order: a text, an instant, or people with their records. `differs`: not all say the same. */
export type ComparedRow = {
  name: string;
  cells: (string | { at: Deadline } | { people: TaughtBy })[];
  differs: boolean;
};

export type ComparedTable = { title: string; rows: ComparedRow[] };

/**
 * Public cohorts side by side, in the order asked for: when, by whom, on which terms, what is asked, and what became of those
 * that have begun. `unknown`: ends of addresses that lead to none.
 */
export async function compareCohorts(slugs: readonly string[], now: Date) {
  const db = getDb();
  const cohorts = await listCohortsBySlug(slugs, db);
  const ids = cohorts.map(({ id }) => id);
  const [taught, figures, ...facts] = await Promise.all([
    listTaughtBy(ids, now, db),
    listFiguresOf(ids, now, db),
    ...cohorts.map(async ({ id, formVersion }) => ({
      questions: (await listQuestions({ cohortId: id, version: formVersion }, db)).length,
      taken: await countEnrolled(id, db),
    })),
  ]);
  const all = cohorts.map((cohort, i) => ({
    ...presentCohort(cohort, now),
    terms: termsOf(cohort),
    taught: taught.get(cohort.id) ?? [],
    questions: facts[i]?.questions ?? 0,
    places: placesInWords(cohort, stageOf(cohort, now), facts[i]?.taken ?? 0),
    became: figures.find(({ slug }) => slug === cohort.slug),
  }));
  const row = (
    name: string,
    cell: (one: (typeof all)[number]) => ComparedRow["cells"][number],
  ): ComparedRow => {
    const cells = all.map(cell);
    return { name, cells, differs: new Set(cells.map((one) => JSON.stringify(one))).size > 1 };
  };
  const soFar = (name: string, said: (of: NonNullable<(typeof all)[number]["became"]>) => string) =>
    row(name, ({ became }) => (became ? said(became) : "not yet"));
  const tables: ComparedTable[] = [
    {
      title: "When, and for how many",
      rows: [
        row("State", ({ stage }) => STAGE_WORDS[stage]),
        ...(all[0]?.schedule ?? []).map(({ name }, i) =>
          row(name, ({ schedule }) => (schedule[i] ? { at: schedule[i].at } : "")),
        ),
        row("Places", ({ capacity, places }) => `${capacity}, ${places}`),
        row("Questions asked", ({ questions }) => String(questions)),
      ],
    },
    {
      title: "Who teaches, and what",
      rows: [
        row("Skill", ({ skill }) => skill),
        row("Teachers, and their records", ({ taught }) => ({ people: taught })),
      ],
    },
    {
      title: "Standard terms of an offer",
      rows: TERMS.map((name, i) => row(name, ({ terms }) => terms[i] ?? "")),
    },
    {
      title: "What became of it",
      rows: [
        soFar("Applied", ({ applications }) => String(applications)),
        soFar("Admitted", ({ admitted, applications }) => ofAll(admitted, applications)),
        soFar("Took the place", ({ places, admitted }) => ofAll(places, admitted)),
        soFar("Invested in", ({ invested, places }) => ofAll(invested, places)),
        soFar("Paid since", ({ paid, invested }) => ofAll(paid, invested)),
      ],
    },
  ];
  const known = new Set(cohorts.map(({ slug }) => slug));
  return {
    cohorts: all.map(({ slug, title }) => ({ slug, title })),
    unknown: slugs.filter((slug) => !known.has(slug)),
    tables: all.length === 0 ? [] : tables,
    chart: drawDeadlines(cohorts, now),
  };
}

const TERMS = ["For your shares", "Payout cap", "Sunset", "Finder’s stake"];

/** A cohort's standard terms so short that they stand beside others'; its own page says what they mean. */
function termsOf(cohort: Cohort): string[] {
  const { amountCents, shares, payoutCapMultiple: cap, sunsetYears, finderStakeBps } = cohort;
  return [
    `${formatCents(amountCents)} for ${formatPercentOfToken(shares)} of your token`,
    cap === null ? "None" : `${cap} times: ${formatCents(BigInt(cap) * amountCents)} in all`,
    sunsetYears === null ? "None" : `${sunsetYears} years`,
    finderStakeBps === 0 ? "None" : `${formatBps(finderStakeBps)} of the teachers’ shares`,
  ];
}
