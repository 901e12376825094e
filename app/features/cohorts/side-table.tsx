import { Link } from "@remix-run/react";
import { Deadline } from "~/components/ui/deadline";
import type { ComparedRow, ComparedTable } from "./compare-cohorts.server";
import { comparePath } from "./find-query";

type Column = { slug: string; title: string };

const NAME =
  "sticky left-0 z-10 w-28 min-w-28 border-r border-r-rule bg-paper py-2 pr-2 text-left align-baseline font-semibold [overflow-wrap:anywhere] sm:w-44 sm:min-w-44 print:static";
/** Borders of cells, not of rows: a row's do not come along with a cell that stays in view. */
const LINE = "border-t border-t-rule";
const HEAD = "border-b border-b-ink-soft";
const CELL = "min-w-36 py-2 pl-3 text-left align-baseline [overflow-wrap:anywhere] sm:min-w-44";

/**
 * Cohorts side by side as one table whose first column stays in view: where it is wider than the page it scrolls in a box of its
 * own, by keyboard too. The cohorts' names are said again over each part. Taking one away is an address.
 */
export function SideTable(props: {
  cohorts: readonly Column[];
  tables: readonly ComparedTable[];
  differing: boolean;
}) {
  const { cohorts, tables, differing } = props;
  const without = (slug: string) =>
    comparePath(
      cohorts.map((one) => one.slug).filter((other) => other !== slug),
      differing,
    );
  return (
    <section
      aria-label="Cohorts side by side"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is scrolled by keys once it has the focus
      tabIndex={0}
      className="relative mt-4 max-w-full overflow-x-auto print:overflow-visible"
    >
      <table className="border-separate border-spacing-0 text-sm sm:text-base print:text-sm">
        <caption className="sr-only">Cohorts side by side</caption>
        <thead>
          <tr>
            <td className={`${NAME} ${HEAD}`} />
            {cohorts.map(({ slug, title }) => (
              <th key={slug} scope="col" className={`${CELL} ${HEAD} font-semibold`}>
                <Link to={`/cohorts/${slug}`}>{title}</Link>
                <Link
                  to={without(slug)}
                  className="flex min-h-11 w-fit items-center text-sm font-normal print:hidden"
                >
                  Take away<span className="sr-only"> {title}</span>
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        {tables.map((table, i) => (
          <Part key={table.title} {...{ table, cohorts }} again={i > 0} />
        ))}
      </table>
    </section>
  );
}

function Part(props: { table: ComparedTable; cohorts: readonly Column[]; again: boolean }) {
  const { table, cohorts, again } = props;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" className={`${NAME} pt-8 font-serif text-base sm:text-lg`}>
          {table.title}
        </th>
        {cohorts.map(({ slug, title }) => (
          <td key={slug} aria-hidden className={`${CELL} pt-8 text-sm text-ink-soft`}>
            {again ? title : ""}
          </td>
        ))}
      </tr>
      {table.rows.map((row) => (
        <tr key={row.name}>
          <th scope="row" className={`${NAME} ${LINE}`}>
            {row.name}
          </th>
          {row.cells.map((cell, i) => (
            <td key={cohorts[i]?.slug} className={`${CELL} ${LINE}`}>
              <Cell cell={cell} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Cell({ cell }: { cell: ComparedRow["cells"][number] }) {
  if (typeof cell === "string") return cell;
  if ("at" in cell) return <Deadline of={cell.at} />;
  return (
    <ul>
      {cell.people.map(({ handle, displayName, record }) => (
        <li key={handle}>
          <Link to={`/teachers/${handle}`}>{displayName}</Link>
          <span className="block text-ink-soft">{record}</span>
        </li>
      ))}
    </ul>
  );
}
