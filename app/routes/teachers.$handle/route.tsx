import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Drawing } from "~/components/ui/drawing";
import { Day } from "~/components/ui/numbers";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { PastTable } from "~/features/cohorts/past-table";
import { BesideTheMoney } from "~/features/learning/teacher-figures";
import { RoleTabs } from "~/features/people/role-tabs";
import { AsOf } from "~/features/records/as-of";
import { Downloads } from "~/features/records/downloads";
import { GroupsTable } from "~/features/records/groups-table";
import { findHeadline, headlineSentence } from "~/features/records/headline.server";
import { InvestmentsTable } from "~/features/records/investments-table";
import { findRolesShown } from "~/features/records/queries.server";
import { GrossAndNet, RecordHead, Standing } from "~/features/records/record-head";
import { recordMeta } from "~/features/records/record-meta";
import { BadNews, Conduct, OwnToken, Relationship } from "~/features/records/relationship";
import { getTeacherPage } from "~/features/records/teacher-page.server";
import { VerifyRecord } from "~/features/records/verify-record";

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data?.meta ?? [{ title: `${data?.person.displayName ?? "Not found"}: record · Belay` }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const all = new URL(request.url).searchParams.has("all");
  const now = getClock().now();
  const [page, roles, headline] = await Promise.all([
    getTeacherPage(params.handle, now, { all }),
    findRolesShown(params.handle),
    findHeadline(params.handle, now),
  ]);
  if (!page) throw new Response("Not found", { status: 404 });
  const siteUrl = getEnv().appUrl;
  const meta = headline && recordMeta({ siteUrl, headline, sentence: headlineSentence(headline) });
  return { ...page, meta, scouts: roles.scouts, siteUrl };
}

export default function TeacherRecord() {
  const { person, asOf, record, figures, conduct, ownToken, scouts, siteUrl } =
    useLoaderData<typeof loader>();
  const { displayName, handle } = person;
  return (
    <>
      <PageHead title={displayName} trail={[{ to: "/teachers", name: "Teachers" }]}>
        {person.headline || null}
      </PageHead>
      <RoleTabs handle={handle} at="teacher" teaches scouts={scouts} />
      <OwnToken token={ownToken} name={displayName} handle={handle} />
      <BadNews conduct={conduct} />
      {record === null ? (
        <Empty>
          {displayName} has not invested in a student yet, so there is no record to judge. It begins
          with the first investment and keeps every one after it, those that come to nothing too.
        </Empty>
      ) : (
        <Record record={record} />
      )}
      {figures ? <BesideTheMoney figures={figures} name={displayName} /> : null}
      <Section title="Conduct" id="conduct">
        <Conduct conduct={conduct} name={displayName} handle={handle} />
      </Section>
      <CohortsRun />
      <Section title="Verify this record" id="verify">
        {record === null ? <AsOf asOf={asOf} /> : null}
        <VerifyRecord
          bundlePath={`/teachers/${handle}/track-record.json`}
          vkeyPath="/log/vkey"
          siteUrl={siteUrl}
        />
        <Downloads handle={handle} />
      </Section>
    </>
  );
}

type Shown = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>["record"]>;

function Record({ record }: { record: Shown }) {
  const { asOf } = useLoaderData<typeof loader>();
  return (
    <>
      <RecordHead head={record.head} />
      <Standing standing={record.standing} isSmall={record.isSmall} />
      <AsOf asOf={asOf} />
      <Section title="Cash out and in">
        <Drawing html={record.charts.rope} />
      </Section>
      <Section title="What became of each investment">
        <Drawing html={record.charts.outcomes} />
        <Investments on={record.valuationDate} />
      </Section>
      <Section title="Vintages beside all teachers’">
        <p className="max-w-[68ch] text-ink-soft">
          A vintage holds all students in whom the first money went that year. Beside it stands what
          every teacher reached, this one too, with the students of the same year; where fewer than
          four teachers have any, the years around it are taken in, two on each side at most.
        </p>
        <Drawing html={record.charts.vintages} />
        <GroupsTable caption="Vintage" lines={record.vintages} />
      </Section>
      <Section title="Cohorts beside all teachers’">
        <p className="max-w-[68ch] text-ink-soft">
          Each cohort beside all teachers’ students of the year in which its first investment was
          made.
        </p>
        <Drawing html={record.charts.cohorts} />
        <GroupsTable caption="Cohort" lines={record.cohorts} />
      </Section>
      <Section title="Gross and net">
        <GrossAndNet sides={record.sides} beside={record.beside} />
      </Section>
      <Section title="Who stayed, and how others left">
        <Relationship held={record.held} exits={record.exits} />
      </Section>
    </>
  );
}

function Investments({ on }: { on: string }) {
  const { investments, count } = useLoaderData<typeof loader>();
  return (
    <div id="investments" className="mt-8">
      <InvestmentsTable investments={investments} on={on} />
      {investments.length < count ? (
        <p className="mt-4">
          The first {investments.length} of {count}.{" "}
          <Link to="?all#investments">Show all {count} investments</Link>
        </p>
      ) : null}
    </div>
  );
}

function CohortsRun() {
  const { cohorts, past, person } = useLoaderData<typeof loader>();
  return (
    <Section title="Cohorts run" id="cohorts">
      {cohorts.length + past.length === 0 ? (
        <Empty>{person.displayName} has not opened a cohort yet.</Empty>
      ) : null}
      <ul className="mb-8">
        {cohorts.map((cohort) => (
          <li key={cohort.slug} className="border-t border-rule py-2">
            <Link to={`/cohorts/${cohort.slug}`}>{cohort.title}</Link>{" "}
            <span className="text-sm text-ink-soft">
              <Day day={cohort.startsOn} /> to <Day day={cohort.endsOn} />
            </span>
          </li>
        ))}
      </ul>
      {past.length > 0 ? <PastTable cohorts={past} /> : null}
    </Section>
  );
}
