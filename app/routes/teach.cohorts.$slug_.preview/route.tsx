import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { Notice } from "~/components/ui/notice";
import { PageHead, Section } from "~/components/ui/page";
import { QuestionField } from "~/features/applications/question-field";
import { WindowInWords } from "~/features/cohorts/cohort-list";
import { CohortShown, TaughtBy } from "~/features/cohorts/cohort-shown";
import { placesInWords, presentCohort, presentQuestion } from "~/features/cohorts/present";
import { loadSetUp, setUpTrail } from "~/features/cohorts/set-up.server";
import { SetUpTabs } from "~/features/cohorts/set-up-tabs";
import { StakeShown } from "~/features/scouting/stake-shown";
import { renderMarkdown } from "~/lib/markdown.server";
import { formatBps } from "~/lib/money";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Preview of ${data?.cohort.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const { cohort, questions, staff, between } = await loadSetUp(actor, params.slug, now);
  // As it is once it is public, whatever it is now.
  const shown = presentCohort({ ...cohort, state: "published" }, now);
  return {
    trail: setUpTrail(cohort),
    between,
    cohort: shown,
    stake: cohort.finderStakeBps > 0 ? formatBps(cohort.finderStakeBps) : null,
    pitch: renderMarkdown(cohort.pitch),
    places: placesInWords(cohort, shown.stage, cohort.enrolled),
    teachers: staff
      .filter(({ role }) => role !== "reviewer")
      .map(({ handle, displayName }) => ({ handle, displayName })),
    questions,
  };
}

export default function Preview() {
  const { trail, between, cohort, pitch, places, teachers, questions, stake } =
    useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={cohort.title} trail={trail} over={<WindowInWords cohort={cohort} />}>
        {cohort.skill}, with <TaughtBy teachers={teachers} />
      </PageHead>
      <SetUpTabs {...between} at="preview" />
      <Notice tone="plain">
        This is how a student sees it, with the questions as you have them now. Nothing typed here
        is sent or kept.
      </Notice>
      <CohortShown
        {...{ cohort, pitch, places }}
        questions={questions.map((question) => presentQuestion(question))}
      />
      <Section title={`Apply to ${cohort.title}`}>
        <div className="mb-8">
          <StakeShown stake={{ percent: stake, scout: null }} reader="applicant" />
        </div>
        {questions.map((question) => (
          <QuestionField key={question.id} question={question} answer="" problem={undefined} />
        ))}
        <p className="max-w-[68ch] text-ink-soft">
          Below the questions a student also chooses which works of their collection to show.
        </p>
      </Section>
    </>
  );
}
