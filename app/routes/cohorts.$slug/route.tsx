import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { findPerson } from "~/auth/session.server";
import { Notice } from "~/components/ui/notice";
import { ActionLink, Badge, PageHead } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { findOwnApplication } from "~/features/applications/queries.server";
import { APPLICATION_STATES } from "~/features/applications/words";
import { WindowInWords } from "~/features/cohorts/cohort-list";
import { cohortMeta } from "~/features/cohorts/cohort-meta";
import { CohortShown, TaughtBy } from "~/features/cohorts/cohort-shown";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { presentCohort, presentQuestion } from "~/features/cohorts/present";
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
    questions: cohort.questions.map((question) => presentQuestion(question)),
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
        {cohort.skill}, with <TaughtBy teachers={teachers} />
      </PageHead>
      <CohortTabs
        slug={cohort.slug}
        at="public"
        cancelled={cohort.stage === "cancelled"}
        teaches={own}
        learns={application?.state === "admitted"}
      />
      {cohort.cancelled ? (
        <Notice tone="loss">
          Cancelled on {cohort.cancelled.on}: <q>{cohort.cancelled.reason}</q>
        </Notice>
      ) : null}
      <NextStep />
      <CohortShown {...{ cohort, pitch, placesLeft, questions }} />
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
  if (cohort.stage === "open") {
    return (
      <ActionLink to={`/cohorts/${cohort.slug}/apply`}>
        {application ? "Go on with your application" : "Apply"}
      </ActionLink>
    );
  }
  return (
    <p>
      <Link to="/cohorts">Cohorts that take applications now</Link>
      {cohort.stage === "reviewing" ? (
        <>
          {" · "}
          <Link to={`/cohorts/${cohort.slug}/late`}>I have a late code</Link>
        </>
      ) : null}
    </p>
  );
}
