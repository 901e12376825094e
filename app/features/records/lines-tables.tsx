import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Day, Figure } from "~/components/ui/numbers";
import { Badge, Table } from "~/components/ui/page";
import type { LineShown, PositionShown } from "./lines-page.server";

type List = {
  name: string;
  sum: string;
  count: number;
  hasOwn: boolean;
  isValue: boolean;
  lines: readonly LineShown[];
};

/** Ledger lines that add up to their list's sum, each with its place in the public log. */
export function LinesTable({ list, net }: { list: List; net: boolean }) {
  const { name, sum, count, hasOwn, isValue, lines } = list;
  if (count === 0) return <p className="text-ink-soft">No line: nothing of this has happened.</p>;
  if (lines.length === 0)
    return <p className="text-ink-soft">{count} lines, on other pages; their sum is above.</p>;
  return (
    <>
      <table className="w-full border-collapse text-base sm:max-lg:text-sm print:text-sm">
        <caption className="sr-only">{name}, line by line</caption>
        <thead className="sr-only sm:not-sr-only sm:table-header-group">
          <tr className="border-b border-ink-soft">
            <Head>Date</Head>
            <Head>In the log</Head>
            <Head>What</Head>
            <Head>Student</Head>
            <Head numeric>Of the token</Head>
            <Head>{isValue ? "Rests on" : "Evidence"}</Head>
            {hasOwn ? <Head numeric>Gross</Head> : null}
            {hasOwn ? <Head numeric>Own holders</Head> : null}
            <Head numeric>{net && hasOwn ? "Net" : "Amount"}</Head>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.key} line={line} hasOwn={hasOwn} />
          ))}
        </tbody>
      </table>
      <p className="mt-3 text-right font-semibold tabular-nums">
        {lines.length === count
          ? `Sum of ${count} ${count === 1 ? "line" : "lines"}`
          : `Sum of all ${count} lines, ${lines.length} of them here`}
        : {sum}
      </p>
    </>
  );
}

function Head({ numeric = false, children }: { numeric?: boolean; children: ReactNode }) {
  return (
    <th
      scope="col"
      className={`py-2 pr-3 align-bottom text-sm font-semibold last:pr-0 lg:pr-6 ${numeric ? "text-right" : "text-left"}`}
    >
      {children}
    </th>
  );
}

const CELL = "sm:table-cell sm:py-2 sm:not-last:pr-3 sm:align-baseline lg:not-last:pr-6";
const LEFT = `max-sm:col-start-1 text-left ${CELL}`;
const RIGHT = `max-sm:col-start-2 text-right ${CELL}`;

/** One line; on a phone its date and amount stand first, the rest below them. */
function Line({ line, hasOwn }: { line: LineShown; hasOwn: boolean }) {
  return (
    <tr className="grid grid-cols-[1fr_auto] gap-x-4 border-b border-rule py-2 sm:table-row sm:py-0">
      <th scope="row" className={`font-normal max-sm:row-start-1 ${LEFT}`}>
        <Day day={line.day} />
      </th>
      <td className={`max-sm:row-start-3 max-sm:text-sm sm:text-left ${RIGHT}`}>
        <Entry line={line} />
      </td>
      <td className={`max-sm:row-start-2 ${LEFT}`}>{line.kind}</td>
      <td className={`max-sm:row-start-2 sm:text-left ${RIGHT}`}>
        <Link to={line.student.to} className="inline-block min-h-6 [overflow-wrap:anywhere]">
          {line.student.name}
        </Link>
      </td>
      <td className={`max-sm:hidden ${RIGHT}`}>
        <Figure>{line.shares}</Figure>
      </td>
      <td className={`text-sm text-ink-soft max-sm:row-start-3 ${LEFT}`}>{line.evidence}</td>
      {hasOwn ? (
        <>
          <td className={`max-sm:row-start-4 max-sm:text-sm sm:text-right ${LEFT}`}>
            <span className="text-ink-soft sm:hidden">gross </span>
            <Figure>{line.gross}</Figure>
          </td>
          <td className={`max-sm:row-start-4 max-sm:text-sm ${RIGHT}`}>
            <span className="text-ink-soft sm:hidden">own holders </span>
            <Figure>{line.own}</Figure>
          </td>
        </>
      ) : null}
      <td className={`max-sm:row-start-1 ${RIGHT}`}>
        <Figure>{line.cents}</Figure>
      </td>
    </tr>
  );
}

function Entry({ line: { leaf } }: { line: LineShown }) {
  if (!leaf) return <span className="text-sm text-ink-soft">not signed yet</span>;
  return (
    <Link
      to={leaf.to}
      className="inline-block min-h-6 tabular-nums"
      aria-label={`Leaf ${leaf.index} of the public log`}
    >
      <span className="sm:hidden">leaf </span>
      {leaf.index}
    </Link>
  );
}

/** Students' positions of which a figure picks one or counts some; those marked are the figure's. */
export function PositionsTable({ positions }: { positions: readonly PositionShown[] }) {
  const opened = ({ text, to }: { text: string; to: string }) => (
    <Link key={to} to={to} className="tabular-nums decoration-ink-soft decoration-dotted">
      {text}
    </Link>
  );
  return (
    <Table
      caption="Positions"
      dense
      columns={[
        { name: "Student" },
        { name: "First invested" },
        { name: "Paid in", numeric: true },
        { name: "Cash back", numeric: true },
        { name: "Carried value", numeric: true },
        { name: "TVPI", numeric: true },
        { name: "Paid in up to here", numeric: true },
      ]}
      rows={positions.map((position) => ({
        key: position.key,
        cells: [
          <span key="student" className={position.chosen ? "font-semibold" : ""}>
            {position.student} {position.chosen ? <Badge tone="accent">counts</Badge> : null}
          </span>,
          <Day key="day" day={position.firstInvested} />,
          opened(position.paidIn),
          opened(position.cash),
          opened(position.value),
          opened(position.tvpi),
          <Figure key="cumulated">{position.cumulated}</Figure>,
        ],
      }))}
    />
  );
}
