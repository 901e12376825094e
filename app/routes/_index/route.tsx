import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { ActionLink, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { CohortList } from "~/features/cohorts/cohort-list";
import { presentCohort } from "~/features/cohorts/present";
import { listCohorts } from "~/features/cohorts/queries.server";
import { getSoFar } from "~/features/records/so-far.server";
import { shareMeta, thingMeta } from "~/lib/share-meta";
import { Readers } from "./readers";
import { Outcomes, Sums } from "./so-far";

const TITLE = "Belay: teachers who hold the rope";
const DESCRIPTION =
  "Teachers put their own money into their students, and are judged in public by what those students make of it.";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: TITLE },
  { name: "description", content: DESCRIPTION },
  ...(data?.meta ?? []),
];

const siteMeta = (of: { siteUrl: string; title: string; description: string }) => [
  ...shareMeta({
    ...{ ...of, path: "/" },
    image: { path: "/card.png", alt: `${of.title}. ${of.description}` },
  }),
  thingMeta({
    ...{ "@type": "WebSite", name: "Belay", url: `${of.siteUrl}/`, description: of.description },
    potentialAction: {
      "@type": "SearchAction",
      target: `${of.siteUrl}/search?q={search_term_string}`,
      "query-input": "required name=search_term_string",
    },
  }),
];

const COHORTS_SHOWN = 3;

export async function loader() {
  const now = getClock().now();
  const [soFar, { open }] = await Promise.all([getSoFar(now), listCohorts(now)]);
  return {
    meta: siteMeta({ siteUrl: getEnv().appUrl, title: TITLE, description: DESCRIPTION }),
    soFar: soFar.investments > 0 ? soFar : null,
    openCohorts: open.length,
    cohorts: open.slice(0, COHORTS_SHOWN).map((cohort) => presentCohort(cohort, now)),
  };
}

export default function Landing() {
  const { soFar, cohorts, openCohorts } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="grid items-end gap-x-12 gap-y-8 lg:grid-cols-[3fr_2fr]">
        <div>
          <h1 className="text-3xl sm:text-4xl">Teachers who hold the rope of their students</h1>
          <p className="mt-4 max-w-[52ch] text-lg">
            Teachers run cohorts here, put their own money into their students, and are judged in
            public by what those students go on to make of it.
          </p>
          <p className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-4">
            <ActionLink to="/cohorts">Find a cohort</ActionLink>
            <Link to="/teachers">Read the teachers’ records</Link>
          </p>
        </div>
        {soFar ? <Sums soFar={soFar} /> : null}
      </div>
      <Readers soFar={soFar} first={cohorts[0] ?? null} openCohorts={openCohorts} />
      <WhatATokenIs />
      {soFar ? <Outcomes soFar={soFar} /> : null}
      {cohorts.length > 0 ? (
        <Section title="Cohorts that take applications today">
          <CohortList cohorts={cohorts} />
          {openCohorts > cohorts.length ? (
            <p className="mt-4">
              <Link to="/cohorts">All {openCohorts}</Link>
            </p>
          ) : null}
        </Section>
      ) : null}
    </>
  );
}

function WhatATokenIs() {
  return (
    <Section title="What a token is">
      <div className="grid max-w-5xl gap-x-12 gap-y-4 text-lg lg:grid-cols-2">
        <p>
          A personal token is a person’s potential, cut into shares. Whoever holds 1% of Alice’s
          token gets 1% of each gain that Alice makes when she sells equity in a company, or in
          another person’s token.
        </p>
        <p>
          Nothing else: no salary, no house, no debt, no vote over her life. She keeps at least 80%
          of it. If she never sells at a gain, she owes nothing, and whoever invested has lost their
          money. Most investments in people end so.
        </p>
      </div>
    </Section>
  );
}
