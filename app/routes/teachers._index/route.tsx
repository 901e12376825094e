import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { CompareForm } from "~/components/ui/filters";
import { Empty, PageHead } from "~/components/ui/page";
import { NumberedPages } from "~/components/ui/pager";
import { getEnv } from "~/env.server";
import { FilterForm } from "~/features/records/filter-form";
import {
  isNarrowed,
  MOST_COMPARED,
  PAGE_LENGTH,
  readTeacherQuery,
  SORTS,
  type TeacherQuery,
  teachersPath,
} from "~/features/records/find-query";
import { findTeachers } from "~/features/records/find-teachers.server";
import { TeachersTable } from "~/features/records/teachers-table";
import { thingMeta } from "~/lib/share-meta";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "Teachers · Belay" },
  {
    name: "description",
    content:
      "Teachers and their public records: what they paid in, and what came back in confirmed cash.",
  },
  ...(data ? [data.list] : []),
];

export async function loader({ request }: LoaderFunctionArgs) {
  const query = readTeacherQuery(new URL(request.url).searchParams);
  const found = await findTeachers(query, getClock().now());
  const before = (found.page - 1) * PAGE_LENGTH;
  const list = thingMeta({
    "@type": "ItemList",
    name: "Teachers on Belay",
    numberOfItems: found.count,
    itemListElement: found.lines.map(({ handle, displayName }, i) => ({
      ...{ "@type": "ListItem", position: before + i + 1, name: displayName },
      url: `${getEnv().appUrl}/teachers/${handle}`,
    })),
  });
  return { ...found, query, list };
}

export default function Teachers() {
  const { lines, query, skills, all, page, pages } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Teachers">
        Everyone who runs a cohort or has invested in a student. DPI is the confirmed cash that came
        back for each dollar paid in; TVPI adds what is still held, at its carried value; the median
        is the middle investment’s TVPI. <Link to="/method">How all of it is computed</Link>.
      </PageHead>
      {all === 0 ? (
        <Empty>
          Nobody teaches here yet. A teacher stands in this list from their first cohort or
          investment on, for ever.
        </Empty>
      ) : (
        <>
          <FilterForm query={query} skills={skills} />
          <Count />
          {lines.length === 0 ? (
            <NothingFound query={query} />
          ) : (
            <CompareForm action="/compare" label="Choose teachers to compare" most={MOST_COMPARED}>
              <TeachersTable lines={lines} order={SORTS[query.sort]} />
            </CompareForm>
          )}
          <NumberedPages
            of="Teachers"
            page={page}
            pages={pages}
            to={(n) => teachersPath({ ...query, page: n })}
          />
        </>
      )}
    </>
  );
}

function Count() {
  const { count, all, ranked, query } = useLoaderData<typeof loader>();
  const found = isNarrowed(query)
    ? `${count} of ${all} teachers`
    : `${all} ${all === 1 ? "teacher" : "teachers"}`;
  return (
    <p className="mt-8 mb-4 max-w-[68ch] text-ink-soft" role="status">
      {found}, in order of {SORTS[query.sort].toLowerCase()}.
      {query.sort === "rank" && count > 0 ? <Ranks ranked={ranked} count={count} /> : null}
    </p>
  );
}

function Ranks({ ranked, count }: { ranked: number; count: number }) {
  if (ranked === 0) return <> Nobody of them has a rank, so they stand by name.</>;
  const rest = count - ranked;
  return (
    <>
      {" "}
      {ranked} {ranked === 1 ? "has" : "have"} a rank, by an estimate that allows for luck
      {rest === 0
        ? "."
        : `; the other ${rest} ${rest === 1 ? "has" : "have"} none yet and stand last, by name.`}
    </>
  );
}

function NothingFound({ query }: { query: TeacherQuery }) {
  return (
    <Empty>
      No teacher is found.{" "}
      {query.q
        ? `Every word of “${query.q}” must begin one of theirs: try fewer or shorter words. `
        : ""}
      {query.skill || query.open || query.years || query.size
        ? "Ask for a shorter record, fewer investments or any skill, or leave “open for applications” out. "
        : ""}
      Or look through <Link to="/teachers">all teachers</Link> and{" "}
      <Link to="/cohorts">all cohorts</Link>.
    </Empty>
  );
}
