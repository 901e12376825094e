import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Breadcrumbs, type Crumb } from "./breadcrumbs";

/** A page's head: one h1, the way down to it, with a line above and below it where they help. */
export function PageHead({
  title,
  trail,
  over,
  children,
}: {
  title: string;
  trail?: readonly Crumb[];
  over?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="mb-8">
      {trail ? <Breadcrumbs trail={trail} /> : null}
      {over ? <p className="mb-1 text-sm text-ink-soft">{over}</p> : null}
      <h1 className="[overflow-wrap:anywhere]">
        {/* No line ends in the middle of it. */}
        {title.split(/(e-mail)/).map((part) =>
          part === "e-mail" ? (
            <span key={part} className="whitespace-nowrap">
              {part}
            </span>
          ) : (
            part
          ),
        )}
      </h1>
      {children ? <div className="mt-2 max-w-[68ch] text-lg text-ink-soft">{children}</div> : null}
    </header>
  );
}

/** A section with its heading, set off by space. */
export function Section({
  title,
  children,
  id,
}: {
  title: string;
  children: ReactNode;
  id?: string;
}) {
  return (
    <section className="mt-12" id={id}>
      <h2 className="mb-4">{title}</h2>
      {children}
    </section>
  );
}

/** What an empty place says: what would be here, and how it comes to be. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="max-w-[68ch] border-l-2 border-rule py-2 pl-4 text-ink-soft">{children}</p>;
}

/** A short good or bad word about a state. */
export function Badge({
  children,
  tone = "plain",
}: {
  children: ReactNode;
  tone?: "plain" | "gain" | "loss" | "accent";
}) {
  const tones = {
    plain: "border-rule text-ink-soft",
    gain: "border-gain text-gain",
    loss: "border-loss text-loss",
    accent: "border-accent text-accent",
  };
  return (
    <span
      className={`inline-block rounded-md border px-2 text-sm lg:whitespace-nowrap print:whitespace-normal ${tones[tone]}`}
    >
      {children}
    </span>
  );
}

/** Named figures: a description list in a row, wrapping on a phone. */
export function Facts({
  items,
}: {
  items: readonly { name: string; value: ReactNode; note?: ReactNode }[];
}) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 sm:gap-x-8 gap-y-4 sm:grid-cols-3 lg:grid-cols-4">
      {items.map((item) => (
        <div key={item.name} className="min-w-0 border-t border-rule pt-2">
          <dt className="text-sm text-ink-soft">{item.name}</dt>
          <dd className="text-lg tabular-nums [overflow-wrap:anywhere] sm:text-xl">{item.value}</dd>
          {item.note ? <dd className="text-sm text-ink-soft">{item.note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}

/**
 * A table that becomes cards on a phone, each headed by its first cell, without empty cells. Cells are aligned by `numeric`.
 * `dense`: on a phone two cells stand beside each other. `crowded`: so many columns that it needs a wide window.
 */
export function Table(props: {
  caption: string;
  dense?: boolean;
  crowded?: boolean;
  columns: readonly { name: string; numeric?: boolean }[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}) {
  const look = props.crowded ? FROM_WIDE : FROM_TABLET;
  return (
    <table className="w-full border-collapse text-base sm:max-lg:text-sm print:text-sm">
      <caption className="sr-only">{props.caption}</caption>
      <thead className={`sr-only ${look.head}`}>
        <tr className="border-b border-ink-soft">
          {props.columns.map((column) => (
            <th
              key={column.name}
              scope="col"
              className={`py-2 pr-3 align-bottom text-sm lg:pr-6 font-semibold last:pr-0 ${column.numeric ? "text-right" : "text-left"}`}
            >
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr
            key={row.key}
            className={`border-b border-rule py-3 ${look.row} ${props.dense ? "grid grid-cols-2 gap-x-4" : "block"}`}
          >
            {row.cells.map((cell, index) => {
              const column = props.columns[index];
              return index === 0 ? (
                <th
                  key={column?.name}
                  scope="row"
                  className={`col-span-2 block py-1 text-left font-semibold ${look.first}`}
                >
                  {cell}
                </th>
              ) : (
                <td
                  key={column?.name}
                  data-label={column?.name}
                  className={`${props.dense ? DENSE_CELL : WIDE_CELL} ${CELL} ${look.cell} ${column?.numeric ? `tabular-nums ${look.right}` : look.left}`}
                >
                  {/* One box: in a card on a phone the cell is a row of its name and this. */}
                  <div className="min-w-0">{cell}</div>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const WIDE_CELL = "flex justify-between gap-4 text-right before:shrink-0 before:text-left";
const DENSE_CELL = "flex flex-col items-start";
const CELL = "py-1 before:text-sm before:text-ink-soft before:content-[attr(data-label)]";
/** From which width on a table is one, and what it looks like there. */
const FROM_TABLET = {
  head: "sm:not-sr-only sm:table-header-group",
  row: "sm:table-row sm:py-0",
  first: "sm:table-cell sm:py-2 sm:pr-3 sm:align-baseline sm:font-normal lg:pr-6",
  cell: "max-sm:has-[>div:empty]:hidden sm:table-cell sm:py-2 sm:pr-3 sm:align-baseline lg:pr-6 sm:before:content-none sm:last:pr-0 lg:last:pr-0",
  left: "sm:text-left",
  right: "sm:text-right",
};
const FROM_WIDE = {
  head: "lg:not-sr-only lg:table-header-group",
  row: "lg:table-row lg:py-0",
  first: "lg:table-cell lg:py-2 lg:pr-4 lg:align-baseline lg:font-normal",
  cell: "max-lg:has-[>div:empty]:hidden lg:table-cell lg:py-2 lg:pr-4 lg:align-baseline lg:before:content-none lg:last:pr-0",
  left: "lg:text-left",
  right: "lg:text-right",
};

/** A link that looks like a button, for the one thing to do next. */
export function ActionLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link
      to={to}
      className="inline-block min-h-11 rounded-md border border-accent bg-accent px-4 py-2 font-semibold text-accent-ink no-underline print:hidden"
    >
      {children}
    </Link>
  );
}
