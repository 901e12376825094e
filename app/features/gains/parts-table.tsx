import { Link } from "@remix-run/react";
import { Table } from "~/components/ui/page";
import { formatCents, formatPercentOfToken } from "~/lib/money";

/** One lot's part of a gain: cents and shares as text. `cut`: its payout cap cut it. */
export type ShownPart = {
  lotId: string;
  holder: string;
  handle: string;
  cents: string;
  shares?: string;
  paidCents?: string;
  cut?: boolean;
};

/** Each lot's part of a gain, to the cent. Columns for shares and for what is paid appear where they are known. */
export function PartsTable({ parts, caption }: { parts: readonly ShownPart[]; caption: string }) {
  const shares = parts.some((part) => part.shares !== undefined);
  const paid = parts.some((part) => part.paidCents !== undefined);
  const columns = [
    { name: "Holder" },
    ...(shares ? [{ name: "Of the token", numeric: true }] : []),
    { name: "Part", numeric: true },
    ...(paid ? [{ name: "Paid", numeric: true }] : []),
  ];
  const rows = parts.map((part) => ({
    key: part.lotId,
    cells: [
      <Link key="holder" to={`/people/${part.handle}`} className="[overflow-wrap:anywhere]">
        {part.holder}
      </Link>,
      ...(shares ? [part.shares === undefined ? "" : formatPercentOfToken(part.shares)] : []),
      part.cut ? `${formatCents(part.cents)} (its payout cap)` : formatCents(part.cents),
      ...(paid ? [part.paidCents === undefined ? "" : formatCents(part.paidCents)] : []),
    ],
  }));
  return <Table caption={caption} columns={columns} rows={rows} />;
}
