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
import { renderMarkdown } from "~/lib/markdown.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Preview of ${data?.cohort.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const { cohort, questions, staff } = await loadSetUp(actor, params.slug, now);
  const shown = presentCohort(cohort, now);
  return {
    trail: setUpTrail(cohort),
    cohort: shown,
    pitch: renderMarkdown(cohort.pitch),
    places: placesInWords(cohort, shown.stage, cohort.enrolled),
    teachers: staff
      .filter(({ role }) => role !== "reviewer")
      .map(({ handle, displayName }) => ({ handle, displayName })),
    questions,
  };
}

export default function Preview() {
  const { trail, cohort, pitch, places, teachers, questions } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={cohort.title} trail={trail} over={<WindowInWords cohort={cohort} />}>
        {cohort.skill}, with <TaughtBy teachers={teachers} />
      </PageHead>
      <Notice tone="plain">
        This is how a student sees it, with the questions as you have them now. Nothing typed here
        is sent or kept.
      </Notice>
      <CohortShown
        {...{ cohort, pitch, places }}
        questions={questions.map((question) => presentQuestion(question))}
      />
      <Section title={`Apply to ${cohort.title}`}>
        {questions.map((question) => (
          <QuestionField key={question.id} question={question} answer="" problem={undefined} />
        ))}
      </Section>
    </>
  );
}
