import { type ReactNode, useId } from "react";

export type ChartTable = { columns: string[]; rows: string[][] };

/** The widths a chart is drawn for: of a phone, and of a page's text. */
export const NARROW = 358;
export const WIDE = 704;

/**
 * A chart's frame: a title that says the finding, the drawing for narrow and for wide pages, a
 * source line and the data as a table. `draw` gets the width in user units, one to the pixel, and
 * says how high it has become.
 */
export function ChartFigure({
  title,
  description,
  source,
  table,
  draw,
}: {
  title: string;
  description: string;
  source: string;
  table: ChartTable;
  draw: (width: number) => { height: number; content: ReactNode };
}) {
  const id = useId();
  const drawing = (width: number, name: string, className: string) => {
    const { height, content } = draw(width);
    const [titleId, descriptionId] = [`${id}${name}-title`, `${id}${name}-description`];
    return (
      <svg
        role="img"
        aria-labelledby={`${titleId} ${descriptionId}`}
        viewBox={`0 0 ${width} ${height}`}
        className={className}
        fontSize={13}
      >
        <title id={titleId}>{title}</title>
        <desc id={descriptionId}>{description}</desc>
        {content}
      </svg>
    );
  };
  return (
    <figure className="my-8">
      <figcaption className="mb-3 max-w-3xl text-balance font-serif text-lg text-ink">
        {title}
      </figcaption>
      {drawing(NARROW, "narrow", "block h-auto w-full max-w-md sm:hidden")}
      {drawing(WIDE, "wide", "hidden h-auto w-full max-w-3xl sm:block")}
      <p className="mt-2 text-sm text-ink-soft">Source: {source}</p>
      <details className="mt-1 text-sm text-ink-soft">
        <summary className="min-h-6 cursor-pointer underline">The same as a table</summary>
        <DataTable title={title} table={table} />
      </details>
    </figure>
  );
}

function DataTable({ title, table }: { title: string; table: ChartTable }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fields, but a box that may be wider than the page
    <div
      role="group"
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is scrolled by keys once it has the focus
      tabIndex={0}
      className="mt-2 overflow-x-auto"
    >
      <table className="w-full tabular-nums text-ink">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="border-rule border-b">
            {table.columns.map((column, i) => (
              <th
                key={column}
                scope="col"
                className={i === 0 ? "py-1 text-left" : "py-1 text-right"}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move, and may be alike
            <tr key={i} className="border-rule border-b">
              {row.map((cell, j) =>
                j === 0 ? (
                  <th key={table.columns[j]} scope="row" className="py-1 text-left font-normal">
                    {cell}
                  </th>
                ) : (
                  <td key={table.columns[j]} className="py-1 pl-3 text-right">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A name cut to about so many pixels at 13 px; the table has it whole. */
export function fitText(text: string, width: number): string {
  const most = Math.max(1, Math.floor(width / 7));
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

/** A coordinate with a tenth of a pixel: stable markup on server and client. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}
