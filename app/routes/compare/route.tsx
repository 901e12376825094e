import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Drawing } from "~/components/ui/drawing";
import { ButtonLook } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { Empty, PageHead, Section, Table } from "~/components/ui/page";
import { type ComparedRow, compareRecords } from "~/features/records/compare.server";
import { comparedProblems, comparePath, readCompared } from "~/features/records/compared";
import { MOST_COMPARED } from "~/features/records/find-query";
import { listTeacherNames } from "~/features/records/find-teachers.server";
import { formatDate } from "~/lib/dates";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const names = data?.teachers.map(({ name }) => name).join(", ");
  return [
    { title: names ? `${names} · Compare · Belay` : "Compare · Belay" },
    { name: "description", content: "Teachers’ public records side by side, on the same axes." },
    { name: "robots", content: "noindex" },
  ];
};

export async function loader({ request }: LoaderFunctionArgs) {
  const asked = readCompared(new URL(request.url).searchParams);
  const [compared, names] = await Promise.all([
    compareRecords(asked.handles, getClock().now()),
    listTeacherNames(),
  ]);
  const shown = new Set(compared.teachers.map(({ handle }) => handle));
  return {
    ...compared,
    problems: comparedProblems(asked, compared.unknown),
    others: names.filter(({ handle }) => !shown.has(handle)),
  };
}

export default function Compare() {
  const { teachers, charts, tables, asOf, problems } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Compare records" trail={[{ to: "/teachers", name: "Teachers" }]}>
        Up to {MOST_COMPARED} side by side, on the same axes, as of {formatDate(asOf)}. What each
        figure means: <Link to="/method">the method</Link>.
      </PageHead>
      {problems.length > 0 ? (
        <Notice tone="loss">
          <ul className="space-y-1">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <Chosen />
      {teachers.length === 0 ? (
        <div className="mt-8">
          <Empty>
            Nobody is chosen yet. Add a teacher here, or tick two or more in{" "}
            <Link to="/teachers">the list of teachers</Link>.
          </Empty>
        </div>
      ) : (
        <>
          {charts ? (
            <>
              <Section title="Cash out and in">
                <p className="max-w-[68ch] text-ink-soft">
                  The line is cash, out and in; the band above it is what is still held.
                </p>
                <Drawing html={charts.curves} />
              </Section>
              <Section title="What became of each investment">
                <Drawing html={charts.outcomes} />
              </Section>
            </>
          ) : null}
          {tables.map(({ title, about, rows }) => (
            <Section key={title} title={title}>
              <p className="mb-4 max-w-[68ch] text-ink-soft">{about}</p>
              {rows.length === 0 ? (
                <Empty>No investment yet.</Empty>
              ) : (
                <Side title={title} rows={rows} />
              )}
            </Section>
          ))}
        </>
      )}
    </>
  );
}

function Side({ title, rows }: { title: string; rows: readonly ComparedRow[] }) {
  const { teachers } = useLoaderData<typeof loader>();
  return (
    <Table
      caption={`${title} side by side`}
      columns={[{ name: "Figure" }, ...teachers.map(({ name }) => ({ name, numeric: true }))]}
      rows={rows.map(({ name, cells }) => ({
        key: name,
        cells: [
          name,
          ...cells.map(({ text, to }, i) =>
            to ? (
              <Link key={teachers[i]?.handle} to={to}>
                {text}
              </Link>
            ) : (
              text
            ),
          ),
        ],
      }))}
    />
  );
}

/** Who is compared, each with a way out, and a field to add one more. All of it is addresses: no scripts are needed. */
function Chosen() {
  const { teachers, others } = useLoaderData<typeof loader>();
  const handles = teachers.map(({ handle }) => handle);
  return (
    <>
      <ul aria-label="Compared" className="max-w-2xl">
        {teachers.map(({ handle, name }) => (
          <li
            key={handle}
            className="flex flex-wrap items-center justify-between gap-x-6 border-t border-rule py-1"
          >
            <Link to={`/teachers/${handle}`} className="font-semibold [overflow-wrap:anywhere]">
              {name}
            </Link>
            <Link
              to={comparePath(handles.filter((other) => other !== handle))}
              className="inline-flex min-h-11 items-center text-sm print:hidden"
            >
              Take away<span className="sr-only"> {name}</span>
            </Link>
          </li>
        ))}
      </ul>
      {teachers.length < MOST_COMPARED ? (
        <Form
          method="get"
          action="/compare"
          aria-label="Add a teacher"
          className="mt-4 flex max-w-2xl flex-wrap items-end gap-3"
        >
          {handles.map((handle) => (
            <input key={handle} type="hidden" name="t" value={handle} />
          ))}
          <div className="min-w-0 flex-1">
            <label htmlFor="add" className="text-sm font-semibold">
              Handle of a teacher
            </label>
            <input
              id="add"
              name="t"
              key={handles.join()}
              list="teachers"
              maxLength={40}
              autoCapitalize="none"
              autoComplete="off"
              className="mt-1 block min-h-11 w-full rounded-md border border-ink-soft bg-paper px-3 text-base text-ink"
            />
            <datalist id="teachers">
              {others.map(({ handle, name }) => (
                <option key={handle} value={handle}>
                  {name}
                </option>
              ))}
            </datalist>
          </div>
          <ButtonLook kind="plain">Add to the comparison</ButtonLook>
        </Form>
      ) : null}
    </>
  );
}
