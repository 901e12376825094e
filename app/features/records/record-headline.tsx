import type { ReactNode } from "react";
import { Figure, Money, Multiple, Percent } from "~/components/ui/numbers";
import { Facts, Table } from "~/components/ui/page";
import type { Figures, RecordSummary } from "~/ledger/returns";
import { formatCents, formatIrrBasis } from "~/lib/money";
import type { ShownIrr } from "./shown-irr.server";

/** The figures of a record with at least one investment: DPI in confirmed cash first, all else beside it. */
export function RecordHeadline(props: { summary: RecordSummary; days: number; irr: ShownIrr }) {
  const { summary, days, irr } = props;
  const { gross, investments, students } = summary;
  const back = BigInt(gross.distributionsCents) + BigInt(gross.proceedsCents);
  const basis = formatIrrBasis(days, investments);
  return (
    <>
      <div className="mb-8">
        <p className="text-sm text-ink-soft">DPI in confirmed cash</p>
        <p className="font-serif text-4xl tabular-nums" data-testid="dpi">
          <Multiple ratio={gross.dpi} />
        </p>
        <p className="max-w-[60ch] text-lg">
          Of <Money cents={gross.paidInCents} whole plain /> paid in,{" "}
          <Money cents={back} whole plain /> has come back in confirmed cash.
        </p>
        {gross.unconfirmedCents !== "0" ? (
          <p className="mt-2 max-w-[60ch]" data-testid="unconfirmed">
            Beside it, <Money cents={gross.unconfirmedCents} whole /> of unconfirmed cash: paid, but
            its evidence is not confirmed. It is in no ratio.
          </p>
        ) : null}
        {gross.earlyCents !== "0" ? (
          <p className="mt-2 max-w-[60ch]">
            <Money cents={gross.earlyCents} whole /> came of gains that closed within 180 days of
            the investment. It says little about teaching, and is in no ratio.
          </p>
        ) : null}
      </div>
      <Facts
        items={[
          {
            name: "TVPI",
            value: <Multiple ratio={gross.tvpi} />,
            note: "cash back and the carried value of what is still held",
          },
          {
            name: "RVPI",
            value: <Multiple ratio={gross.rvpi} />,
            note: `${formatCents(gross.valueCents, { whole: true })} carried value of what is still held`,
          },
          {
            name: "IRR",
            value: <Figure>{irr.gross}</Figure>,
            note: `yearly return on what was paid in, ${basis}`,
          },
          { name: "Paid in", value: <Money cents={gross.paidInCents} whole /> },
          {
            name: "Investments",
            value: String(investments),
            note: students === 1 ? "in 1 student" : `in ${students} students`,
          },
          {
            name: "Median",
            value: <Multiple ratio={summary.medianTvpi} />,
            note: "the middle investment’s TVPI, weighted by cash paid in",
          },
          {
            name: "Best share",
            value: <Percent ratio={summary.bestShare} />,
            note: "of all that came back and is held, from the largest position",
          },
          {
            name: "Unconfirmed cash",
            value: <Money cents={gross.unconfirmedCents} whole />,
            note: "in no ratio",
          },
        ]}
      />
    </>
  );
}

/** Gross and net side by side: net is less what the teacher's own holders received because of a sale. */
export function GrossAndNet({ summary, irr }: { summary: RecordSummary; irr: ShownIrr }) {
  const { gross, net } = summary;
  const row = (name: string, of: (figures: Figures) => ReactNode) => ({
    key: name,
    cells: [name, of(gross), of(net)],
  });
  return (
    <Table
      caption="Gross and net figures"
      columns={[
        { name: "Figure" },
        { name: "Gross", numeric: true },
        { name: "Net", numeric: true },
      ]}
      rows={[
        row("Paid in", (figures) => <Money cents={figures.paidInCents} />),
        row("Confirmed cash back", (figures) => (
          <Money cents={BigInt(figures.distributionsCents) + BigInt(figures.proceedsCents)} />
        )),
        row("Unconfirmed cash", (figures) => <Money cents={figures.unconfirmedCents} />),
        row("Carried value", (figures) => <Money cents={figures.valueCents} />),
        row("DPI", (figures) => <Multiple ratio={figures.dpi} />),
        row("RVPI", (figures) => <Multiple ratio={figures.rvpi} />),
        row("TVPI", (figures) => <Multiple ratio={figures.tvpi} />),
        {
          key: "IRR",
          cells: [
            "IRR",
            <Figure key="gross">{irr.gross}</Figure>,
            <Figure key="net">{irr.net}</Figure>,
          ],
        },
      ]}
    />
  );
}
