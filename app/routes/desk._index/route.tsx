import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requireOperator } from "~/auth/session.server";
import { Money } from "~/components/ui/numbers";
import { Empty, PageHead, Section, Table } from "~/components/ui/page";
import { Tabs } from "~/components/ui/tabs";
import { getDesk, type Queue } from "./desk.server";

export const meta: MetaFunction = () => [{ title: "Desk · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireOperator(request);
  const queues = await getDesk(actor, getClock().now());
  const asked = new URL(request.url).searchParams.get("queue");
  return { queues, only: queues.some(({ slug }) => slug === asked) ? asked : null };
}

export default function Desk() {
  const { queues, only } = useLoaderData<typeof loader>();
  const waiting = queues.filter((queue) => queue.count > 0);
  const shown = only ? queues.filter((queue) => queue.slug === only) : waiting;
  const quiet = queues.filter((queue) => queue.count === 0);
  return (
    <>
      <PageHead title="Desk">
        What waits for an operator, the oldest first. What you decide is written down with your
        name: <Link to="/desk/audit">see the latest acts</Link>. Here you{" "}
        <Link to="/desk/openings">take an opening of the log away</Link> where a law demands it, and{" "}
        <Link to="/hypotheses">say what came of scouts&rsquo; hypotheses</Link> that nobody else has
        scored.
      </PageHead>
      <Tabs
        label="Queues"
        tabs={[
          { to: "/desk", name: "All that waits", current: only === null },
          ...queues
            .filter((queue) => queue.count > 0 || queue.slug === only)
            .map(({ slug, title, count }) => ({
              to: `/desk?queue=${slug}`,
              name: title,
              count,
              current: slug === only,
            })),
        ]}
      />
      {shown.length === 0 ? <Empty>Nothing waits for an operator.</Empty> : null}
      {shown.map((queue) => (
        <QueueSection key={queue.slug} queue={queue} />
      ))}
      {only === null && quiet.length > 0 ? (
        <Section title="Quiet">
          <ul className="max-w-[68ch] text-ink-soft">
            {quiet.map((queue) => (
              <li key={queue.slug} className="border-t border-rule py-2">
                {queue.empty}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function QueueSection({ queue }: { queue: Queue }) {
  const hasAmounts = queue.rows.some((row) => row.cents !== null);
  return (
    <Section title={queue.title}>
      {queue.rows.length === 0 ? (
        <Empty>{queue.empty}</Empty>
      ) : (
        <>
          <p className="mb-4 text-ink-soft">
            {queue.count === 1 ? "One waits" : `${queue.count} wait`}
            {queue.oldest ? `, the oldest since ${queue.oldest}` : ""}.
          </p>
          <Table
            caption={queue.title}
            columns={[
              { name: "From" },
              { name: "What" },
              { name: "Waits since" },
              ...(hasAmounts ? [{ name: "Amount", numeric: true }] : []),
            ]}
            rows={queue.rows.map((row) => ({
              key: row.id,
              cells: [
                <span key="who">
                  {row.path ? <Link to={row.path}>{row.who}</Link> : row.who}
                  {row.note ? ` (${row.note})` : null}
                </span>,
                <span key="what" className="[overflow-wrap:anywhere]">
                  {row.what}
                </span>,
                row.since,
                ...(hasAmounts
                  ? [row.cents ? <Money key="amount" cents={row.cents} /> : null]
                  : []),
              ],
            }))}
          />
        </>
      )}
      {queue.count > queue.rows.length ? (
        <p className="mt-4 text-ink-soft">
          The oldest {queue.rows.length} of {queue.count} are shown.
        </p>
      ) : null}
    </Section>
  );
}
