import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  Link,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
} from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { Badge, PageHead, Section } from "~/components/ui/page";
import { Answers } from "~/features/applications/answers";
import { DecisionForm } from "~/features/applications/decision-forms";
import { ProfileShown } from "~/features/applications/profile-shown";
import { APPLICATION_STATES } from "~/features/applications/words";
import { OthersScores } from "~/features/reviews/others-scores";
import { AUTO, ScoreForm } from "~/features/reviews/score-form";
import {
  CompareForm,
  Discussion,
  Redactions,
  StepBack,
  TagForm,
} from "~/features/reviews/side-forms";
import { StakeShown } from "~/features/scouting/stake-shown";
import { act } from "./act.server";
import { Decided, Neighbours, Offers, OwnScore, Trail } from "./parts";
import { loadReview } from "./review.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "Application"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const search = new URL(request.url).searchParams;
  return {
    ...(await loadReview(actor, params.id, search, getClock().now())),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  return act(actor, params.id ?? "", form, {
    now: getClock().now(),
    search: new URL(request.url).search,
    at: (now) => `${now.toISOString().slice(11, 16)} UTC`,
  });
}

/** A save by itself changes nothing that the page shows but its own time. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  formData,
  defaultShouldRevalidate,
}) => (formData?.get(AUTO) ? false : defaultShouldRevalidate);

export default function ReviewApplication() {
  const file = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const said = problem && "problem" in problem ? problem.problem : undefined;
  return (
    <>
      <PageHead
        title={file.name}
        trail={[
          { to: "/teach", name: "Teaching" },
          { to: file.list.back, name: file.cohortTitle },
        ]}
      >
        <Badge tone={file.state === "admitted" ? "gain" : "plain"}>
          {APPLICATION_STATES[file.state]}
        </Badge>{" "}
        Application of {file.submittedOn}.{" "}
        {file.handle ? <Link to={`/people/${file.handle}`}>Public page</Link> : null}
        {file.hidden ? "Name, profile and links are hidden until you have scored it." : null}
      </PageHead>
      <Neighbours {...file.list} />
      <StakeShown stake={file.stake} reader="teacher" />
      <ErrorSummary problem={said} />
      {file.conflicted ? (
        <p className="max-w-[68ch]">
          You are too close to this person to judge them, so their application is not shown to you.
        </p>
      ) : (
        <Reading key={file.id} />
      )}
      {file.state === "submitted" ? <Decide /> : <Decided {...file} />}
      {file.state === "admitted" && file.teacher ? <Offers {...file} /> : null}
      {file.conflicted ? null : <Trail trail={file.trail} />}
    </>
  );
}

/** Answers, with the rubric beside them where there is room. */
function Reading() {
  const file = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const problem = answer && "problem" in answer ? answer.problem : undefined;
  const { idempotencyKey } = file;
  return (
    <div className="gap-12 lg:grid lg:grid-cols-[minmax(0,1fr)_26rem]">
      <div>
        <Section title="Answers">
          <Answers answers={file.answers} />
        </Section>
        {file.hidden ? null : (
          <Section title="Profile">
            <ProfileShown profile={file.profile} />
          </Section>
        )}
      </div>
      <div className="print:hidden">
        <Section title="Your score" id="score">
          {file.state === "submitted" && file.mayScore ? (
            <ScoreForm
              problem={problem}
              idempotencyKey={idempotencyKey}
              criteria={file.criteria}
              scores={file.review?.scores ?? {}}
              note={file.review?.note ?? ""}
              counts={file.review?.state === "submitted"}
            />
          ) : (
            <OwnScore review={file.review} />
          )}
          {file.state === "submitted" ? (
            <StepBack problem={problem} idempotencyKey={idempotencyKey} maySkip={file.mayScore} />
          ) : null}
          {file.blindFirst && file.state === "submitted" ? (
            <Redactions
              problem={problem}
              idempotencyKey={idempotencyKey}
              redactions={file.redactions}
              hidden={file.hidden}
            />
          ) : null}
          <TagForm problem={problem} idempotencyKey={idempotencyKey} tags={file.tags} />
          <CompareForm
            problem={problem}
            idempotencyKey={idempotencyKey}
            comparable={file.comparable}
            comparisons={file.comparisons}
          />
        </Section>
      </div>
      <div className="lg:col-span-2">
        <Section title="Others’ scores">
          {file.others ? (
            <OthersScores others={file.others} criteria={file.criteria} mean={file.mean} />
          ) : (
            <p className="max-w-[68ch] text-ink-soft">
              You see the others’ scores, their discussion and their tags once you have handed in
              yours, or abstained.
            </p>
          )}
        </Section>
        {file.others ? (
          <Section title="Discussion">
            <Discussion
              problem={problem}
              idempotencyKey={idempotencyKey}
              comments={file.comments}
            />
          </Section>
        ) : null}
      </div>
    </div>
  );
}

function Decide() {
  const file = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (!file.teacher) return null;
  return (
    <Section title="Decide">
      <DecisionForm
        problem={answer && "problem" in answer ? answer.problem : undefined}
        idempotencyKey={file.idempotencyKey}
        name={file.name}
        placesLeft={file.placesLeft}
      />
    </Section>
  );
}
