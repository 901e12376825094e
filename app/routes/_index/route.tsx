import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Drawing } from "~/components/ui/drawing";
import { Money, Multiple } from "~/components/ui/numbers";
import { ActionLink, Facts, Section, Table } from "~/components/ui/page";
import { CohortList } from "~/features/cohorts/cohort-list";
import { presentCohort } from "~/features/cohorts/present";
import { listCohorts } from "~/features/cohorts/queries.server";
import { getOutcomesSoFar, getPublicSummary } from "~/features/records/queries.server";

export const meta: MetaFunction = () => [
  { title: "Belay: teachers who hold the rope" },
  {
    name: "description",
    content:
      "Teachers put their own money into their students, and are judged in public by what those students make of it.",
  },
];

const COHORTS_SHOWN = 3;

export async function loader() {
  const now = getClock().now();
  const [sum, soFar, cohorts] = await Promise.all([
    getPublicSummary(now),
    getOutcomesSoFar(now),
    listCohorts(now),
  ]);
  return {
    sum: sum.investments > 0 ? sum : null,
    ...soFar,
    openCohorts: sum.openCohorts,
    cohorts: cohorts.open.slice(0, COHORTS_SHOWN).map((cohort) => presentCohort(cohort, now)),
  };
}

const PARTS = [
  {
    title: "You want to learn",
    text: "Apply with what you have made. A place never depends on selling shares. If a teacher offers to invest, you see what you would give up, and can change your mind for seven days.",
    to: "/cohorts",
    link: "See the cohorts",
  },
  {
    title: "You teach",
    text: "Choose students and put your own money into their tokens. You do well only when they sell something at a gain, and your record keeps every investment, the failed ones too.",
    to: "/sign-up",
    link: "Open an account",
  },
  {
    title: "You know somebody good",
    text: "A scout who brings a student can get a part of the teacher’s shares, never of the student’s. The student confirms you by name, sees the stake and consents to it.",
    to: "/refer",
    link: "Refer somebody",
  },
  {
    title: "You doubt all this",
    text: "Good. Nobody’s wages, home or vote is for sale: only a part of later capital gains, at most 20%. Read the rules with their reasons, then any teacher’s record, failures included.",
    to: "/rules",
    link: "Read the rules",
  },
];

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Landing() {
  const loaded = useLoaderData<typeof loader>();
  return (
    <>
      <div className="max-w-3xl sm:pt-6">
        <h1 className="text-3xl sm:text-4xl">Teachers who hold the rope of their students</h1>
        <p className="mt-4 max-w-[60ch] text-lg">
          Teachers run cohorts here, put their own money into their students, and are judged in
          public by what those students go on to make of it.
        </p>
        <p className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-4">
          <ActionLink to="/cohorts">Find a cohort</ActionLink>
          <Link to="/teachers">Read the teachers' records</Link>
        </p>
      </div>
      <div className="mt-10 grid gap-x-8 border-t border-rule sm:grid-cols-2 lg:grid-cols-4">
        {PARTS.map((part) => (
          <section key={part.title} className="pt-6 pb-2">
            <h2 className="text-lg">{part.title}</h2>
            <p className="mt-2 max-w-[60ch] text-ink-soft">{part.text}</p>
            <p className="mt-2">
              <Link to={part.to}>{part.link}</Link>
            </p>
          </section>
        ))}
      </div>
      <SoFar loaded={loaded} />
      {loaded.cohorts.length > 0 ? (
        <Section title="Cohorts that take applications today">
          <CohortList cohorts={loaded.cohorts} />
          {loaded.openCohorts > loaded.cohorts.length ? (
            <p className="mt-4">
              <Link to="/cohorts">All {loaded.openCohorts}</Link>
            </p>
          ) : null}
        </Section>
      ) : null}
      <Section title="What a token is">
        <div className="max-w-[68ch] space-y-4 text-lg">
          <p>
            A personal token is a person's potential, cut into shares. Whoever holds 1% of Alice's
            token gets 1% of each gain that Alice makes when she sells equity in a company, or in
            another person's token.
          </p>
          <p>
            Nothing else: no salary, no house, no debt, no vote over her life. She keeps at least
            80% of it. If she never sells at a gain, she owes nothing, and whoever invested has lost
            their money. Most investments in people end so.
          </p>
        </div>
      </Section>
    </>
  );
}

/** What has happened here so far: the sums, what each investment became, and where to read on. */
function SoFar({ loaded: { sum, chart, records } }: { loaded: Loaded }) {
  if (!sum || !chart) return null;
  return (
    <Section title="What has come of it so far">
      <Facts
        items={[
          {
            name: "Paid in",
            value: <Money cents={sum.paidInCents} whole />,
            note: `in ${sum.investments} ${sum.investments === 1 ? "investment" : "investments"}`,
          },
          {
            name: "Has come back",
            value: <Money cents={sum.distributedCents} whole />,
            note: "distributed to holders",
          },
          {
            name: "Of it confirmed",
            value: <Money cents={sum.confirmedCents} whole />,
            note: "by a counterparty or a tax transcript",
          },
          {
            name: "People",
            value: `${sum.students} ${sum.students === 1 ? "student" : "students"}`,
            note: sum.teachers === 1 ? "of 1 teacher" : `of ${sum.teachers} teachers`,
          },
        ]}
      />
      <Drawing html={chart} />
      <Table
        caption="Records with the most investments"
        columns={[
          { name: "Records with the most investments" },
          { name: "Investments", numeric: true },
          { name: "Paid in", numeric: true },
          { name: "DPI in confirmed cash", numeric: true },
        ]}
        rows={records.map((record) => ({
          key: record.handle,
          cells: [
            <Link key="name" to={`/teachers/${record.handle}`} className="[overflow-wrap:anywhere]">
              {record.displayName}
            </Link>,
            String(record.investments),
            <Money key="paid" cents={record.paidInCents} whole />,
            <Multiple key="dpi" ratio={record.dpi} />,
          ],
        }))}
      />
      <p className="mt-3 max-w-[68ch] text-sm text-ink-soft">
        DPI is cash that came back for each dollar paid in. Listed by the number of investments, not
        by how well they went. <Link to="/teachers">All records</Link>
      </p>
    </Section>
  );
}
