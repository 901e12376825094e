import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Drawing } from "~/components/ui/drawing";
import { Day } from "~/components/ui/numbers";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { BesideTheMoney } from "~/features/learning/teacher-figures";
import { RoleTabs } from "~/features/people/role-tabs";
import { InvestmentsTable } from "~/features/records/investments-table";
import { findRolesShown, getTeacherPage } from "~/features/records/queries.server";
import { GrossAndNet, RecordHeadline } from "~/features/records/record-headline";
import { VerifyRecord } from "~/features/records/verify-record";
import { formatDate } from "~/lib/dates";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.person.displayName ?? "Not found"}: record · Belay` },
  {
    name: "description",
    content: `What ${data?.person.displayName ?? "this teacher"} put into students, and what came back: every investment, computed from the ledger.`,
  },
];

const FIRST_SHOWN = 20;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const [page, roles] = await Promise.all([
    getTeacherPage(params.handle, getClock().now()),
    findRolesShown(params.handle),
  ]);
  if (!page) throw new Response("Not found", { status: 404 });
  const all = new URL(request.url).searchParams.has("all");
  const investments = all ? page.investments : page.investments.slice(0, FIRST_SHOWN);
  const count = page.investments.length;
  return { ...page, investments, count, scouts: roles.scouts, siteUrl: getEnv().appUrl };
}

export default function TeacherRecord() {
  const { person, summary, days, irr, charts, cohorts, figures, scouts, siteUrl } =
    useLoaderData<typeof loader>();
  const asOf = formatDate(summary.valuationDate);
  return (
    <>
      <PageHead title={person.displayName} trail={[{ to: "/teachers", name: "Teachers" }]}>
        {person.headline || null}
      </PageHead>
      <RoleTabs handle={person.handle} at="teacher" teaches scouts={scouts} />
      {charts === null ? (
        <Empty>
          {person.displayName} has not invested in a student yet, so there is no record to judge. It
          begins with the first investment and keeps every one after it, those that come to nothing
          too.
        </Empty>
      ) : (
        <>
          <RecordHeadline summary={summary} days={days} irr={irr} />
          <p className="mt-4 text-sm text-ink-soft">
            As of {asOf}. Every investment since the first is counted. “Carried value” is what was
            paid, or what new holders paid later, and less as years go by; the{" "}
            <Link to="/rules">rules</Link> say how much.
          </p>
          <Section title="Cash out and in">
            <Drawing html={charts.rope} />
          </Section>
          <Section title="What became of each investment">
            <Drawing html={charts.outcomes} />
            <Investments />
          </Section>
          <Section title="Gross and net">
            <p className="mb-4 max-w-[68ch] text-ink-soft">
              Gross is what this teacher paid and received. Net is the same, less what holders of
              their own token received because of a sale.
            </p>
            <GrossAndNet summary={summary} irr={irr} />
          </Section>
        </>
      )}
      {figures ? <BesideTheMoney figures={figures} name={person.displayName} /> : null}
      <Section title="Verify this record" id="verify">
        <VerifyRecord
          bundlePath={`/teachers/${person.handle}/track-record.json`}
          vkeyPath="/log/vkey"
          siteUrl={siteUrl}
        />
      </Section>
      <Section title="Cohorts">
        {cohorts.length === 0 ? (
          <Empty>{person.displayName} has not opened a cohort yet.</Empty>
        ) : (
          <ul>
            {cohorts.map((cohort) => (
              <li key={cohort.slug} className="border-t border-rule py-2">
                <Link to={`/cohorts/${cohort.slug}`}>{cohort.title}</Link>{" "}
                <span className="text-sm text-ink-soft">
                  <Day day={cohort.startsOn} /> to <Day day={cohort.endsOn} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}

function Investments() {
  const { investments, count } = useLoaderData<typeof loader>();
  return (
    <div id="investments" className="mt-8">
      <InvestmentsTable investments={investments} />
      {investments.length < count ? (
        <p className="mt-4">
          The first {investments.length} of {count}.{" "}
          <Link to="?all#investments">Show all {count} investments</Link>
        </p>
      ) : null}
    </div>
  );
}
