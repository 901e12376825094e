import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Day } from "~/components/ui/numbers";
import { Badge, Empty, PageHead, Section, Table } from "~/components/ui/page";
import { ChecklistShown } from "~/features/applications/checklist-shown";
import { loadOwnApplications } from "~/features/applications/missing.server";
import { APPLICATION_STATES } from "~/features/applications/words";

export const meta: MetaFunction = () => [{ title: "Your applications · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  return loadOwnApplications(actor, getClock().now());
}

type Own = ReturnType<typeof useLoaderData<typeof loader>>["applications"][number];

const COLUMNS = ["Cohort", "State", "What is missing", "Deadline", "Last changed"];

export default function Applications() {
  const { applications, common } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Your applications">
        <Link to="/saved">Cohorts that you saved, and your deadlines as a calendar</Link>
      </PageHead>
      {applications.length === 0 ? (
        <Empty>
          You have not applied anywhere yet. <Link to="/cohorts">Look at the open cohorts</Link>: a
          draft is yours alone until you submit it.
        </Empty>
      ) : (
        <Table
          caption="Your applications"
          columns={COLUMNS.map((name) => ({ name }))}
          rows={applications.map((application) => ({
            key: application.id,
            cells: [
              <Link
                key="cohort"
                to={`/applications/${application.id}`}
                className="[overflow-wrap:anywhere]"
              >
                {application.cohort}
              </Link>,
              <Badge key="state">{APPLICATION_STATES[application.state]}</Badge>,
              <Missing key="missing" of={application} />,
              <span key="deadline">
                {application.deadline ? (
                  <Deadline of={application.deadline} />
                ) : (
                  <span className="text-ink-soft">None ahead</span>
                )}
              </span>,
              <Day key="changed" day={application.changedAt} />,
            ],
          }))}
        />
      )}
      <Section title="What goes with every application" id="checklist">
        <ChecklistShown items={common} />
      </Section>
    </>
  );
}

function Missing({ of }: { of: Own }) {
  if (of.toConfirm) return <Link to={`/applications/${of.id}`}>Confirming your place</Link>;
  if (of.missing === null) return <span className="text-ink-soft">Nothing to do now</span>;
  if (of.missing.length === 0) return <>Nothing</>;
  return <Link to={`/cohorts/${of.slug}/apply`}>{sentence(of.missing)}</Link>;
}

/** `2 of 5 answers, submitting it` with a capital. */
function sentence(parts: readonly string[]): string {
  const text = parts.join(", ");
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
}
