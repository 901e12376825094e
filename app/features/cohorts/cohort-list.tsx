import { Link } from "@remix-run/react";
import { Deadline, Instant } from "~/components/ui/deadline";
import type { TaughtBy } from "./find-cohorts.server";
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

type Listed = CohortView & { taught?: TaughtBy };

/** Names in a row: `Ann`, `Ann and Bo`, `Ann, Bo and Cy`. */
const inARow = (names: readonly string[]): string =>
  [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");

/** What their records say: of one teacher without a name, of several each with it. */
function recordsOf(taught: TaughtBy): string {
  if (taught.length === 1) return taught[0]?.record ?? "";
  return taught.map(({ displayName, record }) => `${displayName}: ${record}`).join(" · ");
}

/** Cohorts under each other: title, who teaches what, when, and the teachers' records where they are given. `choose`: each with a box that chooses it. */
export function CohortList(props: { cohorts: readonly Listed[]; choose?: boolean }) {
  return (
    <ul className="max-w-2xl">
      {props.cohorts.map((cohort) => (
        <li key={cohort.slug} className="flex gap-4 border-t border-rule py-4">
          {props.choose ? <Choose cohort={cohort} /> : null}
          <div className="min-w-0">
            <h3 className="[overflow-wrap:anywhere]">
              <Link to={`/cohorts/${cohort.slug}`}>{cohort.title}</Link>
            </h3>
            <p className="[overflow-wrap:anywhere]">
              {cohort.skill}, with{" "}
              {inARow(cohort.taught?.map(({ displayName }) => displayName) ?? [cohort.teacherName])}
              . {cohort.runs}.
            </p>
            {cohort.taught ? (
              <p className="text-sm text-ink-soft [overflow-wrap:anywhere]">
                {recordsOf(cohort.taught)}
              </p>
            ) : null}
            <p className="text-sm text-ink-soft">
              <WindowInWords cohort={cohort} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Choose({ cohort }: { cohort: CohortView }) {
  return (
    <label className="-m-2.5 inline-flex size-11 shrink-0 items-center justify-center self-start print:hidden">
      <input type="checkbox" name="c" value={cohort.slug} className="size-5" />
      <span className="sr-only">Compare {cohort.title}</span>
    </label>
  );
}
