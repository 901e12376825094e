import { Link } from "@remix-run/react";
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
  const evidence = isValue ? "Rests on" : "Evidence";
  return (
    <>
      <Table
        caption={`${name}, line by line`}
        columns={[
          { name: "Date" },
          { name: "In the log" },
          { name: "What" },
          { name: "Student" },
          { name: "Of the token", numeric: true },
          { name: evidence },
          ...(hasOwn
            ? [
                { name: "Gross", numeric: true },
                { name: "Own holders", numeric: true },
              ]
            : []),
          { name: net && hasOwn ? "Net" : "Amount", numeric: true },
        ]}
        rows={lines.map((line) => ({
          key: line.key,
          cells: [
            <Day key="day" day={line.day} />,
            <Entry key="entry" line={line} />,
            line.kind,
            <Link key="student" to={line.student.to} className="[overflow-wrap:anywhere]">
              {line.student.name}
            </Link>,
            <Figure key="shares">{line.shares}</Figure>,
            <span key="evidence" className="text-sm text-ink-soft">
              {line.evidence}
            </span>,
            ...(hasOwn
              ? [<Figure key="gross">{line.gross}</Figure>, <Figure key="own">{line.own}</Figure>]
              : []),
            <Figure key="cents">{line.cents}</Figure>,
          ],
        }))}
      />
      <p className="mt-3 text-right font-semibold tabular-nums">
        {lines.length === count
          ? `Sum of ${count} ${count === 1 ? "line" : "lines"}`
          : `Sum of all ${count} lines, ${lines.length} of them here`}
        : {sum}
      </p>
    </>
  );
}

function Entry({ line: { entry, leaf } }: { line: LineShown }) {
  if (!leaf)
    return <span className="text-sm text-ink-soft">{entry}, not in the signed log yet</span>;
  return (
    <a
      href={leaf.to}
      className="tabular-nums"
      aria-label={`Entry ${entry}, leaf ${leaf.index} of the public log`}
    >
      {leaf.index}
    </a>
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
