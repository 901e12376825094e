import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { takeTry, tooOftenMessage } from "~/auth/limits.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { requireCohort } from "~/features/applications/application-route.server";
import { useLateCode as spendLateCode } from "~/features/applications/use-late-code.server";
import { APPLICATION_MESSAGES } from "~/features/applications/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Late code for ${data?.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePerson(request);
  const { title, slug, teacherName } = await requireCohort(params.slug);
  return { title, slug, teacher: teacherName, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const cohort = await requireCohort(params.slug);
  const form = await readForm(request);
  const tried = await takeTry("late-code", { address: context.clientAddress, account: actor.id });
  if (!tried.ok)
    return refused({ code: "too_often" }, form, { too_often: tooOftenMessage(tried.error) });
  const result = await spendLateCode({
    ...{ actor, input: { cohortId: cohort.id, code: form.values.code } },
    ...{ idempotencyKey: form.idempotencyKey, now: getClock().now() },
  });
  return result.ok
    ? redirectSaying(`/cohorts/${cohort.slug}/apply`, "late-code-used")
    : refused(result.error, form, APPLICATION_MESSAGES);
}

export default function LateCode() {
  const { title, slug, teacher, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Use a late code" trail={[{ to: `/cohorts/${slug}`, name: title }]}>
        With a code from {teacher} you can write after the deadline, until the code’s own.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Field name="code" label="Code" autoComplete="off" maxLength={100} problem={problem} />
        <Button>Use the code</Button>
      </Form>
    </>
  );
}
