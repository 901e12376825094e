import { Link } from "@remix-run/react";
import { Drawing } from "~/components/ui/drawing";
import { Day, Figure, Money, Multiple } from "~/components/ui/numbers";
import { Section, Table } from "~/components/ui/page";
import { formatCents, formatIrr, formatIrrBasis, formatPercent } from "~/lib/money";
import { type PartProps, Words, Worked } from "./words";

/** The yearly rate, its proof, and what it is where there is not one. */
export function RatePart({ page }: PartProps) {
  const { flows, totals, days, rates } = page;
  const rest = flows.reduce((sum, { worthCents }) => sum + BigInt(worthCents), 0n);
  const several = rates.several.kind === "multiple" ? rates.several.rates : [];
  return (
    <Section title="IRR: how fast" id="irr">
      <Words>
        <p>
          The internal rate of return is the yearly rate at which everything that was paid and came
          is worth nothing together on the first day. Days are whole days of UTC, a year has 365 of
          them, as spreadsheets’ XIRR has it. What is still held counts as if it came on the day of
          the record.
        </p>
      </Words>
      <Table
        caption="Flows of the example, and what each is worth on the first day"
        columns={[
          { name: "Day" },
          { name: "Paid (−) or came", numeric: true },
          { name: "Years later", numeric: true },
          { name: "Worth on the first day", numeric: true },
        ]}
        rows={flows.map((flow) => ({
          key: flow.day,
          cells: [
            <Day key="day" day={flow.day} />,
            <Money key="cents" cents={flow.cents} />,
            <Figure key="years">{flow.years}</Figure>,
            <Money key="worth" cents={flow.worthCents} />,
          ],
        }))}
      />
      <Worked>
        At <strong>{formatIrr(totals.gross.irr)}</strong>,{" "}
        {formatIrrBasis(days, totals.investments)}, the last column adds up to{" "}
        <Money cents={rest} whole />.
      </Worked>
      <Words>
        <p>A rate is never shown without its years and its number of investments. And:</p>
        <ul className="list-disc space-y-2 pl-5">
          <li>
            Some flows have several rates.{" "}
            {rates.severalFlows.map(({ cents }) => formatCents(cents)).join(", ")} a year apart is
            nothing at {several.map((rate) => formatPercent(rate)).join(" and at ")}. Then we show a
            dash ({formatIrr({ kind: rates.several.kind, rate: null })}) and pick none.
          </li>
          <li>
            Where nothing came back and nothing is held, it is{" "}
            {formatIrr({ kind: rates.lost.kind, rate: null })}. On the day of the first investment
            there is no rate yet ({formatIrr({ kind: rates.oneDay.kind, rate: null })}).
          </li>
          <li>
            Under a year after the first flow a yearly rate would only exaggerate: 5% in a quarter
            would read{" "}
            {formatIrr({
              kind: rates.short.kind,
              rate: rates.short.kind === "irr" ? rates.short.rate : null,
            })}
            . We show {formatIrr({ kind: rates.short.kind, rate: "0" }, rates.shortReturn)} instead.
          </li>
          <li>A total’s rate is that of all its flows together, never a mean of rates.</li>
        </ul>
      </Words>
    </Section>
  );
}

/** Gross beside net. */
export function NetPart({ page }: PartProps) {
  const { gross, net } = page.totals;
  return (
    <Section title="Gross and net" id="net">
      <Words>
        <p>
          A teacher may have a token too. When {page.teacher} sells a student’s shares at a gain,
          the holders of her own token get their part. Gross is what she paid and received; net is
          the same, less those parts, on the same day. Shares given to scouts stand beside: she paid
          for them, so the whole cash paid stays in.
        </p>
      </Words>
      <Worked>
        DPI <Multiple ratio={gross.dpi} /> gross, <Multiple ratio={net.dpi} /> net ({gross.dpi} and{" "}
        {net.dpi} exactly); IRR {formatIrr(gross.irr)} gross, {formatIrr(net.irr)} net
      </Worked>
    </Section>
  );
}

/** Who is ranked, and by what. */
export function RankPart({ page }: PartProps) {
  const { rules, estimates, charts } = page;
  const best = estimates.find(({ rank }) => rank?.rank === 1);
  const times = (value: number) => `${value.toFixed(2)}×`;
  return (
    <Section title="Rank: with its doubt" id="rank">
      <Words>
        <p>
          Nobody is ranked with fewer than {rules.rank.positions} unconnected positions of at least{" "}
          {rules.rank.months} months and {rules.rank.cents} each, nor where fewer than{" "}
          {rules.rank.teachers} teachers have so many, nor where teachers differ by no more than
          luck explains. Fewer, younger or smaller investments are luck more than judgement.
        </p>
        <p>
          For each such position we take ln(1 + DPI), less the mean of all teachers’ positions of
          the same year, so that nobody gains by having begun in good years. A teacher’s mean of
          these is then drawn towards everybody’s, by as much as luck may have moved it: few or
          scattered positions are drawn further (an empirical Bayes estimate). The interval holds
          the truth in 95 cases of 100. Read as a factor, 1.20× says: a dollar’s 1 + DPI is 1.2
          times the usual of the same years.
        </p>
      </Words>
      <Drawing html={charts.estimates} />
      {best?.rank ? (
        <Worked>
          {best.teacher}: the plain mean of {best.positions} positions is {times(best.mean)}, the
          estimate {times(best.rank.estimate)}, from {times(best.rank.low)} to{" "}
          {times(best.rank.high)}.
        </Worked>
      ) : null}
      <Words>
        <p>
          Where intervals overlap, the order says little. Teachers without a rank stand last in the{" "}
          <Link to="/teachers">list</Link>, by name; nothing is held against them. Those who have
          closed their account stay in the computation.
        </p>
      </Words>
    </Section>
  );
}

/** Conduct, what cannot be seen, and how to check. */
export function DoubtPart({ page }: PartProps) {
  return (
    <>
      <Section title="Conduct, and what stands beside the money" id="conduct">
        <Words>
          <p>
            Hours taught, feedback given, the median time to answer and students’ own ratings stand
            beside the money, funded and unfunded students counted alike. So do reversals with their
            reason, what is owed since then, and how students left. None of it is mixed into a
            figure of money.
          </p>
        </Words>
      </Section>
      <Section title="What this cannot show" id="limits">
        <Words>
          <p>
            Friends and relatives whom nobody declared. Money that changed hands outside Belay. A
            company whose sale was never declared. Hours are as teachers recorded them. A confirmed
            sale is as good as whoever confirmed it. And {page.lines.length} or even 50 investments
            are few: the past of a teacher is a weak guide to yours.
          </p>
        </Words>
      </Section>
      <Section title="Check it" id="check">
        <Words>
          <p>
            Every number of a record opens its ledger lines. Each record can be downloaded as CSV
            and as a plain-text accounting journal, whose rate other tools recompute, and proved to
            be part of <Link to="/log">the public log</Link>. All numbers that the rules go by stand
            on <Link to="/rules">one page</Link>, dated.
          </p>
        </Words>
      </Section>
    </>
  );
}
