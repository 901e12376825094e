import { Link } from "@remix-run/react";
import { Drawing } from "~/components/ui/drawing";
import { Day, Money, Multiple } from "~/components/ui/numbers";
import { Section, Table } from "~/components/ui/page";
import { formatPercent } from "~/lib/money";
import { type PartProps, Words, Worked } from "./words";

const CLASSES = {
  cost: "cost",
  price: "a later price",
  written_down: "written down",
  ended: "ended",
} as const;

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
