import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { Badge, Empty, Facts, PageHead, Section, Table } from "~/components/ui/page";
import { listApplicationsToReview } from "~/features/applications/queries.server";
import { APPLICATION_STATES } from "~/features/applications/words";
import { CoTeachers } from "~/features/cohorts/co-teachers";
import { WindowInWords } from "~/features/cohorts/cohort-list";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { listOpenInvitations } from "~/features/cohorts/invitations.server";
import { inviteCoTeacher, withdrawInvitation } from "~/features/cohorts/invite-co-teacher.server";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { presentCohort } from "~/features/cohorts/present";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import { listTeachersOf } from "~/features/cohorts/teachers.server";
import { formatTotal } from "~/features/reviews/rules";
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
  const teachers = await listTeachersOf(cohort.id);
  return {
    teachers: teachers.map(({ handle, displayName }) => ({ handle, displayName })),
    invitations: await listOpenInvitations(actor, cohort),
    lead: cohort.staff.lead.includes(actor.id),
    idempotencyKey: newIdempotencyKey(),
    cohort: presentCohort(cohort, now),
    enrolled: String(cohort.enrolled),
    applications: rows.map((row) => ({
      id: row.id,
      name: row.applicantName,
      state: row.state,
      score: row.totalMilli === null ? null : formatTotal(row.totalMilli),
      submittedOn: row.submittedAt ? formatDate(row.submittedAt) : "",
    })),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const cohort = await getOwnCohort(actor, params.slug ?? "");
  if (!cohort) throw new Response("Not found", { status: 404 });
  const form = await readForm(request);
  const { intent, ...values } = form.values;
  const call = { actor, idempotencyKey: form.idempotencyKey, now: getClock().now() };
  const result =
    intent === "withdraw"
      ? await withdrawInvitation({ ...call, input: values })
      : await inviteCoTeacher({ ...call, input: { ...values, cohortId: cohort.id } });
  return result.ok
    ? redirect(`/teach/cohorts/${cohort.slug}#teachers`)
    : refused(result.error, form, COHORT_MESSAGES);
}

export default function OwnCohort() {
  const { cohort, enrolled, applications, teachers, invitations, lead, idempotencyKey } =
    useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const waiting = applications.filter((application) => application.state === "submitted").length;
  return (
    <>
      <PageHead title={cohort.title} trail={[{ to: "/teach", name: "Teaching" }]}>
        <WindowInWords cohort={cohort} />
      </PageHead>
      <CohortTabs slug={cohort.slug} at="applications" teaches learns={false} />
      <ErrorSummary problem={problem} />
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
      <CoTeachers
        teachers={teachers}
        invitations={invitations}
        lead={lead}
        problem={problem}
        idempotencyKey={idempotencyKey}
      />
    </>
  );
}
