import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Drawing } from "~/components/ui/drawing";
import { CompareForm } from "~/components/ui/filters";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { Day } from "~/components/ui/numbers";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import {
  findCalendarSince,
  makeCalendarToken,
  revokeCalendarToken,
} from "~/features/calendar/feed-token.server";
import { drawDeadlines } from "~/features/cohorts/charts.server";
import { CohortList } from "~/features/cohorts/cohort-list";
import { listTaughtBy } from "~/features/cohorts/find-cohorts.server";
import { MOST_COMPARED } from "~/features/cohorts/find-query";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { presentCohort } from "~/features/cohorts/present";
import { saveCohort, unsaveCohort } from "~/features/cohorts/save-cohort.server";
import { SaveForm } from "~/features/cohorts/save-form";
import { findUnsaved, listSaved } from "~/features/cohorts/saved.server";
import { makeLinkToken } from "~/lib/secret-link.server";

export const meta: MetaFunction = () => [{ title: "Saved cohorts · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const saved = await listSaved(actor);
  const taught = await listTaughtBy(
    saved.map(({ id }) => id),
    now,
  );
  return {
    out: await findUnsaved(actor, new URL(request.url).searchParams.get("out")),
    cohorts: saved.map((cohort) => ({
      ...presentCohort(cohort, now),
      taught: taught.get(cohort.id) ?? [],
    })),
    chart: drawDeadlines(saved, now),
    since: (await findCalendarSince(actor))?.toISOString() ?? null,
    newToken: makeLinkToken().token,
    idempotencyKey: newIdempotencyKey(),
  };
}

/** What leads to the sentence about a cohort that was taken out. */
const OUT = "out-";

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const { intent, token, slug = "" } = form.values;
  const call = { actor, idempotencyKey: form.idempotencyKey, now: getClock().now() };
  if (intent === "save" || intent === "unsave") {
    const saves = intent === "save";
    const changed = await (saves ? saveCohort : unsaveCohort)({ ...call, input: { slug } });
    if (!changed.ok) return refused(changed.error, form, COHORT_MESSAGES);
    return saves
      ? redirectSaying("/saved", "cohort-saved")
      : redirect(`/saved?out=${slug}#${OUT}${slug}`);
  }
  if (intent === "end") {
    const ended = await revokeCalendarToken({ ...call, input: {} });
    return ended.ok ? redirectSaying("/saved", "calendar-ended") : refused(ended.error, form);
  }
  const made = await makeCalendarToken({ ...call, input: { token } });
  return made.ok
    ? data({ problem: undefined, address: `${getEnv().appUrl}/calendar/${token}.ics` })
    : refused(made.error, form);
}

export default function Saved() {
  const { cohorts, chart, out } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="Saved cohorts" trail={[{ to: "/cohorts", name: "Cohorts" }]}>
        What you keep in view. Nobody else sees it.
      </PageHead>
      <ErrorSummary problem={useActionData<typeof action>()?.problem} />
      {out ? (
        <div id={`${OUT}${out.slug}`}>
          <Notice tone="gain" announced>
            <p className="mb-4 [overflow-wrap:anywhere]">{out.title} is no longer saved.</p>
            <SaveForm slug={out.slug} saved={false} listed={out.title} />
          </Notice>
        </div>
      ) : null}
      {cohorts.length === 0 ? (
        <Empty>
          You have saved nothing yet. On <Link to="/cohorts">a cohort’s page</Link> there is a
          button for it.
        </Empty>
      ) : (
        <>
          {chart ? <Drawing html={chart} /> : null}
          <Section title="What you saved">
            <CohortList
              cohorts={cohorts}
              choose="compare"
              below={({ slug, title }) => <SaveForm {...{ slug }} saved listed={title} />}
            />
            <CompareForm
              id="compare"
              action="/cohorts/compare"
              label="Choose cohorts to compare"
              most={MOST_COMPARED}
            />
          </Section>
        </>
      )}
      <Calendar />
    </>
  );
}

function Calendar() {
  const { since, newToken, idempotencyKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Section title="Your deadlines in your calendar" id="calendar">
      <p className="mb-4 max-w-[68ch]">
        An address that your calendar program can subscribe to: the deadlines of what you saved, of
        your own applications and of your places, each shown in your own time zone. Whoever has the
        address reads them without signing in, so treat it as a password.
      </p>
      {answer && "address" in answer ? (
        <Notice tone="gain" announced>
          Your calendar’s address is{" "}
          <strong className="[overflow-wrap:anywhere]">{answer.address}</strong>. Copy it now: it is
          not shown again.
        </Notice>
      ) : null}
      {since ? (
        <p className="mb-4 max-w-[68ch]">
          There has been an address since <Day day={since} />. A new one ends it.
        </p>
      ) : null}
      {/* Anew once an address was made: the next is another. */}
      <Form key={newToken} method="post" className="flex flex-wrap gap-4">
        <IdempotencyKey value={idempotencyKey} />
        <input type="hidden" name="token" value={newToken} />
        <Button kind="plain" name="intent" value="make">
          {since ? "Make a new address" : "Make the address"}
        </Button>
        {since ? (
          <Button kind="danger" name="intent" value="end">
            End the address
          </Button>
        ) : null}
      </Form>
    </Section>
  );
}
