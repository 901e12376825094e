import { Link } from "@remix-run/react";

/** A page above the present one. */
export type Crumb = { to: string; name: string };

/** The way from the top down to the page above this one; the page's own name is its heading. */
export function Breadcrumbs({ trail }: { trail: readonly Crumb[] }) {
  return (
    <nav aria-label="Where you are" className="mb-2 print:hidden">
      <ol className="flex flex-wrap gap-x-2 text-sm text-ink-soft">
        {trail.map((crumb, index) => (
          <li key={crumb.to} className="flex min-w-0 gap-x-2">
            {index > 0 ? <span aria-hidden="true">/</span> : null}
            <Link
              to={crumb.to}
              className="inline-flex min-h-6 items-center [overflow-wrap:anywhere]"
            >
              {crumb.name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
