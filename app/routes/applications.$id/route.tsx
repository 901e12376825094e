import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Day } from "~/components/ui/numbers";
import { ActionLink, Badge, PageHead, Section } from "~/components/ui/page";
import { Answers } from "~/features/applications/answers";
import { Timeline } from "~/features/applications/timeline";
import { withdrawApplication } from "~/features/applications/withdraw-application.server";
import { APPLICATION_MESSAGES, APPLICATION_STATES } from "~/features/applications/words";
import { WorksShown } from "~/features/applications/works-shown";
import { answerPlace } from "~/features/decisions/answer-place.server";
import { PlaceForm } from "~/features/decisions/place-form";
import { DECISION_MESSAGES } from "~/features/decisions/words";
import { loadApplication } from "./application.server";
import { StateInWords } from "./state-in-words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? "Application"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  return loadApplication(actor, params.id ?? "", getClock().now());
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const call = { actor, idempotencyKey: form.idempotencyKey, now: getClock().now() };
  const { answer } = form.values;
  const here = `/applications/${params.id}`;
  if (answer !== undefined) {
    const result = await answerPlace({ ...call, input: { applicationId: params.id, answer } });
    return result.ok
      ? redirectSaying(here, answer === "confirm" ? "place-confirmed" : "place-given-back")
      : refused(result.error, form, DECISION_MESSAGES);
  }
  const result = await withdrawApplication({ ...call, input: { applicationId: params.id } });
  return result.ok
    ? redirectSaying(here, "application-withdrawn")
    : refused(result.error, form, APPLICATION_MESSAGES);
}

export default function ApplicationPage() {
  const found = useLoaderData<typeof loader>();
  const since = found.decidedAt ?? (found.state === "submitted" ? found.submittedAt : null);
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title={`Your application to ${found.title}`}
        trail={[
          { to: "/applications", name: "Your applications" },
          { to: `/cohorts/${found.slug}`, name: found.title },
        ]}
      >
        <Badge tone={found.state === "admitted" ? "gain" : "plain"}>
          {APPLICATION_STATES[found.state]}
        </Badge>{" "}
        {since ? (
          <>
            since <Day day={since} />
          </>
        ) : null}
      </PageHead>
      <ErrorSummary problem={problem} />
      <StateInWords />
      {found.place ? (
        <Section title="Your place" id="place">
          <PlaceForm
            idempotencyKey={found.idempotencyKey}
            state={found.place.state}
            deadline={found.place.deadline ? <Deadline of={found.place.deadline} /> : null}
            mayDecline={found.place.mayDecline}
          />
        </Section>
      ) : null}
      {found.canEdit ? (
        <p className="mt-6">
          <ActionLink to={`/cohorts/${found.slug}/apply`}>
            {found.state === "submitted" ? "Change your answers" : "Go on writing"}
          </ActionLink>
        </p>
      ) : null}
      {found.canUseCode ? (
        <p className="mt-6">
          <Link to={`/cohorts/${found.slug}/late`}>Use a late code</Link>
        </p>
      ) : null}
      <Section title="What happened">
        <Timeline events={found.timeline} />
      </Section>
      {found.state === "draft" ? null : (
        <Section title="What you submitted">
          <Answers answers={found.answers} />
        </Section>
      )}
      {found.works.length > 0 ? (
        <Section title="Works that it shows">
          <WorksShown works={found.works} />
        </Section>
      ) : null}
      {found.canWithdraw ? (
        <Section title="Withdraw">
          <p className="mb-4 max-w-[68ch]">
            {found.teacher} no longer decides about it.{" "}
            {found.canEdit
              ? "Until the deadline you can take it up again, with everything you wrote."
              : "The deadline has passed: you cannot take it up again."}
          </p>
          <Form method="post">
            <IdempotencyKey value={found.idempotencyKey} />
            <Button kind="danger">Withdraw my application</Button>
          </Form>
        </Section>
      ) : null}
    </>
  );
}
