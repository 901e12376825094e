import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Money, Multiple } from "~/components/ui/numbers";
import { Empty, PageHead, Table } from "~/components/ui/page";
import { listTeachers } from "~/features/records/queries.server";
import { formatIrrBasis } from "~/lib/money";

export const meta: MetaFunction = () => [
  { title: "Teachers · Belay" },
  {
    name: "description",
    content:
      "Teachers and their public records: what they paid in, and what came back in confirmed cash.",
  },
];

export async function loader(_: LoaderFunctionArgs) {
  return { teachers: await listTeachers(getClock().now()) };
}

export default function Teachers() {
  const { teachers } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Teachers">
        Everyone who runs a cohort or has invested in a student, by name. Nobody is ranked. DPI is
        the confirmed cash that came back for each dollar paid in; TVPI adds what is still held, at
        its carried value; IRR is the yearly return of all that.
      </PageHead>
      {teachers.length === 0 ? (
        <Empty>
          Nobody teaches here yet. A teacher stands in this list from their first cohort or
          investment on, for ever.
        </Empty>
      ) : (
        <Table
          caption="Teachers by name"
          columns={[
            { name: "Teacher" },
            { name: "DPI, confirmed", numeric: true },
            { name: "Unconfirmed cash", numeric: true },
            { name: "TVPI", numeric: true },
            { name: "IRR", numeric: true },
            { name: "Record" },
          ]}
          rows={teachers.map(
            ({ handle, displayName, headline, investments, days, gross, irr }) => ({
              key: handle,
              cells: [
                <span key="name" className="[overflow-wrap:anywhere]">
                  <Link to={`/teachers/${handle}`}>{displayName}</Link>
                  {headline ? (
                    <span className="block text-sm font-normal text-ink-soft">{headline}</span>
                  ) : null}
                </span>,
                <Multiple key="dpi" ratio={gross.dpi} />,
                <Money key="unconfirmedCents" cents={gross.unconfirmedCents} />,
                <Multiple key="tvpi" ratio={gross.tvpi} />,
                <span key="irr" className="whitespace-nowrap">
                  {investments === 0 ? "not yet" : irr}
                </span>,
                investments === 0 ? "no investment yet" : formatIrrBasis(days, investments),
              ],
            }),
          )}
        />
      )}
    </>
  );
}
