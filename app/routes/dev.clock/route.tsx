import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requireOperator } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Facts, PageHead, Section } from "~/components/ui/page";
import { moveTheClock } from "~/features/clock/move-the-clock.server";
import { hasMovableClock } from "~/features/clock/queries.server";
import { formatInstant } from "~/lib/dates";
import type { FormProblem } from "~/lib/form-problem";

export const meta: MetaFunction = () => [
  { title: "Clock · Belay" },
  { name: "robots", content: "noindex" },
];

const NOT_FORWARD = "The clock only moves forward, by twenty years at most. Choose a later time.";

export async function loader({ request }: LoaderFunctionArgs) {
  if (!hasMovableClock()) throw new Response("Not found", { status: 404 });
  await requireOperator(request);
  return {
    now: formatInstant(getClock().now(), "UTC"),
    keys: [newIdempotencyKey(), newIdempotencyKey(), newIdempotencyKey()],
  };
}

export async function action({ request }: ActionFunctionArgs) {
  if (!hasMovableClock()) throw new Response("Not found", { status: 404 });
  const actor = await requireOperator(request);
  const form = await readForm(request);
  const result = await moveTheClock({
    actor,
    input: form.values,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (!result.ok) return refused(result.error, form, { not_forward: NOT_FORWARD });
  return redirect("/dev/clock");
}

export default function DevClock() {
  const { now, keys } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Clock">
        Here you move the time of this installation forward, for everyone, and never back. What
        comes due on the way is done at once: signed offers settle, open offers lapse.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Facts items={[{ name: "It is now", value: now }]} />
      <Section title="Move forward">
        <Step
          how="hours"
          idempotencyKey={keys[0]}
          label="Hours"
          initial="1"
          problem={problem}
          act="Move forward by these hours"
        />
        <Step
          how="days"
          idempotencyKey={keys[1]}
          label="Days"
          initial="7"
          problem={problem}
          act="Move forward by these days"
        />
        <Step
          how="date"
          idempotencyKey={keys[2]}
          label="Day (begins at 00:00 UTC)"
          initial=""
          problem={problem}
          act="Move to this day"
        />
      </Section>
    </>
  );
}

function Step(props: {
  how: "hours" | "days" | "date";
  idempotencyKey: string | undefined;
  label: string;
  initial: string;
  problem: FormProblem | undefined;
  act: string;
}) {
  const { how } = props;
  const mine = props.problem?.values.how === how ? props.problem : undefined;
  return (
    <Form method="post" key={props.idempotencyKey} className="mb-10" noValidate>
      <IdempotencyKey value={props.idempotencyKey ?? ""} />
      <input type="hidden" name="how" value={how} />
      <Field
        name={how}
        label={props.label}
        type={how === "date" ? "date" : "number"}
        inputMode={how === "date" ? "text" : "numeric"}
        defaultValue={props.initial}
        problem={mine}
        required
      />
      <Button kind="plain">{props.act}</Button>
    </Form>
  );
}
