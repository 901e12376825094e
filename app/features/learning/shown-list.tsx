import { Link } from "@remix-run/react";
import type { UpdateLine, WorkLine } from "./present.server";

/** Updates, one a line. */
export function UpdateList({ updates }: { updates: readonly UpdateLine[] }) {
  return (
    <ul className="max-w-[68ch]">
      {updates.map((update) => (
        <li key={update.id} className="border-t border-rule py-2">
          <Link to={update.path} className="[overflow-wrap:anywhere]">
            {update.by}: week of {update.week}
          </Link>
          {update.cohort ? <span className="text-sm text-ink-soft">, {update.cohort}</span> : null}
          {update.comments > 0 ? (
            <span className="text-sm text-ink-soft">
              {" "}
              {update.comments} {update.comments === 1 ? "comment" : "comments"}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Pieces of work, one a line. */
export function WorkList({ works }: { works: readonly WorkLine[] }) {
  return (
    <ul className="max-w-[68ch]">
      {works.map((work) => (
        <li key={work.id} className="border-t border-rule py-2">
          <Link to={work.path} className="[overflow-wrap:anywhere]">
            {work.title}
          </Link>{" "}
          <span className="text-sm text-ink-soft">
            {work.by}, {work.on}
            {work.cohort ? `, ${work.cohort}` : ""}
          </span>
        </li>
      ))}
    </ul>
  );
}
