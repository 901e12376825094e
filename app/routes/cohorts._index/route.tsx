import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Drawing } from "~/components/ui/drawing";
import { CompareForm } from "~/components/ui/filters";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { NumberedPages } from "~/components/ui/pager";
import { getEnv } from "~/env.server";
import { drawDeadlines } from "~/features/cohorts/charts.server";
import { CohortList } from "~/features/cohorts/cohort-list";
import { findCohorts } from "~/features/cohorts/find-cohorts.server";
import { FindForm } from "~/features/cohorts/find-form";
import {
  cohortsPath,
  isNarrowed,
  MOST_COMPARED,
  readCohortQuery,
} from "~/features/cohorts/find-query";
import { presentCohort } from "~/features/cohorts/present";
import { alternateMeta } from "~/lib/share-meta";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "Cohorts · Belay" },
  {
    name: "description",
    content:
      "Cohorts that take applications today, and those that did: what is taught, by whom, on which terms.",
  },
  ...(data ? [data.feed] : []),
];

export async function loader({ request }: LoaderFunctionArgs) {
  const now = getClock().now();
  const query = readCohortQuery(new URL(request.url).searchParams);
  const { cohorts, taught, ...found } = await findCohorts(query, now);
  const shown = cohorts.map((cohort) => ({
    ...presentCohort(cohort, now),
    taught: taught.get(cohort.id) ?? [],
  }));
  return {
    ...found,
    query,
    open: shown.filter(({ phase, cancelled }) => phase === "open" && !cancelled),
    upcoming: shown.filter(({ phase, cancelled }) => phase === "upcoming" && !cancelled),
    past: shown.filter(({ phase, cancelled }) => phase === "closed" || cancelled),
    chart: drawDeadlines(cohorts, now),
    feed: alternateMeta(
      "application/atom+xml",
      `${getEnv().appUrl}/cohorts/feed.atom`,
      "New cohorts on Belay",
    ),
  };
}

export default function Cohorts() {
  const { query, skills, page, pages, count, chart } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Cohorts">
        A teacher takes a small group through a skill, gives feedback, and may put money into
        students&rsquo; tokens. A place never depends on selling shares.
      </PageHead>
      <FindForm query={query} skills={skills} />
      <Count />
      {chart ? <Drawing html={chart} /> : null}
      {count > 0 ? (
        <CompareForm
          action="/cohorts/compare"
          label="Choose cohorts to compare"
          most={MOST_COMPARED}
        >
          <Groups />
        </CompareForm>
      ) : null}
      <NumberedPages
        of="Cohorts"
        page={page}
        pages={pages}
        to={(n) => cohortsPath({ ...query, page: n })}
      />
      <p className="mt-8 text-sm text-ink-soft">
        {/* A file, not a page. */}
        <Link reloadDocument to="/cohorts/feed.atom">
          New cohorts as an Atom feed
        </Link>
      </p>
    </>
  );
}

function Count() {
  const { count, all, query } = useLoaderData<typeof loader>();
  if (all === 0)
    return (
      <Empty>
        No cohort is here yet. When a teacher opens one, it stands here with its deadline.
      </Empty>
    );
  return (
    <p className="mt-8 mb-4 max-w-[68ch] text-ink-soft" role="status">
      {isNarrowed(query)
        ? `${count} of ${all} cohorts`
        : `${all} ${all === 1 ? "cohort" : "cohorts"}`}
      {count > 1 ? ", those first whose deadline is next." : "."}
      {count === 0 ? (
        <>
          {" "}
          Leave a filter out, or try fewer or shorter words. Or look through{" "}
          <Link to="/cohorts">all cohorts</Link>.
        </>
      ) : null}
    </p>
  );
}

function Groups() {
  const { open, upcoming, past, query, page } = useLoaderData<typeof loader>();
  return (
    <>
      {open.length > 0 || (page === 1 && !isNarrowed(query)) ? (
        <Section title="Open for applications">
          {open.length > 0 ? (
            <CohortList cohorts={open} choose />
          ) : (
            <Empty>
              No cohort takes applications today. When a teacher opens one, it stands here with its
              deadline.
            </Empty>
          )}
        </Section>
      ) : null}
      {upcoming.length > 0 ? (
        <Section title="Opening later">
          <CohortList cohorts={upcoming} choose />
        </Section>
      ) : null}
      {past.length > 0 ? (
        <Section title="No longer taking applications">
          <CohortList cohorts={past} choose />
        </Section>
      ) : null}
    </>
  );
}
