import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
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

/**
 * Cohorts under each other: title, who teaches what, when, and the teachers' records where they are given. `choose`: each with a box
 * that chooses it, in the form around them or in the one of that id. `below`: what can be done with each.
 */
export function CohortList<T extends Listed>(props: {
  cohorts: readonly T[];
  choose?: boolean | string;
  below?: (cohort: T) => ReactNode;
}) {
  return (
    <ul className="max-w-2xl">
      {props.cohorts.map((cohort) => (
        <li key={cohort.slug} className="flex gap-4 border-t border-rule py-4">
          {props.choose ? (
            <Choose cohort={cohort} form={props.choose === true ? undefined : props.choose} />
          ) : null}
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
            {props.below?.(cohort)}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Choose({ cohort, form }: { cohort: CohortView; form: string | undefined }) {
  return (
    <label className="-m-2.5 inline-flex size-11 shrink-0 items-center justify-center self-start print:hidden">
      <input type="checkbox" name="c" form={form} value={cohort.slug} className="size-5" />
      <span className="sr-only">Compare {cohort.title}</span>
    </label>
  );
}
