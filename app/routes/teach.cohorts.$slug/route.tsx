import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { CoTeachers } from "~/features/cohorts/co-teachers";
import { WindowInWords } from "~/features/cohorts/cohort-list";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { listOpenInvitations } from "~/features/cohorts/invitations.server";
import { inviteCoTeacher, withdrawInvitation } from "~/features/cohorts/invite-co-teacher.server";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { presentCohort } from "~/features/cohorts/present";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import { listTeachersOf } from "~/features/cohorts/teachers.server";
import { ApplicationFilter, ApplicationTable } from "~/features/reviews/application-list";
import { KeysNotice } from "~/features/reviews/keys-notice";
import { ListPages } from "~/features/reviews/list-pages";
import { ReviewTabs } from "~/features/reviews/review-tabs";
import { moveInList, useKeys } from "~/features/reviews/use-list-keys";
import { loadList } from "./list.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.cohort.title ?? "Cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const cohort = await getOwnCohort(actor, params.slug ?? "");
  if (!cohort) throw new Response("Not found", { status: 404 });
  const teachers = await listTeachersOf(cohort.id);
  return {
    teachers: teachers.map(({ handle, displayName }) => ({ handle, displayName })),
    invitations: await listOpenInvitations(actor, cohort),
    lead: cohort.staff.lead.includes(actor.id),
    idempotencyKey: newIdempotencyKey(),
    cohort: presentCohort(cohort, now),
    list: await loadList(actor, cohort, new URL(request.url).searchParams),
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
  const { cohort, list, teachers, invitations, lead, idempotencyKey } =
    useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  useKeys(moveInList);
  return (
    <>
      <PageHead title={cohort.title} trail={[{ to: "/teach", name: "Teaching" }]}>
        <WindowInWords cohort={cohort} />
      </PageHead>
      <CohortTabs slug={cohort.slug} at="applications" teaches learns={false} />
      <ReviewTabs slug={cohort.slug} at="list" teaches={list.teacher} />
      <ErrorSummary problem={problem} />
      <section aria-labelledby="applications">
        <h2 id="applications" className="mb-4">
          Applications
        </h2>
        <ApplicationFilter query={list.query} teacher={list.teacher} />
        <KeysNotice>j and k move to the next and the one before, Enter opens.</KeysNotice>
        <ApplicationTable
          applications={list.applications}
          decisions={list.teacher}
          narrowed={list.narrowed}
        />
        <ListPages first={list.first} next={list.next} />
      </section>
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
