import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm } from "~/auth/form.server";
import { requireOperator } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Empty, PageHead, Section, Table } from "~/components/ui/page";
import { ProveForm } from "~/features/people/prove-form";
import { askProof } from "~/features/people/prove-identity.server";
import { closeOpening } from "~/features/public-log/close-opening.server";
import {
  type ClosingPreview,
  listClosings,
  previewClosing,
} from "~/features/public-log/openings.server";
import { type Check, TwoSteps } from "~/features/treasury/two-steps";
import { inTwoSteps } from "~/features/treasury/two-steps.server";
import { formatInstant } from "~/lib/dates";

export const meta: MetaFunction = () => [{ title: "Openings of the log · Belay" }];

const MESSAGES = {
  not_found: "No entry has this id. Look it up under /log/open/…, where it stands as “id”.",
  not_closable:
    "This opening stays: the entry is not in the log yet (try again in a minute), or it says itself that something is withheld, or names a key.",
  needs_another: "You have asked for this. Another operator must do it: one alone hides nothing.",
  already_decided: "Two operators have taken this opening away already.",
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
  const asked = await askProof(request, form, context);
  if (asked) return asked;
  return inTwoSteps(form, {
    messages: MESSAGES,
    preview: previewClosing,
    perform: (input, idempotencyKey) =>
      closeOpening({ actor, input, idempotencyKey, now: getClock().now() }),
    done: ({ state }) =>
      redirectSaying("/desk/openings", state === "closed" ? "opening-closed" : "opening-asked"),
  });
}

type Closing = ReturnType<typeof useLoaderData<typeof loader>>["closings"][number];

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
                hint="As it stands under “id” in /log/open/…, or in the party’s own proof."
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
              <Closings closings={closings} />
            )}
          </Section>
        </>
      )}
    </TwoSteps>
  );
}

function Closings({ closings }: { closings: readonly Closing[] }) {
  return (
    <Table
      caption="Openings that operators asked to take away, those that wait first"
      columns={[{ name: "Entry" }, { name: "Asked" }, { name: "Why" }, { name: "Second operator" }]}
      rows={closings.map((one) => ({
        key: one.entryId,
        cells: [
          <span key="entry">
            {one.kind.replaceAll("_", " ")}, {one.isPublic ? "public" : "private"}
            <br />
            <code className="text-sm text-ink-soft [overflow-wrap:anywhere]">{one.entryId}</code>
          </span>,
          `by ${one.firstBy}, ${one.asked}`,
          one.reason,
          one.closed ? (
            `${one.secondBy}, ${one.closed}`
          ) : one.mine ? (
            "waits for another operator"
          ) : (
            <Link key="second" to={`?entry=${one.entryId}`}>
              Be the second
            </Link>
          ),
        ],
      }))}
    />
  );
}

/** What the last button does, in words: the first operator asks, the second does it. */
function checkOf({ kind, recordedAt, isPublic, parties, first }: ClosingPreview): Check {
  const what = isPublic
    ? "Its text is withheld from everybody with the next checkpoint. The log says so in a line of its own, and every record that it concerns says that one text is missing."
    : "Its text is erased. Nobody, its parties included, can prove any more what this line stands for.";
  return {
    title: "Check what will be taken away",
    items: [
      {
        name: "Entry",
        value: `${kind.replaceAll("_", " ")}, ${formatInstant(new Date(recordedAt), "UTC")}`,
      },
      { name: "Who can read it now", value: isPublic ? "everybody" : "its parties" },
      { name: "Concerns", value: parties.join(", ") || "nobody by name" },
      ...(first ? [{ name: `Asked by ${first.by}`, value: first.reason }] : []),
    ],
    said: first
      ? `${what} It cannot be undone.`
      : `Nothing happens yet: another operator must do the same. Then: ${what} That cannot be undone.`,
    act: first ? "Take the opening away" : "Ask for it to be taken away",
    danger: first !== null,
  };
}
