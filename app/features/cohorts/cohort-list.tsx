import { Link } from "@remix-run/react";
import type { CohortView } from "./present";

const WINDOWS: Record<CohortView["phase"], (cohort: CohortView) => string> = {
  open: (cohort) => `Apply until ${cohort.closes}`,
  upcoming: (cohort) => `Applications open ${cohort.opens}`,
  closed: (cohort) => `Applications closed ${cohort.closed}`,
};

/** Where a cohort's window stands, in a line. */
export const windowInWords = (cohort: CohortView): string => WINDOWS[cohort.phase](cohort);

/** Cohorts under each other: title, who teaches what, when. */
export function CohortList({ cohorts }: { cohorts: readonly CohortView[] }) {
  return (
    <ul className="max-w-[68ch]">
      {cohorts.map((cohort) => (
        <li key={cohort.slug} className="border-t border-rule py-4">
          <h3 className="[overflow-wrap:anywhere]">
            <Link to={`/cohorts/${cohort.slug}`}>{cohort.title}</Link>
          </h3>
          <p className="[overflow-wrap:anywhere]">
            {cohort.skill}, with {cohort.teacherName}. {cohort.runs}.
          </p>
          <p className="text-sm text-ink-soft">{windowInWords(cohort)}</p>
        </li>
      ))}
    </ul>
  );
}
