import { Link } from "@remix-run/react";
import { Deadline, Instant } from "~/components/ui/deadline";
import type { CohortView } from "./present";

/** Where a cohort's window stands, in a line. */
export function WindowInWords({ cohort }: { cohort: CohortView }) {
  if (cohort.cancelled) return <>Cancelled on {cohort.cancelled.on}</>;
  if (cohort.stage === "draft") return <>A draft that nobody else sees</>;
  switch (cohort.phase) {
    case "open":
      return (
        <>
          Apply until <Deadline of={cohort.closes} />
        </>
      );
    case "upcoming":
      return (
        <>
          Applications open <Deadline of={cohort.opens} />
        </>
      );
    case "closed":
      return (
        <>
          Applications closed <Instant {...cohort.closes} />
        </>
      );
  }
}

/** Cohorts under each other: title, who teaches what, when. */
export function CohortList({ cohorts }: { cohorts: readonly CohortView[] }) {
  return (
    <ul className="max-w-2xl">
      {cohorts.map((cohort) => (
        <li key={cohort.slug} className="border-t border-rule py-4">
          <h3 className="[overflow-wrap:anywhere]">
            <Link to={`/cohorts/${cohort.slug}`}>{cohort.title}</Link>
          </h3>
          <p className="[overflow-wrap:anywhere]">
            {cohort.skill}, with {cohort.teacherName}. {cohort.runs}.
          </p>
          <p className="text-sm text-ink-soft">
            <WindowInWords cohort={cohort} />
          </p>
        </li>
      ))}
    </ul>
  );
}
