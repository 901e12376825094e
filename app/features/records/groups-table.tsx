import { Link } from "@remix-run/react";
import { Table } from "~/components/ui/page";
import { Opens } from "./opens";
import type { GroupShown } from "./present-record";

type Line = Omit<GroupShown, "dpiValue" | "tvpiValue"> & {
  teachers: number;
  years: string;
  quarter: string | null;
};

/** Vintages or cohorts of a record, each with where its DPI stands among all teachers of the same year. */
export function GroupsTable({ caption, lines }: { caption: string; lines: readonly Line[] }) {
  return (
    <Table
      caption={caption}
      dense
      columns={[
        { name: caption },
        { name: "Students", numeric: true },
        { name: "Paid in", numeric: true },
        { name: "DPI", numeric: true },
        { name: "DPI net", numeric: true },
        { name: "TVPI", numeric: true },
        { name: "IRR", numeric: true },
        { name: "Among all" },
      ]}
      rows={lines.map((line) => ({
        key: line.dpi.to,
        cells: [
          line.to ? (
            <span key="name" className="block wrap-break-word sm:min-w-24">
              <Link to={line.to}>{line.name}</Link>
            </span>
          ) : (
            line.name
          ),
          <Opens key="students" name={`students, ${line.name}`} figure={line.students} />,
          <Opens key="paid" name={`paid in, ${line.name}`} figure={line.paidIn} />,
          <Opens key="dpi" name={`DPI, ${line.name}`} figure={line.dpi} />,
          <Opens key="net" name={`DPI net, ${line.name}`} figure={line.netDpi} />,
          <Opens key="tvpi" name={`TVPI, ${line.name}`} figure={line.tvpi} />,
          <span key="irr" className="flex flex-col items-start sm:items-end">
            <Opens name={`IRR, ${line.name}`} figure={line.irr} />
            <span className="text-sm text-ink-soft">{line.basis}</span>
          </span>,
          <span key="among" className="block text-sm sm:min-w-28">
            {line.quarter ?? "too few to compare"}
            <span className="text-ink-soft">
              {line.teachers === 1
                ? "; no other teacher"
                : ` of ${line.teachers} teachers, ${line.years}`}
            </span>
          </span>,
        ],
      }))}
    />
  );
}
