import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Drawing } from "~/components/ui/drawing";
import { Day, Money, Multiple } from "~/components/ui/numbers";
import { Section, Table } from "~/components/ui/page";
import type { MethodPage } from "~/features/records/method.server";
import { formatPercent } from "~/lib/money";

export type PartProps = { page: MethodPage };

/** Text at a measure that reads well. */
export function Words({ children }: { children: ReactNode }) {
  return <div className="mb-4 max-w-[68ch] space-y-3">{children}</div>;
}

/** A computation, set off: what is divided by what. */
export function Worked({ children }: { children: ReactNode }) {
  return (
    <p className="my-4 max-w-[68ch] border-l-2 border-ink-soft py-1 pl-4 tabular-nums">
      {children}
    </p>
  );
}

const CLASSES = {
  cost: "cost",
  price: "a later price",
  written_down: "written down",
  ended: "ended",
} as const;

/** The book that everything after it is computed from. */
export function TheBook({ page }: PartProps) {
  const { teacher, lines, totals } = page;
  return (
    <Section title="An example" id="example">
      <Words>
        <p>
          {teacher} is not real; her book is small enough to check with a pencil. Each line teaches
          one rule. All figures on this page are computed from these {lines.length} lines, as of{" "}
          <Day day={totals.valuationDate} />, by the code that computes every record.
        </p>
      </Words>
      <Table
        caption={`Investments of ${teacher}`}
        columns={[
          { name: "Student" },
          { name: "Invested" },
          { name: "Paid in", numeric: true },
          { name: "Confirmed cash", numeric: true },
          { name: "Beside it", numeric: true },
          { name: "Carried value", numeric: true },
        ]}
        rows={lines.map((line) => ({
          key: line.student,
          cells: [
            <span key="who">
              {line.student}
              <span className="block text-sm font-normal text-ink-soft">{line.lesson}</span>
            </span>,
            <Day key="day" day={line.day} />,
            <Money key="paid" cents={line.paidCents} />,
            <Money key="confirmed" cents={line.confirmedCents} />,
            <Money key="beside" cents={line.besideCents} />,
            <Money key="carried" cents={line.carriedCents} />,
          ],
        }))}
      />
    </Section>
  );
}

/** Paid in, confirmed cash and DPI; what counts in nothing. */
export function CashPart({ page }: PartProps) {
  const { gross } = page.totals;
  const back = BigInt(gross.distributionsCents) + BigInt(gross.proceedsCents);
  const apart = page.lines.filter((line) => line.apart).map(({ student }) => student);
  return (
    <Section title="DPI: cash that came back" id="dpi">
      <Words>
        <p>
          A <strong>position</strong> is everything that one investor ever bought of one student’s
          token. Paid in is all cash paid for it, for ever: what was sold or reversed later stays
          in. DPI (distributed to paid-in) is the confirmed cash that came back for each dollar.
        </p>
        <p>
          Cash is <strong>confirmed</strong> when the buyer of the company or a tax transcript says
          so, when it came of a resale to somebody unconnected, or when a reversal gave it back.
          Other resales count up to what the shares were carried at the day before. All else is
          unconfirmed cash: it stands beside, and in no headline.
        </p>
      </Words>
      <Worked>
        DPI = <Money cents={back} /> confirmed ÷ <Money cents={gross.paidInCents} /> paid in ={" "}
        <strong>
          <Multiple ratio={gross.dpi} />
        </strong>
      </Worked>
      <Words>
        <p>
          Left out of it: <Money cents={gross.unconfirmedCents} /> unconfirmed;{" "}
          <Money cents={gross.earlyCents} /> of a gain that closed within {page.rules.early} days of
          the investment, too soon to say much about teaching; and all of {apart.join(", ")}, a
          relative. Were they counted, DPI would read <Multiple ratio={page.unguardedDpi} />.
        </p>
        {page.reversed ? (
          <p id="reversal">
            {page.reversed}’s investment was <strong>reversed</strong>. A reversal deletes nothing:
            it mirrors the entry, says why, and takes two operators. The cash paid stays paid in,
            what came back is cash on its day, and the line stays in the record, struck through.
            What could not be taken back because it was spent counts when it is repaid.
          </p>
        ) : null}
      </Words>
    </Section>
  );
}

/** What is still held, and what of its price is left. */
export function CarriedPart({ page }: PartProps) {
  const { rules, totals } = page;
  const { gross } = totals;
  const held = page.lines.filter((line) => line.markClass !== null && !line.apart);
  return (
    <Section title="RVPI and TVPI: what is still held" id="carried-value">
      <Words>
        <p>
          Nobody knows what a share of a person’s future is worth, so we do not say “fair value”. We
          say <strong>carried value</strong>, with its class and its age. Shares are carried at what
          was paid for them until a price sets a mark.
        </p>
        <p>
          A higher price counts for a holder only where new holders who are not connected to them
          paid at least {rules.price.part} of it, at least {rules.price.cents}, for at least{" "}
          {rules.price.shares} shares, and the holder is not the seller. A lower price counts from
          anyone. The owner’s written statement, an operator’s finding, or {rules.missedYears} years
          without a declaration take the value to nothing.
        </p>
        <p>
          Connected are relatives and controlled companies, partners in a cohort, one’s scouts,
          whoever holds the other’s token, whoever was paid in the last {rules.paymentMonths}{" "}
          months, and whoever is on a circle of at most {rules.circle} payments or marks in that
          time.
        </p>
        <p>
          A price says less the older it is: it stands in full for {rules.fullMonths} months, then{" "}
          {rules.yearlyPart} of it is left after each further year. It is never more than what is
          left of the deal’s payout cap.
        </p>
      </Words>
      <Drawing html={page.charts.decay} />
      <Table
        caption="Carried values of the example"
        columns={[
          { name: "Student" },
          { name: "Carried at" },
          { name: "Since" },
          { name: "Whole months", numeric: true },
          { name: "Left of it", numeric: true },
          { name: "Carried value", numeric: true },
        ]}
        rows={held.map((line) => ({
          key: line.student,
          cells: [
            line.student,
            line.markClass ? CLASSES[line.markClass] : "",
            <Day key="day" day={line.markDate ?? line.day} />,
            String(line.months),
            line.markClass === "written_down" ? "of nothing" : formatPercent(line.factor),
            <Money key="carried" cents={line.carriedCents} />,
          ],
        }))}
      />
      <Worked>
        RVPI = <Money cents={gross.valueCents} /> carried ÷ <Money cents={gross.paidInCents} /> ={" "}
        <Multiple ratio={gross.rvpi} />
        <br />
        TVPI = (confirmed cash + carried value) ÷ paid in ={" "}
        <strong>
          <Multiple ratio={gross.tvpi} />
        </strong>
      </Worked>
    </Section>
  );
}

/** The middle outcome, and how much hangs on one student. */
export function SpreadPart({ page }: PartProps) {
  const { totals, steps } = page;
  return (
    <Section title="Median and best share: luck or habit" id="median">
      <Words>
        <p>
          One great success can carry a record. The median is what the middle dollar made: positions
          stand from the worst TVPI to the best, and the first at which half of all cash paid in is
          reached is the median. The best share says how much of everything came, and is carried,
          from the largest position.
        </p>
      </Words>
      <Table
        caption="Positions from the worst to the best"
        columns={[
          { name: "Student" },
          { name: "TVPI", numeric: true },
          { name: "Paid in", numeric: true },
          { name: "Paid in so far", numeric: true },
        ]}
        rows={steps.map((step) => ({
          key: step.student,
          cells: [
            <span key="who">
              {step.student}
              {step.isMedian ? <strong>: half is reached here</strong> : null}
            </span>,
            <Multiple key="tvpi" ratio={step.tvpi} />,
            <Money key="paid" cents={step.paidCents} />,
            <Money key="so-far" cents={step.cumulatedCents} />,
          ],
        }))}
      />
      <Worked>
        Median ={" "}
        <strong>
          <Multiple ratio={totals.medianTvpi} />
        </strong>
        , best share = <strong>{formatPercent(totals.bestShare ?? "0")}</strong>
      </Worked>
      <Drawing html={page.charts.outcomes} />
      <Words>
        <p>
          Positions are also summed by the year of their first investment (vintages) and by cohort,
          with the same figures each. The <Link to="/teachers">list of teachers</Link> can be put in
          order of the median.
        </p>
      </Words>
    </Section>
  );
}
