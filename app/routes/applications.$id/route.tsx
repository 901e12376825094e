import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Day } from "~/components/ui/numbers";
import { ActionLink, Badge, PageHead, Section } from "~/components/ui/page";
import { Answers } from "~/features/applications/answers";
import { listTimeline } from "~/features/applications/events.server";
import { getOwnApplication } from "~/features/applications/queries.server";
import { canWithdraw, editProblem, writableUntil } from "~/features/applications/rules";
import { Timeline } from "~/features/applications/timeline";
import { withdrawApplication } from "~/features/applications/withdraw-application.server";
import { APPLICATION_MESSAGES, APPLICATION_STATES } from "~/features/applications/words";
import { listShownWorks } from "~/features/applications/works-queries.server";
import { WorksShown } from "~/features/applications/works-shown";
import { deadlineOf } from "~/lib/dates";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? "Application"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const found = await getOwnApplication(actor, params.id ?? "");
  if (!found) throw new Response("Not found", { status: 404 });
  const { application, cohort, teacher, answers } = found;
  const { state } = application;
  const time = { ...cohort, lateUntil: application.lateUntil, reviseBy: application.reviseBy };
  const [timeline, works] = await Promise.all([
    listTimeline(application.id, "applicant"),
    listShownWorks(application.id),
  ]);
  const problem = editProblem(state, time, now);
  return {
    title: cohort.title,
    slug: cohort.slug,
    teacher: teacher?.displayName ?? "",
    state,
    submittedAt: application.submittedAt?.toISOString() ?? null,
    decidedAt: application.decidedAt?.toISOString() ?? null,
    decisionMessage: application.decisionMessage ?? "",
    deadline: deadlineOf(writableUntil(state, time), cohort.timeZone, now),
    canEdit: problem === null,
    canUseCode: problem === "window_closed" && state !== "revise",
    canWithdraw: canWithdraw(state),
    answers,
    works,
    timeline: timeline.map(({ id, at, kind, data }) => ({
      ...{ id: String(id), kind, data },
      at: deadlineOf(at, cohort.timeZone, now),
    })),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const input = { applicationId: params.id };
  const result = await withdrawApplication({
    actor,
    input,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirectSaying(`/applications/${params.id}`, "application-withdrawn")
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
            {found.teacher} no longer decides about it. Until the deadline you can take it up again,
            with everything you wrote.
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

function StateInWords() {
  const { state, teacher, deadline, decisionMessage } = useLoaderData<typeof loader>();
  const until = <Deadline of={deadline} />;
  const words = {
    draft: <>Nobody but you sees this draft. Submit it by {until}.</>,
    submitted: (
      <>
        {teacher} reads it. You can change it until {until}, and you get a message when it is
        decided.
      </>
    ),
    withdrawn: <>You have withdrawn it. Until {until} you can take it up again.</>,
    admitted: `${teacher} has admitted you. Your place, the feedback and the certificate do not depend on selling shares of your token.`,
    waitlisted: "You are on the waitlist. You get a message when a place becomes free.",
    revise: (
      <>
        {teacher} asks you to revise your answers and submit them again by {until}.
      </>
    ),
    deferred: `${teacher} keeps your application for the next cohort.`,
    declined: `${teacher} has decided not to offer you a place this time.`,
  };
  return (
    <>
      <p className="max-w-[68ch]">{words[state]}</p>
      {decisionMessage ? (
        <blockquote className="mt-4 max-w-[68ch] border-l-2 border-rule pl-4 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {decisionMessage}
        </blockquote>
      ) : null}
      {state === "admitted" ? (
        <p className="mt-4">
          <Link to="/offers">See whether there is an offer</Link>
        </p>
      ) : null}
    </>
  );
}
