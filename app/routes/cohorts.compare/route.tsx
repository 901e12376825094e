import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Drawing } from "~/components/ui/drawing";
import { Notice } from "~/components/ui/notice";
import { Empty, PageHead } from "~/components/ui/page";
import { compareCohorts } from "~/features/cohorts/compare-cohorts.server";
import { comparePath, MOST_COMPARED, readCompared } from "~/features/cohorts/find-query";
import { SideTable } from "~/features/cohorts/side-table";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const titles = data?.cohorts.map(({ title }) => title).join(", ");
  return [
    { title: titles ? `${titles} · Compare · Belay` : "Compare cohorts · Belay" },
    { name: "description", content: "Cohorts side by side: dates, terms, teachers." },
    { name: "robots", content: "noindex" },
  ];
};

export async function loader({ request }: LoaderFunctionArgs) {
  const { slugs, tooMany, differing } = readCompared(new URL(request.url).searchParams);
  const { unknown, tables, ...compared } = await compareCohorts(slugs, getClock().now());
  const several = compared.cohorts.length > 1;
  const only = several && differing;
  const rows = tables.flatMap((table) => table.rows);
  return {
    ...compared,
    tables: only
      ? tables
          .map(({ title, rows }) => ({ title, rows: rows.filter(({ differs }) => differs) }))
          .filter(({ rows }) => rows.length > 0)
      : tables,
    several,
    differing: only,
    count: { all: rows.length, differing: rows.filter(({ differs }) => differs).length },
    problems: [
      ...unknown.map((slug) => `No cohort has the address /cohorts/${slug}.`),
      ...(tooMany.length > 0
        ? [
            `At most ${MOST_COMPARED} stand side by side. Left out: ${tooMany.join(", ")}. Take one away first.`,
          ]
        : []),
    ],
  };
}

export default function CompareCohorts() {
  const { cohorts, tables, chart, problems, differing } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Compare cohorts" trail={[{ to: "/cohorts", name: "Cohorts" }]}>
        Up to {MOST_COMPARED} side by side.
      </PageHead>
      {problems.length > 0 ? (
        <Notice tone="loss">
          <ul className="space-y-1">
            {problems.map((problem) => (
              <li key={problem} className="[overflow-wrap:anywhere]">
                {problem}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {cohorts.length === 0 ? (
        <Empty>
          Nothing is chosen yet. Tick two or more in <Link to="/cohorts">the list of cohorts</Link>{" "}
          or among <Link to="/saved">those that you saved</Link>.
        </Empty>
      ) : (
        <>
          <Ways />
          <SideTable {...{ cohorts, tables, differing }} />
        </>
      )}
      {chart ? <Drawing html={chart} /> : null}
    </>
  );
}

/** Other ways to look at the same: all of it are addresses, no scripts are needed. */
function Ways() {
  const { cohorts, differing, several, count } = useLoaderData<typeof loader>();
  const slugs = cohorts.map(({ slug }) => slug);
  return (
    <p className="flex flex-wrap items-center gap-x-6 print:hidden">
      {several ? (
        <Link
          to={comparePath(slugs, !differing)}
          preventScrollReset
          className="inline-flex min-h-11 items-center"
        >
          {differing
            ? `Show all ${count.all} lines`
            : `Show only the ${count.differing} of ${count.all} lines that differ`}
        </Link>
      ) : null}
      {slugs.length < MOST_COMPARED ? (
        <Link to="/cohorts" className="inline-flex min-h-11 items-center">
          {several ? "Choose others" : "Choose another beside it"}
        </Link>
      ) : null}
    </p>
  );
}
