import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Empty, PageHead } from "~/components/ui/page";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { beginRelease } from "~/features/decisions/begin-release.server";
import { stopRelease } from "~/features/decisions/drop-decision.server";
import { DECISION_MESSAGES } from "~/features/decisions/words";
import { ReviewTabs } from "~/features/reviews/review-tabs";
import { getDecider } from "../teach.cohorts.$slug_.decisions/decisions.server";
import { Preview } from "./preview";
import { loadRelease } from "./release.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Release decisions of ${data?.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const search = new URL(request.url).searchParams;
  return loadRelease(actor, params.slug ?? "", search, getClock().now());
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const cohort = await getDecider(actor, params.slug ?? "");
  const form = await readForm(request);
  const call = { actor, idempotencyKey: form.idempotencyKey, now: getClock().now() };
  const stops = form.values.intent === "stop";
  const result = stops
    ? await stopRelease({ ...call, input: { cohortId: cohort.id } })
    : await beginRelease({
        ...call,
        input: { cohortId: cohort.id, seen: form.values.seen ?? "" },
      });
  return result.ok
    ? redirectSaying(
        `/teach/cohorts/${cohort.slug}/release`,
        stops ? "release-stopped" : "release-begun",
      )
    : refused(result.error, form, DECISION_MESSAGES);
}

export default function Release() {
  const page = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title="Release decisions"
        trail={[
          { to: "/teach", name: "Teaching" },
          { to: `/teach/cohorts/${page.slug}`, name: page.title },
        ]}
      >
        Nobody knows yet. All these are told at once, each with the message below.
      </PageHead>
      <CohortTabs slug={page.slug} at="applications" teaches learns={false} />
      <ReviewTabs slug={page.slug} at="decisions" teaches />
      <ErrorSummary problem={problem} />
      {page.release ? <Progress {...page.release} idempotencyKey={page.idempotencyKey} /> : null}
      {page.total === 0 ? (
        <Empty>
          Nothing is pending. <Link to={`/teach/cohorts/${page.slug}/decisions`}>Decide</Link> about
          applications first: what you decide waits here until you release it.
        </Empty>
      ) : (
        <Preview />
      )}
    </>
  );
}

/** How far a release is; looks again every two seconds until it is done. */
function Progress(props: {
  done: number;
  total: number;
  finished: boolean;
  at: string;
  idempotencyKey: string;
}) {
  const { revalidate } = useRevalidator();
  const { finished } = props;
  useEffect(() => {
    if (finished) return;
    const timer = setInterval(revalidate, 2_000);
    return () => clearInterval(timer);
  }, [finished, revalidate]);
  return (
    <div role="status" className="mb-8 max-w-[68ch] border-l-4 border-gain bg-paper-2 p-4">
      {finished ? (
        `The last release was done on ${props.at}: ${props.total} out.`
      ) : (
        <>
          <p className="mb-2">
            {props.done} of {props.total} are out. You may close this page: it goes on by itself.
          </p>
          <progress value={props.done} max={props.total} aria-label="Decisions that are out" />
          <Form method="post" className="mt-4">
            <IdempotencyKey value={`${props.idempotencyKey}-stop`} />
            <Button kind="danger" name="intent" value="stop">
              Stop: keep back what is not out
            </Button>
          </Form>
        </>
      )}
    </div>
  );
}
