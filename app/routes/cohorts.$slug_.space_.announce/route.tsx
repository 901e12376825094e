import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { readForm, refused } from "~/auth/form.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { postAnnouncement } from "~/features/learning/post-announcement.server";
import { presentSpace } from "~/features/learning/present.server";
import { notHere, requireSpace } from "~/features/learning/space-route.server";
import { spacePath, trailOf } from "~/features/learning/words";

export const meta: MetaFunction = () => [{ title: "Write an announcement · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { space, idempotencyKey } = await requireSpace(request, params.slug);
  if (!space.teaches) throw notHere();
  return { ...presentSpace(space), idempotencyKey };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, space } = await requireSpace(request, params.slug);
  const form = await readForm(request);
  const result = await postAnnouncement({
    actor,
    input: { ...form.values, cohortId: space.cohort.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirectSaying(spacePath(space.cohort.slug), "announcement-sent")
    : refused(result.error, form);
}

export default function Announce() {
  const { slug, title, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Write an announcement" trail={trailOf({ slug, title })}>
        Everybody in the cohort reads it in the space, and gets it by mail unless they stopped such
        mail. It cannot be taken back.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Field name="title" label="Title" maxLength={120} problem={problem} />
        <Field
          name="body"
          label="What you want to say"
          hint="Markdown works: **bold**, lists, links."
          rows={8}
          problem={problem}
        />
        <Button>Tell everybody in the cohort</Button>
      </Form>
    </>
  );
}
