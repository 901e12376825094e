import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import type { Actor } from "~/auth/actor";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, type ReadForm, readForm, refused } from "~/auth/form.server";
import { requireOperator } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { ProveForm } from "~/features/people/prove-form";
import { askProof } from "~/features/people/prove-identity.server";
import { closeOpening } from "~/features/public-log/close-opening.server";
import { dropClosing } from "~/features/public-log/drop-closing.server";
import { listClosings, previewClosing } from "~/features/public-log/openings.server";
import { TwoSteps } from "~/features/treasury/two-steps";
import { inTwoSteps } from "~/features/treasury/two-steps.server";
import { formatInstant } from "~/lib/dates";
import { Closings, checkOf } from "./closings";

export const meta: MetaFunction = () => [{ title: "Openings of the log · Belay" }];

const MESSAGES = {
  no_such_entry:
    "No entry has this id. Look it up on the entry’s page, /log/entry/…, where it stands as “id”.",
  own_case: "You are a party to this entry: other operators decide.",
  not_closable:
    "This opening stays: the entry is not in the log yet (try again in a minute), or it says itself that something is withheld, or names a key.",
  needs_another:
    "You have asked for this already. It waits for another operator; until then you can take your request back, below.",
  already_decided: "Two operators have taken this opening away already.",
  not_asked: "This request has been ended already.",
};

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireOperator(request);
  const closings = await listClosings();
  return {
    entryId: new URL(request.url).searchParams.get("entry") ?? "",
    idempotencyKey: newIdempotencyKey(),
    closings: closings.map(({ firstAt, closedAt, firstById, ...closing }) => ({
      ...closing,
      asked: formatInstant(firstAt, "UTC"),
      closed: closedAt ? formatInstant(closedAt, "UTC") : null,
      mine: firstById === actor.id,
    })),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireOperator(request);
  const form = await readForm(request);
  if (form.values.step === "drop") return drop(actor, form);
  const asked = await askProof(request, form, context);
  if (asked) return asked;
  return inTwoSteps(form, {
    messages: MESSAGES,
    preview: (input) => previewClosing(actor, input),
    perform: (input, idempotencyKey) =>
      closeOpening({ actor, input, idempotencyKey, now: getClock().now() }),
    done: ({ state }) =>
      redirectSaying("/desk/openings", state === "closed" ? "opening-closed" : "opening-asked"),
  });
}

/** Ends a request that waits: nothing is taken away, so that no fresh proof is asked for. */
async function drop(actor: Actor, form: ReadForm) {
  const dropped = await dropClosing({
    actor,
    input: { entryId: form.values.entryId },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (!dropped.ok) return refused(dropped.error, form, MESSAGES);
  return redirectSaying("/desk/openings", "opening-kept");
}

export default function Openings() {
  const { closings, entryId, idempotencyKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "asked" in answer) return <ProveForm asked={answer.asked} />;
  return (
    <TwoSteps answer={answer} check={checkOf}>
      {({ problem, values }) => (
        <>
          <PageHead title="Openings of the log" trail={[{ to: "/desk", name: "Desk" }]}>
            An opening lets people read what a line of the <Link to="/log">public log</Link> stands
            for. Where a law or a court demands it, two operators together take one away, for good.
            The line itself stays, and so do all numbers.
          </PageHead>
          <ErrorSummary problem={problem} />
          <Section title="Take an opening away">
            <Form method="post" noValidate>
              <IdempotencyKey value={idempotencyKey} />
              <Field
                name="entryId"
                label="The entry’s id in the log"
                hint="As it stands under “id” on its page, /log/entry/…, or in a party’s own proof."
                defaultValue={values.entryId ?? entryId}
                problem={problem}
                required
              />
              <Field
                name="reason"
                label="Why must it not be read?"
                hint="For the audit trail; the first operator’s reason stands. Do not repeat here what must not be read."
                rows={3}
                defaultValue={values.reason}
                problem={problem}
                maxLength={500}
                required
              />
              <Button name="step" value="preview">
                Check what will happen
              </Button>
            </Form>
          </Section>
          <Section title="Asked for and taken away">
            {closings.length === 0 ? (
              <Empty>No opening was ever taken away: everything in the log can be read.</Empty>
            ) : (
              <Closings closings={closings} idempotencyKey={idempotencyKey} />
            )}
          </Section>
        </>
      )}
    </TwoSteps>
  );
}
