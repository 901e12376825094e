import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { readForm, refused } from "~/auth/form.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Empty, PageHead, Section, Table } from "~/components/ui/page";
import { presentHours } from "~/features/learning/present-forms.server";
import { recordHours } from "~/features/learning/record-hours.server";
import { requireSpace } from "~/features/learning/space-route.server";
import { LEARNING_MESSAGES, spacePath, trailOf } from "~/features/learning/words";

export const meta: MetaFunction = () => [{ title: "Hours taught · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, space, idempotencyKey } = await requireSpace(request, params.slug);
  const asked = new URL(request.url).searchParams.get("id");
  return { ...(await presentHours(actor, space, asked, getClock().now())), idempotencyKey };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, space } = await requireSpace(request, params.slug);
  const form = await readForm(request);
  const { sessionId, ...values } = form.values;
  const result = await recordHours({
    actor,
    input: { ...values, ...(sessionId ? { sessionId } : {}), cohortId: space.cohort.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirectSaying(spacePath(space.cohort.slug, "hours"), "hours-recorded")
    : refused(result.error, form, LEARNING_MESSAGES);
}

export default function Hours() {
  const { slug, title, sessionId, form, total, sessions, idempotencyKey } =
    useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Hours you taught" trail={trailOf({ slug, title })}>
        Their sum stands in your public record, beside the money. Count the time you spent with
        students.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" key={sessionId} noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <input type="hidden" name="sessionId" value={sessionId} />
        <Field name="heldOn" label="Day" type="date" defaultValue={form.heldOn} problem={problem} />
        <Field
          name="hours"
          label="Hours"
          hint="With a point, as in 1.5"
          inputMode="decimal"
          defaultValue={form.hours}
          problem={problem}
        />
        <Field
          name="topic"
          label="What it was about"
          maxLength={200}
          defaultValue={form.topic}
          problem={problem}
        />
        <Button>{sessionId ? "Put these hours right" : "Record these hours"}</Button>
      </Form>
      <Section title={`${total} hours in this cohort`}>
        {sessions.length === 0 ? (
          <Empty>You have recorded none yet.</Empty>
        ) : (
          <Table
            caption="Hours that you taught, the latest day first"
            columns={[
              { name: "About" },
              { name: "Day" },
              { name: "Hours", numeric: true },
              { name: "Mistaken?" },
            ]}
            rows={sessions.map((session) => ({
              key: session.id,
              cells: [
                <span key="topic" className="[overflow-wrap:anywhere]">
                  {session.topic}
                </span>,
                session.on,
                session.hours,
                <Link key="change" to={`${spacePath(slug, "hours")}?id=${session.id}`}>
                  Put right<span className="sr-only">: {session.topic}</span>
                </Link>,
              ],
            }))}
          />
        )}
      </Section>
    </>
  );
}
