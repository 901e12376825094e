import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { readForm, refused } from "~/auth/form.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { DraftForm } from "~/components/ui/unsaved";
import { presentWorkForm } from "~/features/learning/present-forms.server";
import { showWork } from "~/features/learning/show-work.server";
import { requireSpace } from "~/features/learning/space-route.server";
import { LEARNING_MESSAGES, spacePath, trailOf } from "~/features/learning/words";

export const meta: MetaFunction = () => [{ title: "Show a piece of work · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, space, idempotencyKey } = await requireSpace(request, params.slug);
  const asked = new URL(request.url).searchParams.get("id");
  return { ...(await presentWorkForm(actor, space, asked)), idempotencyKey };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, space } = await requireSpace(request, params.slug);
  const form = await readForm(request);
  const { workId, ...values } = form.values;
  const result = await showWork({
    actor,
    input: { ...values, ...(workId ? { workId } : {}), cohortId: space.cohort.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (!result.ok) return refused(result.error, form, LEARNING_MESSAGES);
  return redirectSaying(spacePath(space.cohort.slug, "works", result.value.workId), "work-shown");
}

export default function ShowWork() {
  const { slug, cohortTitle, workId, work, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title={workId ? "Change your piece of work" : "Show a piece of work"}
        trail={trailOf({ slug, title: cohortTitle })}
      >
        Everybody in the cohort sees it. Your teachers give feedback on it, as on an update.
      </PageHead>
      <ErrorSummary problem={problem} />
      <DraftForm problem={problem}>
        <IdempotencyKey value={idempotencyKey} />
        <input type="hidden" name="workId" value={workId} />
        <Field name="title" label="Title" defaultValue={work.title} problem={problem} />
        <Field
          name="url"
          label="Address"
          type="url"
          hint="Where it can be seen, if it can be seen on the web."
          defaultValue={work.url}
          problem={problem}
        />
        <Field
          name="description"
          label="What it is, and what you want to know about it"
          hint="Markdown works: **bold**, lists, links."
          rows={8}
          defaultValue={work.description}
          problem={problem}
        />
        <Button>{workId ? "Show it as changed" : "Show it to the cohort"}</Button>
      </DraftForm>
    </>
  );
}
