import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { PageHead } from "~/components/ui/page";
import { WindowInWords } from "~/features/cohorts/cohort-list";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { presentCohort } from "~/features/cohorts/present";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import { ApplicationFilter, ApplicationTable } from "~/features/reviews/application-list";
import { ExportsShown } from "~/features/reviews/exports-shown";
import { KeysNotice } from "~/features/reviews/keys-notice";
import { ListPages } from "~/features/reviews/list-pages";
import { ReviewTabs } from "~/features/reviews/review-tabs";
import { moveInList, useKeys } from "~/features/reviews/use-list-keys";
import { loadList } from "./list.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.cohort.title ?? "Cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const cohort = await getOwnCohort(actor, params.slug ?? "");
  if (!cohort) throw new Response("Not found", { status: 404 });
  if (cohort.state === "draft") throw redirect(`/teach/cohorts/${cohort.slug}/setup`);
  return {
    cohort: presentCohort(cohort, now),
    list: await loadList(actor, cohort, new URL(request.url).searchParams),
  };
}

export default function OwnCohort() {
  const { cohort, list } = useLoaderData<typeof loader>();
  useKeys(moveInList);
  return (
    <>
      <PageHead title={cohort.title} trail={[{ to: "/teach", name: "Teaching" }]}>
        <WindowInWords cohort={cohort} />
      </PageHead>
      <CohortTabs
        slug={cohort.slug}
        at="applications"
        teaches={list.teacher}
        reviews
        cancelled={cohort.stage === "cancelled"}
      />
      <ReviewTabs slug={cohort.slug} at="list" teaches={list.teacher} />
      <section aria-labelledby="applications">
        <h2 id="applications" className="mb-4">
          Applications
        </h2>
        <ApplicationFilter query={list.query} teacher={list.teacher} />
        <KeysNotice>j and k move to the next and the one before, Enter opens.</KeysNotice>
        <ApplicationTable
          applications={list.applications}
          decisions={list.teacher}
          narrowed={list.narrowed}
        />
        <ListPages first={list.first} next={list.next} />
        <ExportsShown slug={cohort.slug} teaches={list.teacher} />
      </section>
    </>
  );
}
