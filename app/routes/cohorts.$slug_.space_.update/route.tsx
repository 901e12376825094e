import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { readForm, refused } from "~/auth/form.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { LinkFields } from "~/components/ui/link-fields";
import { Notice } from "~/components/ui/notice";
import { PageHead } from "~/components/ui/page";
import { DraftForm } from "~/components/ui/unsaved";
import { UPDATE_LINKS } from "~/features/learning/limits";
import { presentWeekForm } from "~/features/learning/present-forms.server";
import { requireSpace } from "~/features/learning/space-route.server";
import { LEARNING_MESSAGES, spacePath, trailOf } from "~/features/learning/words";
import { writeUpdate } from "~/features/learning/write-update.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Update of the week of ${data?.inWords ?? ""} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, space, idempotencyKey } = await requireSpace(request, params.slug);
  const query = new URL(request.url).searchParams;
  const form = await presentWeekForm(actor, space, query.get("week"), getClock().now());
  return { ...form, idempotencyKey, saved: query.get("saved") === "1" };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, space } = await requireSpace(request, params.slug);
  const form = await readForm(request);
  const result = await writeUpdate({
    actor,
    input: { ...form.values, cohortId: space.cohort.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (!result.ok) return refused(result.error, form, LEARNING_MESSAGES);
  const { slug } = space.cohort;
  return result.value.state === "published"
    ? redirectSaying(spacePath(slug, "updates", result.value.updateId), "update-published")
    : redirect(`${spacePath(slug, "update")}?week=${form.values.week}&saved=1`);
}

const PARTS = [
  { name: "did", label: "What you did", rows: 6 },
  { name: "learnt", label: "What you learnt", rows: 4 },
  { name: "blocked", label: "What blocks you", rows: 3 },
  { name: "next", label: "What comes next", rows: 3 },
] as const;

export default function WriteUpdate() {
  const { slug, title, week, inWords, published, texts, saved, idempotencyKey } =
    useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title={`Week of ${inWords}`} trail={trailOf({ slug, title })}>
        {published
          ? "This update is published. What you change here is seen by everybody in the cohort."
          : "A draft is yours alone. Published, everybody in the cohort reads it, and your teachers are told."}
      </PageHead>
      {saved && !problem ? (
        <Notice tone="gain" announced>
          Your draft is saved. Nobody but you sees it until you publish.
        </Notice>
      ) : null}
      <ErrorSummary problem={problem} />
      <DraftForm problem={problem}>
        <IdempotencyKey value={idempotencyKey} />
        <input type="hidden" name="week" value={week} />
        {PARTS.map((part) => (
          <Field
            key={part.name}
            {...part}
            hint={part.name === "did" ? "Markdown works: **bold**, lists, links." : undefined}
            defaultValue={texts[part.name]}
            problem={problem}
          />
        ))}
        <h2 className="mt-8 mb-4">Links</h2>
        <LinkFields count={UPDATE_LINKS} links={texts.links} problem={problem} />
        <div className="flex flex-wrap gap-4">
          <Button name="intent" value="publish">
            {published ? "Publish the changes" : "Publish this update"}
          </Button>
          {published ? null : (
            <Button kind="plain" name="intent" value="save">
              Save as a draft
            </Button>
          )}
        </div>
      </DraftForm>
    </>
  );
}
