import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Deadline } from "~/components/ui/deadline";
import { Drawing } from "~/components/ui/drawing";
import { Notice } from "~/components/ui/notice";
import { Empty, PageHead, Section, Table } from "~/components/ui/page";
import { type ComparedRow, compareCohorts } from "~/features/cohorts/compare-cohorts.server";
import { comparePath, MOST_COMPARED, readCompared } from "~/features/cohorts/find-query";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const titles = data?.cohorts.map(({ title }) => title).join(", ");
  return [
    { title: titles ? `${titles} · Compare · Belay` : "Compare cohorts · Belay" },
    { name: "description", content: "Cohorts side by side: dates, terms, teachers." },
    { name: "robots", content: "noindex" },
  ];
};

export async function loader({ request }: LoaderFunctionArgs) {
  const { slugs, tooMany } = readCompared(new URL(request.url).searchParams);
  const { unknown, ...compared } = await compareCohorts(slugs, getClock().now());
  return {
    ...compared,
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
  const { cohorts, tables, chart, problems } = useLoaderData<typeof loader>();
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
        <Chosen />
      )}
      {chart ? <Drawing html={chart} /> : null}
      {tables.map(({ title, rows }) => (
        <Section key={title} title={title}>
          <Side title={title} rows={rows} />
        </Section>
      ))}
    </>
  );
}

/** What is compared, each with a way out. All of it is addresses: no scripts are needed. */
function Chosen() {
  const { cohorts } = useLoaderData<typeof loader>();
  const slugs = cohorts.map(({ slug }) => slug);
  return (
    <>
      <ul aria-label="Compared" className="max-w-2xl">
        {cohorts.map(({ slug, title }) => (
          <li
            key={slug}
            className="flex flex-wrap items-center justify-between gap-x-6 border-t border-rule py-1"
          >
            <Link to={`/cohorts/${slug}`} className="font-semibold [overflow-wrap:anywhere]">
              {title}
            </Link>
            <Link
              to={comparePath(slugs.filter((other) => other !== slug))}
              className="inline-flex min-h-11 items-center text-sm print:hidden"
            >
              Take away<span className="sr-only"> {title}</span>
            </Link>
          </li>
        ))}
      </ul>
      {cohorts.length < MOST_COMPARED ? (
        <p className="mt-2 text-sm text-ink-soft print:hidden">
          <Link to="/cohorts">Choose others</Link>
        </p>
      ) : null}
    </>
  );
}

function Side({ title, rows }: { title: string; rows: readonly ComparedRow[] }) {
  const { cohorts } = useLoaderData<typeof loader>();
  return (
    <Table
      caption={`${title}, side by side`}
      columns={[{ name: "Figure" }, ...cohorts.map((cohort) => ({ name: cohort.title }))]}
      rows={rows.map(({ name, cells }) => ({
        key: name,
        cells: [name, ...cells.map((cell, i) => <Cell key={cohorts[i]?.slug} cell={cell} />)],
      }))}
    />
  );
}

function Cell({ cell }: { cell: ComparedRow["cells"][number] }) {
  if (typeof cell === "string") return <span className="[overflow-wrap:anywhere]">{cell}</span>;
  if ("at" in cell) return <Deadline of={cell.at} />;
  return <Link to={cell.to}>{cell.text}</Link>;
}
