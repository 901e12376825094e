import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { Badge, Empty, Facts, PageHead, Section, Table } from "~/components/ui/page";
import { listApplicationsToReview } from "~/features/applications/queries.server";
import { APPLICATION_STATES } from "~/features/applications/words";
import { windowInWords } from "~/features/cohorts/cohort-list";
import { presentCohort } from "~/features/cohorts/present";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import { formatDate } from "~/lib/dates";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.cohort.title ?? "Cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const cohort = await getOwnCohort(actor, params.slug ?? "");
  if (!cohort) throw new Response("Not found", { status: 404 });
  const rows = await listApplicationsToReview(actor, cohort);
  return {
    cohort: presentCohort(cohort, now),
    enrolled: String(cohort.enrolled),
    applications: rows.map((row) => ({
      id: row.id,
      name: row.applicantName,
      state: row.state,
      score: row.score,
      submittedOn: row.submittedAt ? formatDate(row.submittedAt) : "",
    })),
  };
}

export default function OwnCohort() {
  const { cohort, enrolled, applications } = useLoaderData<typeof loader>();
  const waiting = applications.filter((application) => application.state === "submitted").length;
  return (
    <>
      <PageHead title={cohort.title} over={<Link to="/teach">Teaching</Link>}>
        {windowInWords(cohort)}. <Link to={`/cohorts/${cohort.slug}`}>The public page</Link>
      </PageHead>
      <Facts
        items={[
          { name: "Applications", value: String(applications.length) },
          { name: "Waiting for a decision", value: String(waiting) },
          { name: "Places taken", value: `${enrolled} of ${cohort.capacity}` },
          { name: "Runs", value: cohort.runs },
        ]}
      />
      <Section title="Applications">
        {applications.length === 0 ? (
          <Empty>
            Nobody has submitted an application yet. Drafts are not shown: they belong to whoever
            writes them.
          </Empty>
        ) : (
          <Table
            caption="Applications, the oldest first"
            columns={[
              { name: "Applicant" },
              { name: "Submitted" },
              { name: "Your score", numeric: true },
              { name: "State" },
            ]}
            rows={applications.map((application) => ({
              key: application.id,
              cells: [
                <Link
                  key="name"
                  to={`/teach/applications/${application.id}`}
                  className="[overflow-wrap:anywhere]"
                >
                  {application.name}
                </Link>,
                application.submittedOn,
                application.score === null ? "not yet" : `${application.score} of 5`,
                <Badge key="state" tone={application.state === "admitted" ? "gain" : "plain"}>
                  {APPLICATION_STATES[application.state]}
                </Badge>,
              ],
            }))}
          />
        )}
      </Section>
    </>
  );
}
