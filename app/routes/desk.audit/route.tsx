import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { requireOperator } from "~/auth/session.server";
import { Empty, PageHead, Table } from "~/components/ui/page";
import { listAuditEvents } from "~/features/treasury/desk-queries.server";
import { formatInstant } from "~/lib/dates";

export const meta: MetaFunction = () => [{ title: "Audit events · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireOperator(request);
  const before = new URL(request.url).searchParams.get("before");
  const { events, before: next } = await listAuditEvents(before);
  return {
    next,
    events: events.map((event) => ({
      id: String(event.id),
      at: formatInstant(event.at, "UTC"),
      actor: event.actor ?? "Belay itself",
      action: event.action.replaceAll("-", " "),
      subject: `${event.subjectType} ${event.subjectId.slice(0, 8)}`,
      data: Object.entries(event.data)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => `${name}: ${value}`)
        .join(", "),
    })),
  };
}

export default function Audit() {
  const { events, next } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Audit events" over={<Link to="/desk">Desk</Link>}>
        Each operator's act and each act on money, newest first. They can be neither changed nor
        removed.
      </PageHead>
      {events.length === 0 ? (
        <Empty>Nothing has happened yet.</Empty>
      ) : (
        <Table
          caption="Audit events, newest first"
          columns={[
            { name: "When" },
            { name: "Who" },
            { name: "Did what" },
            { name: "To what" },
            { name: "With" },
          ]}
          rows={events.map((event) => ({
            key: event.id,
            cells: [
              event.at,
              event.actor,
              event.action,
              event.subject,
              <span key="data" className="text-sm [overflow-wrap:anywhere]">
                {event.data}
              </span>,
            ],
          }))}
        />
      )}
      {next ? (
        <p className="mt-4">
          <Link to={`/desk/audit?before=${next}`}>Older</Link>
        </p>
      ) : null}
    </>
  );
}
