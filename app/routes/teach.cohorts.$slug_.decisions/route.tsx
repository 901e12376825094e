import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { ActionLink, Empty, PageHead, Section } from "~/components/ui/page";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { decideApplications } from "~/features/decisions/decide-applications.server";
import { DecisionForm } from "~/features/decisions/decision-form";
import { keepTemplate } from "~/features/decisions/keep-template.server";
import { DECISION_MESSAGES, KINDS } from "~/features/decisions/words";
import { ApplicationFilter } from "~/features/reviews/application-list";
import { ListPages } from "~/features/reviews/list-pages";
import { ReviewTabs } from "~/features/reviews/review-tabs";
import { getDecider, loadDecisions } from "./decisions.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Decisions of ${data?.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const search = new URL(request.url).searchParams;
  return {
    ...(await loadDecisions(actor, params.slug ?? "", search)),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const cohort = await getDecider(actor, params.slug ?? "");
  const form = await readForm(request);
  const { intent, ...values } = form.values;
  const call = { actor, idempotencyKey: form.idempotencyKey, now: getClock().now() };
  const cohortId = cohort.id;
  const chosen = Object.entries(values)
    .filter(([name]) => /^applicationIds(\.\d+)?$/.test(name))
    .map(([, id]) => id);
  const here = `/teach/cohorts/${cohort.slug}/decisions${new URL(request.url).search}`;
  const result =
    intent === "text"
      ? await keepTemplate({ ...call, input: { ...values, cohortId } })
      : await decideApplications({
          ...call,
          input: { ...values, cohortId, applicationIds: chosen },
        });
  return result.ok
    ? redirectSaying(here, intent === "text" ? "text-kept" : "decisions-kept")
    : refused(result.error, form, DECISION_MESSAGES);
}

export default function Decisions() {
  const page = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title="Decisions"
        trail={[
          { to: "/teach", name: "Teaching" },
          { to: `/teach/cohorts/${page.slug}`, name: page.title },
        ]}
      >
        What you decide here waits until you release it. Nobody is told before.
      </PageHead>
      <CohortTabs slug={page.slug} at="applications" teaches learns={false} />
      <ReviewTabs slug={page.slug} at="decisions" teaches />
      <ErrorSummary problem={problem} />
      <ActionLink to={`/teach/cohorts/${page.slug}/release`}>See what would go out</ActionLink>
      <Section title="Decide about several">
        <ApplicationFilter query={page.query} teacher />
        {page.applications.length === 0 ? (
          <Empty>No application fits. Choose less above.</Empty>
        ) : (
          <DecisionForm
            problem={problem}
            idempotencyKey={page.idempotencyKey}
            pending={null}
            zone={page.zone}
            others={page.others}
          >
            <Chosen />
          </DecisionForm>
        )}
      </Section>
      <Texts />
    </>
  );
}

/** The applications of this page of the list, to be chosen. */
function Chosen() {
  const { applications, first, next } = useLoaderData<typeof loader>();
  return (
    <fieldset id="applicationIds" className="mb-6">
      <legend className="font-semibold">Applications</legend>
      {applications.map((one) => (
        <div
          key={one.id}
          className="flex flex-wrap items-baseline gap-x-3 border-b border-rule py-2"
        >
          <input
            id={`a-${one.id}`}
            name="applicationIds"
            type="checkbox"
            value={one.id}
            className="size-5 shrink-0 self-center"
          />
          <label htmlFor={`a-${one.id}`} className="min-w-0 grow [overflow-wrap:anywhere]">
            {one.name}
            {one.decision ? <span className="text-accent"> {one.decision}</span> : null}
          </label>
          <span className="text-sm tabular-nums text-ink-soft">
            {one.normal ? `normalised ${one.normal}, mean ${one.mean}` : one.mean}
          </span>
          <Link to={one.to} aria-label={`Read ${one.name}`}>
            Read
          </Link>
        </div>
      ))}
      <ListPages first={first} next={next} />
    </fieldset>
  );
}

/** What each kind of decision is told with where nobody wrote another text. */
function Texts() {
  const { texts, idempotencyKey } = useLoaderData<typeof loader>();
  return (
    <Section title="The cohort’s texts">
      <p className="mb-4 max-w-[68ch]">
        Sent where a decision has no message of its own. Variables in braces are filled for each.
      </p>
      {texts.map(({ kind, body, variables }) => (
        <details key={kind} className="max-w-xl border-t border-rule py-2">
          <summary className="min-h-11 cursor-pointer py-2 font-semibold">
            {KINDS.find(({ value }) => value === kind)?.label}
          </summary>
          <Form method="post" noValidate>
            <IdempotencyKey value={`${idempotencyKey}-${kind}`} />
            <input type="hidden" name="kind" value={kind} />
            <label htmlFor={`body-${kind}`} className="font-semibold">
              Text
            </label>
            <textarea
              id={`body-${kind}`}
              name="body"
              rows={4}
              defaultValue={body}
              aria-describedby={`body-${kind}-hint`}
              className="mt-1 mb-2 block w-full rounded-md border border-ink-soft bg-paper px-3 py-2 text-base text-ink"
            />
            <p id={`body-${kind}-hint`} className="mb-4 text-sm text-ink-soft">
              {variables}
            </p>
            <Button kind="plain" name="intent" value="text">
              Keep this text
            </Button>
          </Form>
        </details>
      ))}
    </Section>
  );
}
