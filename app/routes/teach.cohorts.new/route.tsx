import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { CohortForm } from "~/features/cohorts/cohort-form";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { openCohort } from "~/features/cohorts/open-cohort.server";
import { questionsOf } from "~/features/cohorts/schema";
import { listTimeZones } from "~/features/cohorts/time-zones.server";

export const meta: MetaFunction = () => [{ title: "Open a cohort · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePerson(request);
  return { zones: listTimeZones(), idempotencyKey: newIdempotencyKey() };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const { questions, fields } = questionsOf(form.values);
  const input = { ...form.values, questions };
  const result = await openCohort({
    actor,
    input,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (result.ok) return redirectSaying(`/teach/cohorts/${result.value.slug}`, "cohort-opened");
  // Empty questions were left out: what is wrong goes back to the field it was typed in.
  const said = Object.entries(result.error.fields ?? {}).map(([name, messages]) => [
    fields.get(name) ?? name,
    messages,
  ]);
  return refused(
    { ...result.error, ...(said.length > 0 ? { fields: Object.fromEntries(said) } : {}) },
    form,
    COHORT_MESSAGES,
  );
}

export default function NewCohort() {
  const { zones, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Open a cohort">
        Everybody can see it at once. People apply within the window; you score, admit or decline,
        and offer money later and apart from that.
      </PageHead>
      <ErrorSummary problem={problem} />
      <CohortForm problem={problem} zones={zones} idempotencyKey={idempotencyKey} />
    </>
  );
}
