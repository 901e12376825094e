import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useSubmit } from "@remix-run/react";
import { useEffect } from "react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Facts, PageHead, Section, Table } from "~/components/ui/page";
import { APPLICATION_MESSAGES } from "~/features/applications/words";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { getOwnCohort } from "~/features/cohorts/queries.server";
import { assignReviewers } from "~/features/reviews/assign-reviewers.server";
import { remindReviewers } from "~/features/reviews/remind-reviewers.server";
import { ReviewTabs } from "~/features/reviews/review-tabs";
import { REVIEW_MESSAGES } from "~/features/reviews/words";
import { pickedOf } from "~/lib/form-problem";
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
      <CohortTabs slug={review.slug} at="applications" teaches learns={false} />
      <ReviewTabs slug={review.slug} at="progress" teaches={review.teacher} />
      <ErrorSummary problem={problem} />
      {answer && "assigned" in answer ? <Assigned {...answer} /> : null}
      <Facts
        items={[
          { name: "Applications", value: review.total, note: "that you may read" },
          { name: "Waiting for a decision", value: review.waiting },
          { name: "With all reviews", value: `${review.full} of ${review.waiting}` },
          { name: "Places taken", value: review.places },
        ]}
      />
      <Reviewers />
      {review.teacher ? <Assign /> : null}
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

function Assign() {
  const { reviewers, short, idempotencyKey } = useLoaderData<typeof loader>();
  return (
    <Section title="Assign">
      <p className="mb-4 max-w-[68ch]">
        {short === 0
          ? "Every application has its reviewers. Whoever abstains or declares a conflict is replaced when you assign again."
          : `${short} applications lack a reviewer. All get alike to do, nobody gets a person whom they must not review, and what is assigned stays.`}
      </p>
      <Form method="post">
        <IdempotencyKey value={`${idempotencyKey}-assign`} />
        <fieldset className="mb-4">
          <legend className="font-semibold">Who takes part</legend>
          {reviewers.map(({ id, displayName }) => (
            <div key={id} className="mt-2 flex gap-3">
              <input
                id={`r-${id}`}
                name="reviewerIds"
                type="checkbox"
                value={id}
                defaultChecked
                className="mt-1 size-5 shrink-0"
              />
              <label htmlFor={`r-${id}`}>{displayName}</label>
            </div>
          ))}
        </fieldset>
        <div className="flex flex-wrap gap-4">
          <Button name="intent" value="assign">
            Assign reviewers
          </Button>
          <Button kind="plain" name="intent" value="remind">
            Remind who has some left
          </Button>
        </div>
      </Form>
    </Section>
  );
}

/** What a run assigned; with more to do it goes on by itself, or by the button without scripts. */
function Assigned(props: {
  assigned: number;
  short: number;
  after: string | null;
  reviewerIds: string[];
}) {
  const { idempotencyKey } = useLoaderData<typeof loader>();
  const submit = useSubmit();
  const { after } = props;
  useEffect(() => {
    const form = document.getElementById("go-on");
    if (after && form instanceof HTMLFormElement) submit(form);
  }, [after, submit]);
  return (
    <div role="status" className="mb-8 max-w-[68ch] border-l-4 border-gain bg-paper-2 p-4">
      <p>
        {props.assigned} assigned.
        {props.short > 0
          ? ` ${props.short} applications still lack a reviewer: too few may read them. Invite more.`
          : ""}
      </p>
      {after ? (
        <Form method="post" id="go-on">
          <IdempotencyKey value={`${idempotencyKey}-on`} />
          <input type="hidden" name="after" value={after} />
          {props.reviewerIds.map((id) => (
            <input key={id} type="hidden" name="reviewerIds" value={id} />
          ))}
          <Button kind="plain" name="intent" value="assign">
            Go on with the next
          </Button>
        </Form>
      ) : null}
    </div>
  );
}
