import { Link } from "@remix-run/react";
import { GradeBadge } from "~/components/ui/grade-badge";
import { Day, Money, Multiple, PartOfToken } from "~/components/ui/numbers";
import { Badge, Table } from "~/components/ui/page";
import type { InvestmentLine } from "./get-record.server";

/** Every investment since the first, each with what came back by evidence, and how it stands. */
export function InvestmentsTable({ investments }: { investments: readonly InvestmentLine[] }) {
  return (
    <Table
      caption="All investments"
      columns={[
        { name: "Student" },
        { name: "Invested" },
        { name: "Paid in", numeric: true },
        { name: "Cash back", numeric: true },
        { name: "Carried value", numeric: true },
        { name: "Multiple", numeric: true },
        { name: "Outcome" },
      ]}
      rows={investments.map((line) => ({
        key: line.lotId,
        cells: [
          <span key="student">
            <Link to={`/people/${line.handle}`} className="[overflow-wrap:anywhere]">
              {line.student}
            </Link>{" "}
            <span className="text-sm font-normal text-ink-soft">
              <PartOfToken shares={line.shares} />
            </span>
          </span>,
          <span key="day" className="whitespace-nowrap">
            <Day day={line.day} />
          </span>,
          <Money key="paidCents" cents={line.paidCents} />,
          <CashBack key="cash" line={line} />,
          <Money key="carriedCents" cents={line.carriedCents} />,
          <Multiple key="multiple" ratio={line.multiple} />,
          <Outcome key="outcome" line={line} />,
        ],
      }))}
    />
  );
}

/** What came back, summed by evidence; early payments apart. */
function CashBack({ line }: { line: InvestmentLine }) {
  if (line.payments.length === 0) return <Money cents="0" />;
  return (
    <span className="flex flex-col items-end gap-1">
      {line.payments.map(({ grade, confirmed, early, cents }) => (
        <span key={`${grade}-${confirmed}-${early}`} className="flex flex-col items-end gap-1">
          <Money cents={cents} />
          <span className="flex flex-wrap justify-end gap-1">
            {grade ? (
              <GradeBadge grade={grade} />
            ) : (
              <Badge>{confirmed ? "on the platform" : "on the platform, unconfirmed"}</Badge>
            )}
            {early ? <Badge>within 180 days</Badge> : null}
          </span>
        </span>
      ))}
    </span>
  );
}

function Outcome({ line }: { line: InvestmentLine }) {
  if (line.reversed) return <s>reversed</s>;
  if (line.endedCause === "cap") return <>ended: its payout cap is paid</>;
  if (line.endedCause === "sunset") return <>ended by its sunset</>;
  if (line.sharesLeft === "0") return <>sold</>;
  return line.payments.length > 0 ? <>held, has paid</> : <>held, nothing yet</>;
}
