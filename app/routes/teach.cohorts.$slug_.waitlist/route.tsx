import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { Empty, PageHead } from "~/components/ui/page";
import { SortableList } from "~/components/ui/sortable";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { listWaitlist, moveOnWaitlist } from "~/features/decisions/waitlist.server";
import { DECISION_MESSAGES } from "~/features/decisions/words";
import { ReviewTabs } from "~/features/reviews/review-tabs";
import { getDecider } from "../teach.cohorts.$slug_.decisions/decisions.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Waitlist of ${data?.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const cohort = await getDecider(actor, params.slug ?? "");
  return {
    title: cohort.title,
    slug: cohort.slug,
    places: `${cohort.enrolled} of ${cohort.capacity}`,
    waiting: await listWaitlist(actor, cohort),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const cohort = await getDecider(actor, params.slug ?? "");
  const form = await readForm(request);
  const result = await moveOnWaitlist({
    actor,
    input: { ...form.values, cohortId: cohort.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirect(`/teach/cohorts/${cohort.slug}/waitlist`)
    : refused(result.error, form, DECISION_MESSAGES);
}

export default function Waitlist() {
  const { title, slug, places, waiting, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title="Waitlist"
        trail={[
          { to: "/teach", name: "Teaching" },
          { to: `/teach/cohorts/${slug}`, name: title },
          { to: `/teach/cohorts/${slug}/decisions`, name: "Decisions" },
        ]}
      >
        Places taken: {places}. When one comes free, the first here gets it and is told at once,
        until the cohort begins.
      </PageHead>
      <CohortTabs slug={slug} at="applications" teaches learns={false} />
      <ReviewTabs slug={slug} at="decisions" teaches />
      <ErrorSummary problem={problem} />
      {waiting.length === 0 ? (
        <Empty>
          Nobody waits. <Link to={`/teach/cohorts/${slug}/decisions`}>Decide</Link> to put somebody
          on the waitlist, then release it.
        </Empty>
      ) : (
        <SortableList
          label="Waitlist, the next first"
          intent="move"
          field="applicationId"
          idempotencyKey={idempotencyKey}
          items={waiting.map(({ id, name, place }) => ({
            id,
            name,
            content: (
              <span className="[overflow-wrap:anywhere]">
                {place}. <Link to={`/teach/applications/${id}`}>{name}</Link>
              </span>
            ),
          }))}
        />
      )}
    </>
  );
}
