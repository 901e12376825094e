import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { ActionLink, Badge, PageHead, Section } from "~/components/ui/page";
import { Answers } from "~/features/applications/answers";
import { decideApplication } from "~/features/applications/decide-application.server";
import { DecisionForm } from "~/features/applications/decision-forms";
import { ProfileShown } from "~/features/applications/profile-shown";
import { APPLICATION_MESSAGES, APPLICATION_STATES } from "~/features/applications/words";
import { scoreApplication } from "~/features/reviews/score-application.server";
import { onScoreFields, ScoreForm, scoresOf } from "~/features/reviews/score-form";
import { loadReview } from "./review.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "Application"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  return {
    ...(await loadReview(actor, params.id, getClock().now())),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const { intent, ...values } = form.values;
  const call = {
    actor,
    input: { ...values, scores: scoresOf(values), applicationId: params.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  };
  const result = intent === "score" ? await scoreApplication(call) : await decideApplication(call);
  return result.ok
    ? redirectSaying(
        `/teach/applications/${params.id}`,
        intent === "score" ? "score-kept" : "decision-sent",
      )
    : refused(onScoreFields(result.error), form, APPLICATION_MESSAGES);
}

export default function ReviewApplication() {
  const file = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const score = {
    criteria: file.criteria,
    scores: file.review?.scores ?? {},
    note: file.review?.note ?? "",
  };
  return (
    <>
      <PageHead
        title={file.name}
        trail={[
          { to: "/teach", name: "Teaching" },
          { to: `/teach/cohorts/${file.cohortSlug}`, name: file.cohortTitle },
        ]}
      >
        <Badge tone={file.state === "admitted" ? "gain" : "plain"}>
          {APPLICATION_STATES[file.state]}
        </Badge>{" "}
        Application of {file.submittedOn}. <Link to={`/people/${file.handle}`}>Public page</Link>
      </PageHead>
      <ErrorSummary problem={problem} />
      <Section title="Answers">
        <Answers answers={file.answers} />
      </Section>
      <Section title="Profile">
        <ProfileShown profile={file.profile} />
      </Section>
      {file.state === "submitted" ? (
        <>
          <Section title="Your score">
            <ScoreForm problem={problem} idempotencyKey={file.idempotencyKey} {...score} />
          </Section>
          <Section title="Decide">
            <DecisionForm
              problem={problem}
              idempotencyKey={file.idempotencyKey}
              name={file.name}
              placesLeft={file.placesLeft}
            />
          </Section>
        </>
      ) : (
        <Decided />
      )}
      {file.state === "admitted" ? <Offers /> : null}
    </>
  );
}

function Decided() {
  const { state, decidedOn, decisionMessage, review } = useLoaderData<typeof loader>();
  return (
    <Section title="Decision">
      <p>
        <span className="inline-block first-letter:uppercase">{APPLICATION_STATES[state]}</span>
        {decidedOn ? ` on ${decidedOn}` : ""}.{" "}
        {review?.total ? `Your score was ${review.total} of 5.` : ""}
      </p>
      {decisionMessage ? (
        <blockquote className="mt-4 max-w-[68ch] border-l-2 border-rule pl-4 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {decisionMessage}
        </blockquote>
      ) : null}
    </Section>
  );
}

function Offers() {
  const { id, name, offers } = useLoaderData<typeof loader>();
  return (
    <Section title="Money">
      <ul>
        {offers.map((offer) => (
          <li key={offer.id} className="py-1">
            <Link to={`/offers/${offer.id}`}>
              {offer.amount} for {offer.percent}
            </Link>{" "}
            <Badge tone={offer.tone}>{offer.word}</Badge>
          </li>
        ))}
      </ul>
      {offers.some((offer) => offer.live) ? null : (
        <>
          <p className="my-4 max-w-[68ch]">
            {name} has the place whatever you do here. An offer is a decision of its own.
          </p>
          <ActionLink to={`/teach/applications/${id}/offer`}>Make an offer to {name}</ActionLink>
        </>
      )}
    </Section>
  );
}
