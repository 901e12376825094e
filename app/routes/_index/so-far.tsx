import { Link } from "@remix-run/react";
import { Drawing } from "~/components/ui/drawing";
import { Money, Multiple } from "~/components/ui/numbers";
import { Section, Table } from "~/components/ui/page";
import type { getSoFar } from "~/features/records/so-far.server";

export type SoFar = Awaited<ReturnType<typeof getSoFar>>;

/** The sums of all investments so far, as of an instant that is said. */
export function Sums({ soFar }: { soFar: SoFar }) {
  const { investments, students, teachers } = soFar;
  const lines = [
    {
      name: `Paid into ${students === 1 ? "1 student" : `${students} students`}`,
      cents: soFar.paidInCents,
    },
    { name: "Come back to holders", cents: soFar.distributedCents },
    { name: "Of it in confirmed cash", cents: soFar.confirmedCents },
  ];
  return (
    <section aria-labelledby="so-far">
      <h2 id="so-far" className="text-lg">
        What has come of it so far
      </h2>
      <dl className="mt-3">
        {lines.map(({ name, cents }) => (
          <div
            key={name}
            className="flex items-baseline justify-between gap-4 border-t border-rule py-2"
          >
            <dt className="text-ink-soft">{name}</dt>
            <dd className="text-xl">
              <Money cents={cents} whole />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-1 text-sm text-ink-soft">
        {investments === 1 ? "1 investment" : `${investments} investments`} of{" "}
        {teachers === 1 ? "1 teacher" : `${teachers} teachers`}, as of {soFar.asOf}.
      </p>
    </section>
  );
}

/** What each investment became, and the records with most of them. */
export function Outcomes({ soFar: { chart, records } }: { soFar: SoFar }) {
  if (!chart) return null;
  return (
    <Section title="What became of each investment" id="outcomes">
      <Drawing html={chart} />
      <Table
        caption="Records with the most investments"
        columns={[
          { name: "Records with the most investments" },
          { name: "Investments", numeric: true },
          { name: "Paid in", numeric: true },
          { name: "DPI in confirmed cash", numeric: true },
        ]}
        rows={records.map((record) => ({
          key: record.handle,
          cells: [
            <Link key="name" to={`/teachers/${record.handle}`} className="[overflow-wrap:anywhere]">
              {record.displayName}
            </Link>,
            String(record.investments),
            <Money key="paid" cents={record.paidInCents} whole />,
            <Multiple key="dpi" ratio={record.dpi} />,
          ],
        }))}
      />
      <p className="mt-3 max-w-[68ch] text-sm text-ink-soft">
        DPI is cash that came back for each dollar paid in. Listed by the number of investments, not
        by how well they went. <Link to="/teachers">All records</Link>
      </p>
    </Section>
  );
}
