import { Link } from "@remix-run/react";
import { Day } from "~/components/ui/numbers";
import { Table } from "~/components/ui/page";
import type { PastFigures } from "./past-figures.server";
import { ofAll } from "./past-words";

const COLUMNS = [
  { name: "Cohort" },
  { name: "Applied", numeric: true },
  { name: "Admitted", numeric: true },
  { name: "Took the place", numeric: true },
  { name: "Invested in", numeric: true },
  { name: "Paid since", numeric: true },
];

/** What became of past cohorts, each figure with its n. */
export function PastTable({ cohorts }: { cohorts: readonly PastFigures[] }) {
  return (
    <>
      <Table
        caption="What became of past cohorts"
        columns={COLUMNS}
        rows={cohorts.map((one) => ({
          key: one.slug,
          cells: [
            <span key="cohort" className="[overflow-wrap:anywhere]">
              <Link to={`/cohorts/${one.slug}`}>{one.title}</Link>
              <span className="block text-sm font-normal text-ink-soft">
                {one.cancelled ? (
                  "Cancelled"
                ) : (
                  <>
                    <Day day={one.startsOn} /> to <Day day={one.endsOn} />
                  </>
                )}
              </span>
            </span>,
            one.applications.toLocaleString("en-US"),
            ofAll(one.admitted, one.applications),
            ofAll(one.places, one.admitted),
            ofAll(one.invested, one.places),
            ofAll(one.paid, one.invested),
          ],
        }))}
      />
      <p className="mt-3 max-w-[68ch] text-sm text-ink-soft">
        Applied: sent and not withdrawn. Invested in: a teacher bought shares of their token through
        this cohort. Paid since: of those, who sold company equity at a gain and paid their holders.
        Counted once a cohort has begun.
      </p>
    </>
  );
}
