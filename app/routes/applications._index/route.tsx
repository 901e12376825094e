import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Day } from "~/components/ui/numbers";
import { Badge, Empty, PageHead, Table } from "~/components/ui/page";
import { listOwnApplications } from "~/features/applications/queries.server";
import { APPLICATION_STATES } from "~/features/applications/words";
import { deadlineOf } from "~/lib/dates";

export const meta: MetaFunction = () => [{ title: "Your applications · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const rows = await listOwnApplications(actor);
  return {
    applications: rows.map((row) => ({
      id: row.id,
      cohort: row.cohortTitle,
      state: row.state,
      changedAt: row.updatedAt.toISOString(),
      deadline: deadlineOf(row.closesAt, row.timeZone, now),
    })),
  };
}

export default function Applications() {
  const { applications } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Your applications" />
      {applications.length === 0 ? (
        <Empty>
          You have not applied anywhere yet. <Link to="/cohorts">Look at the open cohorts</Link>: a
          draft is yours alone until you submit it.
        </Empty>
      ) : (
        <Table
          caption="Your applications"
          columns={[
            { name: "Cohort" },
            { name: "State" },
            { name: "Last changed" },
            { name: "Deadline" },
          ]}
          rows={applications.map((application) => ({
            key: application.id,
            cells: [
              <Link
                key="cohort"
                to={`/applications/${application.id}`}
                className="[overflow-wrap:anywhere]"
              >
                {application.cohort}
              </Link>,
              <Badge key="state">{APPLICATION_STATES[application.state]}</Badge>,
              <Day key="changed" day={application.changedAt} />,
              <span key="deadline">
                <Deadline of={application.deadline} />
              </span>,
            ],
          }))}
        />
      )}
    </>
  );
}
