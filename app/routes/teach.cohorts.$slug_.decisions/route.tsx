import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { ActionLink, Empty, PageHead, Section } from "~/components/ui/page";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { DecisionForm } from "~/features/decisions/decision-form";
import { DECISION_MESSAGES } from "~/features/decisions/words";
import { ApplicationFilter } from "~/features/reviews/application-list";
import { ListPages } from "~/features/reviews/list-pages";
import { ReviewTabs } from "~/features/reviews/review-tabs";
import { type FormProblem, pickedOf } from "~/lib/form-problem";
import { act } from "./act.server";
import { getDecider, loadDecisions } from "./decisions.server";
import { Texts } from "./texts";

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
  const search = new URL(request.url).searchParams;
  const done = await act(actor, cohort, form, { now: getClock().now(), search });
  if (!done.result.ok) return refused(done.result.error, form, DECISION_MESSAGES);
  search.delete("text");
  const here = `/teach/cohorts/${cohort.slug}/decisions`;
  return redirectSaying(search.size > 0 ? `${here}?${search}` : here, done.says);
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
      <p className="flex flex-wrap items-baseline gap-6">
        <ActionLink to={`/teach/cohorts/${page.slug}/release`}>See what would go out</ActionLink>
        <Link to={`/teach/cohorts/${page.slug}/waitlist`}>Waitlist</Link>
      </p>
      <Section title="Decide about several" id="decide">
        <ApplicationFilter query={page.query} teacher />
        {page.applications.length === 0 && !problem ? (
          <Empty>No application fits. Choose less above.</Empty>
        ) : (
          <DecisionForm
            key={page.idempotencyKey}
            problem={problem?.values.intent === "text" ? undefined : problem}
            idempotencyKey={page.idempotencyKey}
            pending={page.begun}
            open={false}
            texts={page.templates}
            zone={page.zone}
            others={page.others}
          >
            <Chosen problem={problem} />
          </DecisionForm>
        )}
      </Section>
      <Texts key={page.idempotencyKey} idempotencyKey={page.idempotencyKey} problem={problem} />
    </>
  );
}

/** The applications of this page of the list, to be chosen; after a refusal those that were. */
function Chosen({ problem }: { problem: FormProblem | undefined }) {
  const { applications, first, next } = useLoaderData<typeof loader>();
  const picked = problem ? pickedOf(problem.values, "applicationIds") : [];
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
            defaultChecked={picked.includes(one.id)}
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
      <div className="mt-4 flex gap-3">
        <input
          id="everybody"
          name="everybody"
          type="checkbox"
          value="yes"
          defaultChecked={problem?.values.everybody === "yes"}
          className="mt-1 size-5 shrink-0"
        />
        <label htmlFor="everybody">
          All that fit the choice above, on every page of it, that can be decided so
        </label>
      </div>
      <ListPages first={first} next={next} />
    </fieldset>
  );
}
