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

/** The way through a list whose pages are numbered, where there is more than one. `to` is the address of a page. */
export function NumberedPages(props: {
  of: string;
  page: number;
  pages: number;
  to: (page: number) => string;
}) {
  const { page, pages, to } = props;
  if (pages < 2) return null;
  const near = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
  const shown = [...new Set(near)];
  return (
    <nav aria-label={`Pages: ${props.of}`} className="mt-6 print:hidden">
      <ul className="flex flex-wrap gap-x-2 border-t border-rule">
        {shown.map((n, i) => (
          <li key={n} className="flex items-center gap-2">
            {n - (shown[i - 1] ?? 0) > 1 ? <span aria-hidden="true">…</span> : null}
            <Link
              to={to(n)}
              aria-label={`Page ${n} of ${pages}`}
              aria-current={n === page ? "page" : undefined}
              className={`${LINK} min-w-11 justify-center ${n === page ? "font-semibold no-underline" : ""}`}
            >
              {n}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
