import { Link } from "@remix-run/react";
import { Day, PartOfToken } from "~/components/ui/numbers";
import { Badge, Table } from "~/components/ui/page";
import { Opens } from "./opens";
import type { CashShown, InvestmentShown } from "./present-record";
import { evidenceWords, markWords } from "./record-words";

/** Every investment since the first, each with what came back by evidence, and how it stands. `on`: the day of the record. */
export function InvestmentsTable({
  investments,
  on,
}: {
  investments: readonly InvestmentShown[];
  on: string;
}) {
  return (
    <Table
      caption="All investments"
      dense
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
        key: line.key,
        cells: [
          <span key="student">
            <Link to={`/people/${line.handle}`} className="wrap-break-word">
              {line.student}
            </Link>{" "}
            <span className="text-sm font-normal text-ink-soft">
              <PartOfToken shares={line.shares} />
            </span>
          </span>,
          <Day key="day" day={line.day} />,
          <Opens key="paid" name={`paid in for ${line.student}`} figure={line.paidIn} />,
          <span key="cash" className="flex flex-col items-start sm:items-end gap-1">
            {line.cash.map((cash) => (
              <CashBack key={cash.standing} cash={cash} student={line.student} />
            ))}
          </span>,
          <span key="value" className="flex flex-col items-start sm:items-end">
            <Opens name={`carried value of ${line.student}`} figure={line.value} />
            {line.markClass && line.markDate && line.markClass !== "ended" ? (
              <span className="text-sm text-ink-soft lg:whitespace-nowrap">
                {markWords(line.markClass, line.markDate, on)}
              </span>
            ) : null}
          </span>,
          <Opens key="multiple" name={`multiple of ${line.student}`} figure={line.multiple} />,
          <span key="outcome">
            <Outcome line={line} />
          </span>,
        ],
      }))}
    />
  );
}

const STANDINGS = { counted: null, unconfirmed: "unconfirmed", early: "within 180 days" };

/** What came back with one standing, and how well it is evidenced. */
function CashBack({ cash, student }: { cash: CashShown; student: string }) {
  const { standing, value, grades } = cash;
  const beside = STANDINGS[standing];
  return (
    <span className="flex flex-col items-start sm:items-end gap-1">
      <Opens name={`${beside ?? "confirmed"} cash back from ${student}`} figure={value} />
      <span className="flex flex-wrap gap-1 sm:justify-end">
        {[...new Set(grades.map(evidenceWords))].map((words) => (
          <Badge key={words} tone={standing === "counted" ? "gain" : "plain"}>
            {words}
          </Badge>
        ))}
        {beside ? <Badge>{beside}</Badge> : null}
      </span>
    </span>
  );
}

function Outcome({ line }: { line: InvestmentShown }) {
  const apart = line.apart ? <> (apart: a relative’s token)</> : null;
  const outcome = () => {
    if (line.reversed) return <s>reversed</s>;
    if (line.endedCause === "cap") return <>ended: its payout cap is paid</>;
    if (line.endedCause === "sunset") return <>ended by its sunset</>;
    if (line.isSold) return <>sold</>;
    return line.hasPaid ? <>held, has paid</> : <>held, nothing yet</>;
  };
  return (
    <>
      {outcome()}
      {apart}
    </>
  );
}
