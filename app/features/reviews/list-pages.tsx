import { Link } from "@remix-run/react";

const LINK = "inline-flex min-h-11 items-center gap-2";

/** The way through a list's pages: back to its first, on to the next. */
export function ListPages({ first, next }: { first: string | null; next: string | null }) {
  if (first === null && next === null) return null;
  return (
    <nav aria-label="Pages: applications" className="mt-6 print:hidden">
      <ul className="flex justify-between gap-6 border-t border-rule sm:justify-start">
        {first ? (
          <li>
            <Link to={first} className={LINK}>
              <span aria-hidden="true">←</span> First page
            </Link>
          </li>
        ) : null}
        {next ? (
          <li>
            <Link to={next} rel="next" className={LINK}>
              Next page <span aria-hidden="true">→</span>
            </Link>
          </li>
        ) : (
          <li className={`${LINK} text-ink-soft`}>This is the last page</li>
        )}
      </ul>
    </nav>
  );
}
