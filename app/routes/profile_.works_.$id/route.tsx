import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { PageHead, Section } from "~/components/ui/page";
import { APPLICATION_MESSAGES } from "~/features/applications/words";
import { WorkForm } from "~/features/applications/work-form";
import { editWork, removeWork } from "~/features/applications/works.server";
import { findOwnWork } from "~/features/applications/works-queries.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.work.title ?? "Work"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const work = await findOwnWork(await requirePerson(request), params.id);
  if (!work) throw new Response("Not found", { status: 404 });
  return { work, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const { idempotencyKey } = form;
  const call = { actor, idempotencyKey, now: getClock().now() };
  const remove = form.values.intent === "remove";
  const result = remove
    ? await removeWork({ ...call, input: { workId: params.id } })
    : await editWork({
        ...call,
        input: { ...form.values, workId: params.id, file: form.files.file },
      });
  return result.ok
    ? redirectSaying("/profile/works", remove ? "work-removed" : "work-kept")
    : refused(result.error, form, APPLICATION_MESSAGES);
}

export default function WorkPage() {
  const { work, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title={work.title}
        trail={[
          { to: "/profile", name: "Your profile" },
          { to: "/profile/works", name: "Your works" },
        ]}
      />
      <ErrorSummary problem={problem} />
      <WorkForm {...{ work, problem, idempotencyKey }} />
      <Section title="Remove it">
        <p className="mb-4 max-w-[68ch]">
          It leaves your collection and every application that shows it, with its file. This cannot
          be undone.
        </p>
        <Form method="post">
          <IdempotencyKey value={`${idempotencyKey}-remove`} />
          <input type="hidden" name="intent" value="remove" />
          <Button kind="danger">Remove this work</Button>
        </Form>
      </Section>
    </>
  );
}
