import type { MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { CohortList } from "~/features/cohorts/cohort-list";
import { presentCohort } from "~/features/cohorts/present";
import { listCohorts } from "~/features/cohorts/queries.server";

export const meta: MetaFunction = () => [
  { title: "Cohorts · Belay" },
  {
    name: "description",
    content:
      "Cohorts that take applications today, and those that did: what is taught, by whom, on which terms.",
  },
];

export async function loader() {
  const now = getClock().now();
  const { open, upcoming, past } = await listCohorts(now);
  const shown = (cohorts: typeof open) => cohorts.map((cohort) => presentCohort(cohort, now));
  return { open: shown(open), upcoming: shown(upcoming), past: shown(past) };
}

export default function Cohorts() {
  const { open, upcoming, past } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Cohorts">
        A teacher takes a small group through a skill, gives feedback, and may put money into
        students&rsquo; tokens. A place never depends on selling shares.
      </PageHead>
      <Section title="Open for applications">
        {open.length > 0 ? (
          <CohortList cohorts={open} />
        ) : (
          <Empty>
            No cohort takes applications today. When a teacher opens one, it stands here with its
            deadline.
          </Empty>
        )}
      </Section>
      {upcoming.length > 0 ? (
        <Section title="Opening later">
          <CohortList cohorts={upcoming} />
        </Section>
      ) : null}
      {past.length > 0 ? (
        <Section title="No longer taking applications">
          <CohortList cohorts={past} />
        </Section>
      ) : null}
    </>
  );
}
