import { useActionData, useLoaderData } from "@remix-run/react";
import { Section } from "~/components/ui/page";
import { Answers } from "~/features/applications/answers";
import { ProfileShown } from "~/features/applications/profile-shown";
import { WorksShown } from "~/features/applications/works-shown";
import { OthersScores } from "~/features/reviews/others-scores";
import { ScoreForm } from "~/features/reviews/score-form";
import {
  CompareForm,
  Discussion,
  Redactions,
  StepBack,
  TagForm,
} from "~/features/reviews/side-forms";
import type { act } from "./act.server";
import { OwnScore } from "./parts";
import type { loadReview } from "./review.server";

/** Answers, with the rubric beside them where there is room. */
export function Reading() {
  const file = useLoaderData<typeof loadReview>();
  const answer = useActionData<typeof act>();
  const problem = answer && "problem" in answer ? answer.problem : undefined;
  const { idempotencyKey } = file;
  // Where a form was refused it stays with what was typed, also when it would not be offered any more.
  const refused = problem?.values.intent ?? "";
  return (
    <div className="gap-12 lg:grid lg:grid-cols-[minmax(0,1fr)_26rem]">
      <div>
        <Section title="Answers">
          <Answers answers={file.answers} />
        </Section>
        {file.works.length > 0 ? (
          <Section title="Works">
            <WorksShown works={file.works} />
          </Section>
        ) : null}
        {file.hidden ? null : (
          <Section title="Profile">
            <ProfileShown profile={file.profile} />
          </Section>
        )}
      </div>
      <div className="print:hidden">
        <Section title="Your score" id="score">
          {(file.state === "submitted" && file.mayScore) || ["score", "save"].includes(refused) ? (
            <ScoreForm
              // What another window saved is shown once it is known, and not what this one showed before.
              key={file.review?.revision ?? 0}
              revision={file.review?.revision ?? 0}
              problem={problem}
              idempotencyKey={idempotencyKey}
              criteria={file.criteria}
              scores={file.review?.scores ?? {}}
              note={file.review?.note ?? ""}
              counts={file.review?.state === "submitted"}
            />
          ) : (
            <OwnScore {...file} />
          )}
          {file.state === "submitted" || ["abstain", "conflict"].includes(refused) ? (
            <StepBack
              problem={problem}
              idempotencyKey={idempotencyKey}
              maySkip={file.mayScore || refused === "abstain"}
            />
          ) : null}
          {file.blindFirst && file.state === "submitted" ? (
            <Redactions
              problem={problem}
              idempotencyKey={idempotencyKey}
              redactions={file.redactions}
              byOthers={file.redactedByOthers}
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
        {file.others || refused === "comment" ? (
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
