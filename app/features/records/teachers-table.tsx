import { Link } from "@remix-run/react";
import { Drawing } from "~/components/ui/drawing";
import { Multiple } from "~/components/ui/numbers";
import { Table } from "~/components/ui/page";
import type { TeacherLine } from "./find-teachers.server";

const COLUMNS = [
  { name: "Teacher" },
  { name: "DPI, confirmed", numeric: true },
  { name: "TVPI", numeric: true },
  { name: "Median", numeric: true },
  { name: "IRR", numeric: true },
  { name: "Outcomes" },
  { name: "Rank" },
  { name: "Feedback", numeric: true },
];

/** Teachers under each other, each with a box that chooses them for a comparison. */
export function TeachersTable(props: { lines: readonly TeacherLine[]; order: string }) {
  return (
    <Table
      crowded
      caption={`Teachers in order of: ${props.order}`}
      columns={COLUMNS}
      rows={props.lines.map((line) => ({ key: line.handle, cells: cellsOf(line) }))}
    />
  );
}

function cellsOf(line: TeacherLine) {
  const { displayName, investments, strip, below, rank, feedback } = line;
  return [
    <Who key="who" line={line} />,
    <Multiple key="dpi" ratio={line.dpi} />,
    <Multiple key="tvpi" ratio={line.tvpi} />,
    <Multiple key="median" ratio={line.median} />,
    <span key="irr">
      <span className="whitespace-nowrap">{line.irr}</span>
      <span className="block text-sm text-ink-soft">
        {investments === 0 ? "no investment yet" : line.basis}
      </span>
    </span>,
    strip === "" ? (
      <span key="strip">none yet</span>
    ) : (
      <span key="strip" className="block w-50 max-w-full">
        <span className="block text-sm text-ink-soft">
          {below} of {investments} below 1×
        </span>
        <Drawing html={strip} />
      </span>
    ),
    <span key="rank" className="block max-w-[22ch] sm:max-w-[20ch]">
      {rank.short}
      <span className="block text-sm text-ink-soft">{rank.long}</span>
    </span>,
    <span key="feedback">
      {feedback.given}
      {feedback.helpfulness === null ? null : (
        <span className="block text-sm text-ink-soft">helpful: {feedback.helpfulness} of 5</span>
      )}
      <span className="sr-only"> by {displayName}</span>
    </span>,
  ];
}

function Who({ line }: { line: TeacherLine }) {
  const { handle, displayName, headline, skills, open } = line;
  return (
    <span className="block min-w-40 [overflow-wrap:anywhere] lg:min-w-52">
      <Link to={`/teachers/${handle}`} className="font-semibold">
        {displayName}
      </Link>
      {headline ? (
        <span className="block text-sm font-normal text-ink-soft">{headline}</span>
      ) : null}
      {skills.length > 0 ? (
        <span className="block text-sm font-normal text-ink-soft">Teaches {skills.join(", ")}</span>
      ) : null}
      {open.map(({ slug, title, closes }) => (
        <span key={slug} className="block text-sm font-normal">
          Open until {closes}: <Link to={`/cohorts/${slug}`}>{title}</Link>
        </span>
      ))}
      <span className="mt-1 flex items-center gap-2 text-sm font-normal print:hidden">
        <input id={`t-${handle}`} type="checkbox" name="t" value={handle} className="size-5" />
        <label htmlFor={`t-${handle}`}>
          Compare<span className="sr-only"> {displayName}</span>
        </label>
      </span>
    </span>
  );
}
