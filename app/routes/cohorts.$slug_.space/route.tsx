import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { Markdown } from "~/components/ui/markdown";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { presentSpacePage } from "~/features/learning/present.server";
import { UpdateList, WorkList } from "~/features/learning/shown-list";
import { requireSpace } from "~/features/learning/space-route.server";
import { WaitingHere } from "~/features/learning/waiting-here";
import { spacePath } from "~/features/learning/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Learning space of ${data?.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, space } = await requireSpace(request, params.slug);
  return presentSpacePage(actor, space, getClock().now());
}

export default function LearningSpace() {
  const space = useLoaderData<typeof loader>();
  const { slug } = space;
  return (
    <>
      <PageHead title={space.title} trail={[{ to: "/cohorts", name: "Cohorts" }]}>
        {space.runs}. Only its teachers and students see this
        {space.sisters.length > 0 ? ", and those of its sister cohorts" : ""}.
      </PageHead>
      <CohortTabs slug={slug} at="space" teaches={space.teaches} learns={space.learns} />
      <div className="gap-x-16 xl:grid xl:grid-cols-[minmax(0,42rem)_minmax(0,1fr)]">
        <div>
          <Section title="What waits for you">
            <WaitingHere {...space} />
          </Section>
          <Announcements />
          <Shown />
        </div>
        <Directory />
      </div>
    </>
  );
}

function Shown() {
  const space = useLoaderData<typeof loader>();
  const { slug, updates, works } = space;
  return (
    <>
      <Section title="Updates">
        {updates.length === 0 ? (
          <Empty>
            No student has published an update yet. Each writes one a week: what they did, learnt,
            are blocked by, and do next.
          </Empty>
        ) : (
          <UpdateList updates={updates} />
        )}
      </Section>
      <Section title="Work">
        {works.length === 0 ? (
          <Empty>Pieces of work that students show each other will stand here.</Empty>
        ) : (
          <WorkList works={works} />
        )}
        {space.learns ? (
          <p className="mt-4">
            <Link to={spacePath(slug, "work")}>Show a piece of work</Link>
          </p>
        ) : null}
      </Section>
    </>
  );
}

function Announcements() {
  const { slug, teaches, announcements } = useLoaderData<typeof loader>();
  return (
    <Section title="Announcements">
      {announcements.length === 0 ? (
        <Empty>What the teachers tell everybody in the cohort will stand here.</Empty>
      ) : null}
      {announcements.map((one) => (
        <article key={one.id} className="mb-6 max-w-[68ch] border-t border-rule pt-2">
          <h3 className="[overflow-wrap:anywhere]">{one.title}</h3>
          <p className="text-sm text-ink-soft">
            {one.by}, {one.on}
          </p>
          <Markdown html={one.html} />
        </article>
      ))}
      {teaches ? (
        <p className="mt-4">
          <Link to={spacePath(slug, "announce")}>Write an announcement</Link>
        </p>
      ) : null}
    </Section>
  );
}

function Directory() {
  const { slug, teaches, teachers, students, sisters } = useLoaderData<typeof loader>();
  return (
    <Section title="Who is here">
      <h3 className="mb-2">Teachers</h3>
      <ul className="max-w-[68ch]">
        {teachers.map((teacher) => (
          <li key={teacher.handle} className="border-t border-rule py-2">
            <Link to={`/teachers/${teacher.handle}`}>{teacher.name}</Link>{" "}
            <span className="text-sm text-ink-soft">{teacher.hours} hours taught here</span>
          </li>
        ))}
      </ul>
      {teaches ? (
        <p className="mt-2">
          <Link to={spacePath(slug, "hours")}>Record hours that you taught</Link>
        </p>
      ) : null}
      {sisters.length > 0 ? (
        <>
          <h3 className="mt-8 mb-2">Sister cohorts</h3>
          <ul className="max-w-[68ch]">
            {sisters.map(({ title, path }) => (
              <li key={path} className="border-t border-rule py-2 [overflow-wrap:anywhere]">
                <Link to={path}>{title}</Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h3 className="mt-8 mb-2">Students</h3>
      {students.length === 0 ? (
        <Empty>Nobody has a place yet. Whoever you admit appears here.</Empty>
      ) : (
        <ul className="max-w-[68ch]">
          {students.map((student) => (
            <li key={student.handle} className="border-t border-rule py-2 [overflow-wrap:anywhere]">
              <Link to={spacePath(slug, "students", student.handle)}>{student.name}</Link>{" "}
              <span className="text-sm text-ink-soft">
                {student.updates} {student.updates === 1 ? "update" : "updates"}
                {student.headline ? `. ${student.headline}` : ""}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
