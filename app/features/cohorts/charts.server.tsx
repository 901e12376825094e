import { renderToStaticMarkup } from "react-dom/server";
import { type Dated, DeadlinesChart } from "~/components/charts/deadlines";
import type { Cohort } from "./queries.server";

/** The deadlines of cohorts on one axis of time, as HTML; empty where none of them is to be applied to now or later. */
export function drawDeadlines(cohorts: readonly Cohort[], now: Date): string {
  const ahead = cohorts.filter(({ state, closesAt }) => state === "published" && closesAt > now);
  if (ahead.length === 0) return "";
  const sorted = ahead.toSorted((a, b) => a.closesAt.getTime() - b.closesAt.getTime());
  return renderToStaticMarkup(
    <DeadlinesChart
      cohorts={sorted.map(datedOf)}
      now={now.toISOString()}
      source="the cohorts’ own schedules; the axis is in UTC"
    />,
    { identifierPrefix: "deadlines" },
  );
}

const datedOf = (cohort: Cohort): Dated => ({
  name: cohort.title,
  zone: cohort.timeZone,
  opens: cohort.opensAt.toISOString(),
  closes: cohort.closesAt.toISOString(),
  decides: cohort.decisionsBy.toISOString(),
  starts: cohort.startsAt.toISOString(),
  ends: cohort.endsAt.toISOString(),
});
