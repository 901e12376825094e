import { Link } from "@remix-run/react";

/** The files that who works on a cohort can take away. `teaches`: decisions too. */
export function ExportsShown({ slug, teaches }: { slug: string; teaches: boolean }) {
  const files = ["applications", "scores", ...(teaches ? ["decisions"] : [])];
  return (
    <section aria-labelledby="exports" className="mt-8 print:hidden">
      <h3 id="exports" className="mb-1">
        Take it away as CSV
      </h3>
      <ul className="flex flex-wrap gap-x-6">
        {files.map((of) => (
          <li key={of}>
            {/* A file, not a page. */}
            <Link
              reloadDocument
              to={`/teach/cohorts/${slug}/export.csv?of=${of}`}
              className="inline-flex min-h-11 items-center"
            >
              {of[0]?.toUpperCase()}
              {of.slice(1)}
            </Link>
          </li>
        ))}
      </ul>
      <p className="max-w-[68ch] text-sm text-ink-soft">
        What you see here, and nothing more: nobody whom you must not review is in a file, and
        others’ scores come after your own.
      </p>
    </section>
  );
}
