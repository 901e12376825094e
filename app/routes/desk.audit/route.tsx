import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { requireOperator } from "~/auth/session.server";
import { Button, Field } from "~/components/ui/form";
import { Empty, PageHead, Section, Table } from "~/components/ui/page";
import { Pager } from "~/components/ui/pager";
import { listAuditChoices, listAuditEvents } from "~/features/audit/queries.server";
import { auditFilter } from "~/features/audit/schema";
import { formatInstant } from "~/lib/dates";
import { formatCents } from "~/lib/money";

export const meta: MetaFunction = () => [{ title: "Audit events · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireOperator(request);
  const filter = auditFilter.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [{ events, before }, choices] = await Promise.all([
    listAuditEvents(filter),
    listAuditChoices(),
  ]);
  const { before: _, ...asked } = filter;
  return {
    asked,
    choices,
    next: before === null ? null : `?${searchOf({ ...asked, before })}`,
    newest: filter.before === undefined ? null : `?${searchOf(asked)}`,
    events: events.map((event) => ({
      id: String(event.id),
      at: formatInstant(event.at, "UTC"),
      actor: event.actor ?? "Belay itself",
      action: event.action.replaceAll("-", " "),
      subject: `${event.subjectType} ${event.subjectId.slice(0, 8)}`,
      sameSubject: `?${searchOf({ kind: event.subjectType, subject: event.subjectId })}`,
      data: Object.entries(event.data)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => inWords(name, value))
        .join(", "),
    })),
  };
}

const searchOf = (asked: Record<string, string | undefined>): string =>
  new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();

/** Amounts as money; all else as it was kept. */
function inWords(name: string, value: unknown): string {
  return name.endsWith("Cents") && /^-?\d+$/.test(String(value))
    ? `${name.slice(0, -"Cents".length)}: ${formatCents(String(value))}`
    : `${name}: ${value}`;
}

export default function Audit() {
  const { events, next, newest, asked, choices } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Audit events" trail={[{ to: "/desk", name: "Desk" }]}>
        Each operator’s act, each act on money and each change to how an account is secured, newest
        first. They can be neither changed nor removed.
      </PageHead>
      <Filter key={searchOf(asked)} asked={asked} choices={choices} />
      <Section title="Events">
        {events.length === 0 ? (
          <Empty>No event is like this. Ask for less, or clear the filter.</Empty>
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
                <Link key="subject" to={event.sameSubject}>
                  {event.subject}
                </Link>,
                <span key="data" className="text-sm [overflow-wrap:anywhere]">
                  {event.data}
                </span>,
              ],
            }))}
          />
        )}
        <Pager of="Audit events" newest={newest} older={next} />
      </Section>
    </>
  );
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

/** What is asked for, in the address of the page. */
function Filter({ asked, choices }: Pick<Loaded, "asked" | "choices">) {
  const any = (names: string[]) => [
    { value: "", label: "Any" },
    ...names.map((name) => ({ value: name, label: name.replaceAll("-", " ") })),
  ];
  return (
    <Form method="get" noValidate>
      <div className="grid gap-x-6 sm:grid-cols-3">
        <Field name="who" label="Handle of who did it" defaultValue={asked.who} maxLength={60} />
        <Field
          name="action"
          label="Did what"
          options={any(choices.actions)}
          defaultValue={asked.action}
        />
        <Field name="kind" label="To what" options={any(choices.kinds)} defaultValue={asked.kind} />
        <Field
          name="subject"
          label="Its id, or how that begins"
          defaultValue={asked.subject}
          maxLength={36}
        />
        <Field name="from" label="From (UTC)" type="date" defaultValue={asked.from} />
        <Field name="to" label="To, that day included" type="date" defaultValue={asked.to} />
      </div>
      <p className="flex flex-wrap items-center gap-6">
        <Button kind="plain">Show these events</Button>
        <Link to="/desk/audit">Clear the filter</Link>
      </p>
    </Form>
  );
}
