import { Link } from "@remix-run/react";

/**
 * The way through a long list, newest first. `newest` leads back to its first page (null: this is it), `older` to the next
 * one (null: this is the last). Where there is one page only, nothing is shown.
 */
export function Pager({
  of,
  newest,
  older,
}: {
  /** What the list is of, for who cannot see it: "Audit events". */
  of: string;
  newest: string | null;
  older: string | null;
}) {
  if (newest === null && older === null) return null;
  return (
    <nav aria-label={`Pages: ${of}`} className="mt-6 print:hidden">
      <ul className="flex justify-between gap-6 border-t border-rule sm:justify-start">
        {newest ? (
          <li>
            <Link to={newest} className={LINK}>
              <span aria-hidden="true">←</span> Newest
            </Link>
          </li>
        ) : null}
        {older ? (
          <li>
            <Link to={older} rel="next" className={LINK}>
              Older <span aria-hidden="true">→</span>
            </Link>
          </li>
        ) : (
          <li className="inline-flex min-h-11 items-center text-ink-soft">This is the oldest</li>
        )}
      </ul>
    </nav>
  );
}

const LINK = "inline-flex min-h-11 items-center gap-2";
