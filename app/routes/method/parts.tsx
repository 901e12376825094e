import { Day, Money, Multiple } from "~/components/ui/numbers";
import { Section, Table } from "~/components/ui/page";
import { type PartProps, Words, Worked } from "./words";

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
