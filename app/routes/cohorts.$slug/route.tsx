import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { findPerson } from "~/auth/session.server";
import { DeadlineFigure, DeadlineNote } from "~/components/ui/deadline";
import { Markdown } from "~/components/ui/markdown";
import { ActionLink, Badge, Facts, PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { findOwnApplication } from "~/features/applications/queries.server";
import { APPLICATION_STATES } from "~/features/applications/words";
import { WindowInWords } from "~/features/cohorts/cohort-list";
import { cohortMeta } from "~/features/cohorts/cohort-meta";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { presentCohort } from "~/features/cohorts/present";
import { getCohortBySlug } from "~/features/cohorts/queries.server";
import { listTeachersOf } from "~/features/cohorts/teachers.server";
import { renderMarkdown } from "~/lib/markdown.server";

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data?.meta ?? [{ title: "Cohort · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const now = getClock().now();
  const cohort = await getCohortBySlug(params.slug ?? "");
  if (!cohort) throw new Response("Not found", { status: 404 });
  const person = await findPerson(request);
  const teachers = await listTeachersOf(cohort.id);
  const application = person ? await findOwnApplication(person, cohort.id) : null;
  const shown = presentCohort(cohort, now);
  const { startsOn, endsOn } = cohort;
  return {
    meta: cohortMeta({ siteUrl: getEnv().appUrl, cohort: shown, startsOn, endsOn, teachers }),
    cohort: shown,
    pitch: renderMarkdown(cohort.pitch),
    questions: cohort.questions.map((question) => question.prompt),
    placesLeft: String(Math.max(0, cohort.capacity - cohort.enrolled)),
    teachers: teachers.map(({ handle, displayName }) => ({ handle, displayName })),
    own: teachers.some((teacher) => teacher.id === person?.id),
    application: application && { id: application.id, state: application.state },
  };
}

export default function CohortPage() {
  const { cohort, pitch, questions, placesLeft, teachers, own, application } =
    useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={cohort.title}
        trail={[{ to: "/cohorts", name: "Cohorts" }]}
        over={<WindowInWords cohort={cohort} />}
      >
        {cohort.skill}, with{" "}
        {teachers.map((teacher, index) => (
          <span key={teacher.handle}>
            {index === 0 ? "" : index === teachers.length - 1 ? " and " : ", "}
            <Link to={`/teachers/${teacher.handle}`}>{teacher.displayName}</Link>
          </span>
        ))}
      </PageHead>
      <CohortTabs
        slug={cohort.slug}
        at="public"
        teaches={own}
        learns={application?.state === "admitted"}
      />
      <NextStep />
      <Section title="What it is">
        <Markdown html={pitch} />
      </Section>
      <Section title="When, and for how many">
        <Facts
          items={[
            {
              name: "Applications open",
              value: <DeadlineFigure of={cohort.opens} />,
              note: <DeadlineNote of={cohort.opens} />,
            },
            {
              name: "Applications close",
              value: <DeadlineFigure of={cohort.closes} />,
              note: <DeadlineNote of={cohort.closes} />,
            },
            { name: "The cohort runs", value: cohort.runs },
            { name: "Places", value: cohort.capacity, note: `${placesLeft} left` },
          ]}
        />
      </Section>
      <Section title="Standard terms of an offer">
        <p className="max-w-[68ch]">
          A place, its feedback and its certificate do not depend on selling shares. If the teacher
          later makes you an offer, these are the terms it starts from:
        </p>
        <ul className="mt-4 max-w-[68ch] list-disc pl-5">
          {cohort.terms.map((term) => (
            <li key={term}>{term}</li>
          ))}
        </ul>
        <p className="mt-4 max-w-[68ch]">
          If you never sell company equity at a gain, you owe nothing.{" "}
          <Link to={`/teachers/${cohort.teacherHandle}`}>See what came of earlier investments</Link>
          , and <Link to="/rules#token">the rules of every offer, with their reasons</Link>.
        </p>
      </Section>
      <Section title="What you are asked">
        <ol className="max-w-[68ch] list-decimal pl-6">
          {questions.map((prompt) => (
            <li key={prompt} className="py-1 [overflow-wrap:anywhere]">
              {prompt}
            </li>
          ))}
        </ol>
      </Section>
    </>
  );
}

function NextStep() {
  const { cohort, own, application } = useLoaderData<typeof loader>();
  if (own)
    return <ActionLink to={`/teach/cohorts/${cohort.slug}`}>See the applications</ActionLink>;
  if (application && application.state !== "withdrawn" && application.state !== "draft") {
    return (
      <p>
        <Badge>{APPLICATION_STATES[application.state]}</Badge>{" "}
        <Link to={`/applications/${application.id}`}>See your application</Link>
      </p>
    );
  }
  if (cohort.phase === "open") {
    return (
      <ActionLink to={`/cohorts/${cohort.slug}/apply`}>
        {application ? "Go on with your application" : "Apply"}
      </ActionLink>
    );
  }
  return (
    <p>
      <Link to="/cohorts">Cohorts that take applications now</Link>
    </p>
  );
}
