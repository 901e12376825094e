import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { Facts, PageHead, Section, Table } from "~/components/ui/page";
import { APPLICATION_MESSAGES } from "~/features/applications/words";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import { assignReviewers } from "~/features/reviews/assign-reviewers.server";
import { remindReviewers } from "~/features/reviews/remind-reviewers.server";
import { ReviewTabs } from "~/features/reviews/review-tabs";
import { REVIEW_MESSAGES } from "~/features/reviews/words";
import { pickedOf } from "~/lib/form-problem";
import { Assign, Assigned } from "./assign-forms";
import { loadProgress } from "./progress.server";

const MESSAGES = { ...APPLICATION_MESSAGES, ...REVIEW_MESSAGES };

export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [
  { title: `Review of ${shown?.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  return { ...(await loadProgress(actor, params.slug)), idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const cohort = await getOwnCohort(actor, params.slug ?? "", "cohort.manage");
  if (!cohort) throw new Response("Not found", { status: 404 });
  const form = await readForm(request);
  const call = { actor, idempotencyKey: form.idempotencyKey, now: getClock().now() };
  const cohortId = cohort.id;
  if (form.values.intent === "remind") {
    const result = await remindReviewers({ ...call, input: { cohortId } });
    return result.ok
      ? redirectSaying(`/teach/cohorts/${cohort.slug}/review`, "reviewers-reminded")
      : refused(result.error, form, MESSAGES);
  }
  const input = {
    cohortId,
    reviewerIds: pickedOf(form.values, "reviewerIds"),
    after: form.values.after || null,
  };
  const result = await assignReviewers({ ...call, input });
  if (!result.ok) return refused(result.error, form, MESSAGES);
  return data({ ...result.value, reviewerIds: input.reviewerIds });
}

export default function Review() {
  const review = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const problem = answer && "problem" in answer ? answer.problem : undefined;
  return (
    <>
      <PageHead title={`Review of ${review.title}`} trail={[{ to: "/teach", name: "Teaching" }]}>
        Each application is read by {review.wanted} reviewers.
        {review.blindFirst ? " Who applies is hidden until one has scored." : ""}
      </PageHead>
      <CohortTabs slug={review.slug} at="applications" teaches={review.teacher} reviews />
      <ReviewTabs slug={review.slug} at="progress" teaches={review.teacher} />
      <ErrorSummary problem={problem} />
      {answer && "assigned" in answer ? (
        <Assigned {...answer} idempotencyKey={review.idempotencyKey} />
      ) : null}
      <Facts
        items={[
          { name: "Applications", value: review.total, note: "that you may read" },
          { name: "Waiting for a decision", value: review.waiting },
          { name: "With all reviews", value: `${review.full} of ${review.waiting}` },
          { name: "Places taken", value: review.places },
        ]}
      />
      <Reviewers />
      {review.teacher ? <Assign {...review} /> : null}
    </>
  );
}

function Reviewers() {
  const { reviewers, all: scale, teacher, slug } = useLoaderData<typeof loader>();
  return (
    <Section title={teacher ? "Reviewers" : "Your reviews"}>
      <Table
        caption="Reviewers"
        columns={[
          { name: "Reviewer" },
          { name: "Assigned", numeric: true },
          { name: "Left", numeric: true },
          { name: "Counted", numeric: true },
          { name: "Mean ± spread", numeric: true },
        ]}
        rows={reviewers.map((one) => ({
          key: one.id,
          cells: [
            one.displayName,
            one.assigned,
            one.left > 0 && !teacher ? (
              <Link key="left" to={`/teach/cohorts/${slug}?mine=waiting`}>
                {one.left}
              </Link>
            ) : (
              one.left
            ),
            one.counted,
            one.scale ?? "from 5 reviews on",
          ],
        }))}
      />
      <p className="mt-4 max-w-[68ch] text-sm text-ink-soft">
        {scale ? `All reviews together: ${scale}. ` : ""}
        Applications of people whom you must not review are in no number here.
      </p>
    </Section>
  );
}
