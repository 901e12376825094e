import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requireOperator } from "~/auth/session.server";
import { Empty, Facts, PageHead, Section, Table } from "~/components/ui/page";
import { getDesk, type Queue } from "./desk.server";

export const meta: MetaFunction = () => [{ title: "Desk · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireOperator(request);
  return { queues: await getDesk(actor, getClock().now()) };
}

export default function Desk() {
  const { queues } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Desk">
        What waits for an operator, the oldest first. What you decide is written down with your
        name: <Link to="/desk/audit">see the latest acts</Link>.
      </PageHead>
      <Facts
        items={queues.map((queue) => ({
          name: queue.title,
          value: String(queue.count),
          note: queue.oldest ? `the oldest ${queue.oldest}` : "none waits",
        }))}
      />
      {queues.map((queue) => (
        <QueueSection key={queue.title} queue={queue} />
      ))}
    </>
  );
}

function QueueSection({ queue }: { queue: Queue }) {
  const hasAmounts = queue.rows.some((row) => row.amount !== null);
  return (
    <Section title={queue.title}>
      {queue.rows.length === 0 ? (
        <Empty>{queue.empty}</Empty>
      ) : (
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
              row.what,
              row.since,
              ...(hasAmounts ? [row.amount] : []),
            ],
          }))}
        />
      )}
      {queue.count > queue.rows.length ? (
        <p className="mt-4 text-ink-soft">
          The oldest {queue.rows.length} of {queue.count} are shown.
        </p>
      ) : null}
    </Section>
  );
}
