import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { readForm, refused } from "~/auth/form.server";
import { findPerson, requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { ActionLink, Badge, PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { findOwnApplication } from "~/features/applications/queries.server";
import { editProblem } from "~/features/applications/rules";
import { APPLICATION_STATES } from "~/features/applications/words";
import { WindowInWords } from "~/features/cohorts/cohort-list";
import { cohortMeta } from "~/features/cohorts/cohort-meta";
import { CohortShown, TaughtBy } from "~/features/cohorts/cohort-shown";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { listPastFigures } from "~/features/cohorts/past-figures.server";
import { PastTable } from "~/features/cohorts/past-table";
import { placesInWords, presentCohort, presentQuestion } from "~/features/cohorts/present";
import { getCohortBySlug } from "~/features/cohorts/queries.server";
import { saveCohort, unsaveCohort } from "~/features/cohorts/save-cohort.server";
import { SaveForm } from "~/features/cohorts/save-form";
import { isSaved } from "~/features/cohorts/saved.server";
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
    places: placesInWords(cohort, shown.stage, cohort.enrolled),
    teachers: teachers.map(({ handle, displayName }) => ({ handle, displayName })),
    past: await listPastFigures(
      teachers.map(({ id }) => id),
      now,
    ),
    saved: person ? await isSaved(person, cohort.id) : null,
    own: teachers.some((teacher) => teacher.id === person?.id),
    application: application && {
      ...{ id: application.id, state: application.state },
      canEdit: editProblem(application.state, { ...cohort, ...application }, now) === null,
    },
  };
}

/** Saves the cohort, or no longer. A visitor signs in first. */
export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const saves = form.values.intent !== "unsave";
  const result = await (saves ? saveCohort : unsaveCohort)({
    ...{ actor, input: { slug: params.slug }, idempotencyKey: form.idempotencyKey },
    now: getClock().now(),
  });
  if (!result.ok) return refused(result.error, form, COHORT_MESSAGES);
  return redirectSaying(`/cohorts/${params.slug}`, saves ? "cohort-saved" : "cohort-unsaved");
}

export default function CohortPage() {
  const { cohort, pitch, questions, places, teachers, own, application, saved, past } =
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
      <ErrorSummary problem={useActionData<typeof action>()?.problem} />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <NextStep />
        {saved || (!own && SAVABLE.includes(cohort.stage)) ? (
          <SaveForm slug={cohort.slug} saved={saved} />
        ) : null}
      </div>
      <CohortShown {...{ cohort, pitch, places, questions }} />
      {past.length > 0 ? (
        <Section
          title={`What became of ${teachers.length === 1 ? `${cohort.teacherName}’s` : "its teachers’"} cohorts`}
          id="past"
        >
          <PastTable cohorts={past} />
        </Section>
      ) : null}
    </>
  );
}

/** In which stages a cohort has something ahead that others than its students wait for. */
const SAVABLE = ["upcoming", "open", "reviewing"];

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
  if (application ? application.canEdit : cohort.stage === "open") {
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
