import { Link } from "@remix-run/react";

/** A page above the present one. */
export type Crumb = { to: string; name: string };

/** The way from the top down to the page above this one; the page's own name is its heading. */
export function Breadcrumbs({
  trail,
  label = "Where you are",
}: {
  trail: readonly Crumb[];
  label?: string;
}) {
  return (
    <nav aria-label={label} className="mb-2 print:hidden">
      <ol className="text-sm leading-7 text-ink-soft">
        {trail.map((crumb, index) => (
          <li key={crumb.to} className="inline">
            {index > 0 ? <span aria-hidden="true"> / </span> : null}
            <Link to={crumb.to} className="[overflow-wrap:anywhere]">
              {crumb.name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
