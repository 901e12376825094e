import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { countConcerned } from "~/features/applications/queries.server";
import { cancelCohort } from "~/features/cohorts/cancel-cohort.server";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { loadSetUp, setUpTrail } from "~/features/cohorts/set-up.server";
import { ALLOWED } from "~/features/cohorts/stages";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Cancel ${data?.title ?? "a cohort"} · Belay` },
];

/** The cohort for one of its leads; 404 for others. */
async function loadForLead(request: Request, slug: string | undefined) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const found = await loadSetUp(actor, slug, now);
  if (!found.lead) throw new Response("Not found", { status: 404 });
  return { actor, now, ...found };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { cohort, staff, stage } = await loadForLead(request, params.slug);
  const { applicants } = await countConcerned(cohort.id);
  return {
    title: cohort.title,
    slug: cohort.slug,
    trail: setUpTrail(cohort),
    possible: ALLOWED.cancel.includes(stage),
    told: applicants + staff.length - 1,
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, cohort, now } = await loadForLead(request, params.slug);
  const form = await readForm(request);
  const input = { cohortId: cohort.id, reason: form.values.reason };
  const result = await cancelCohort({ actor, input, idempotencyKey: form.idempotencyKey, now });
  return result.ok
    ? redirectSaying(`/teach/cohorts/${cohort.slug}/setup`, "cohort-cancelled")
    : refused(result.error, form, COHORT_MESSAGES);
}

export default function Cancel() {
  const { title, slug, trail, possible, told, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  if (!possible && !problem)
    return (
      <PageHead title={`${title} can no longer be cancelled`} trail={trail}>
        A cohort is cancelled before it begins, and once.{" "}
        <Link to={`/teach/cohorts/${slug}/setup`}>See how it stands</Link>
      </PageHead>
    );
  return (
    <>
      <PageHead title={`Cancel ${title}?`} trail={trail}>
        {told === 0
          ? "Nobody has applied yet, so nobody has to be told. It cannot be taken back."
          : `${told} ${told === 1 ? "person gets" : "people get"} a message with your reason: who has begun an application or applied, who has a place, and who works on it with you. It cannot be taken back.`}
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Field
          name="reason"
          label="Why it does not take place"
          rows={4}
          hint="Everybody who is told reads it, and it stands on the cohort’s page."
          problem={problem}
        />
        <div className="flex flex-wrap items-center gap-4">
          <Button kind="danger">Cancel the cohort</Button>
          <Link to={`/teach/cohorts/${slug}/setup`}>Keep it</Link>
        </div>
      </Form>
    </>
  );
}
