import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { CohortTabs } from "~/features/cohorts/cohort-tabs";
import { beginRelease } from "~/features/decisions/begin-release.server";
import { getReleasePreview } from "~/features/decisions/preview.server";
import { DECISION_MESSAGES, KINDS } from "~/features/decisions/words";
import { ReviewTabs } from "~/features/reviews/review-tabs";
import { formatInstant } from "~/lib/dates";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Release decisions of ${data?.title ?? "a cohort"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const preview = await getReleasePreview(actor, params.slug ?? "", getClock().now());
  if (!preview) throw new Response("Not found", { status: 404 });
  const { cohort, release } = preview;
  return {
    title: cohort.title,
    slug: cohort.slug,
    idempotencyKey: newIdempotencyKey(),
    seen: preview.seen,
    total: preview.total,
    places: `${preview.taken} of ${cohort.capacity}`,
    counts: KINDS.flatMap(({ value, many }) => {
      const n = value === "hold" ? 0 : (preview.counts.get(value) ?? 0);
      return n > 0 ? [{ kind: value, said: `${n} ${many}` }] : [];
    }),
    decisions: preview.decisions.map(({ confirmBy, ...one }) => ({
      ...one,
      many: KINDS.find(({ value }) => value === one.kind)?.many ?? "",
      confirmBy: confirmBy ? formatInstant(confirmBy, cohort.timeZone) : null,
    })),
    release: release && {
      done: release.done,
      total: release.total,
      finished: release.finishedAt !== null,
      at: formatInstant(release.finishedAt ?? release.begunAt, cohort.timeZone),
    },
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const preview = await getReleasePreview(actor, params.slug ?? "", now);
  if (!preview) throw new Response("Not found", { status: 404 });
  const form = await readForm(request);
  const result = await beginRelease({
    actor,
    input: { cohortId: preview.cohort.id, seen: form.values.seen ?? "" },
    idempotencyKey: form.idempotencyKey,
    now,
  });
  return result.ok
    ? redirectSaying(`/teach/cohorts/${preview.cohort.slug}/release`, "release-begun")
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
      {page.release ? <Progress {...page.release} /> : null}
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
function Progress(props: { done: number; total: number; finished: boolean; at: string }) {
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
        `All ${props.total} decisions of the last release were out on ${props.at}.`
      ) : (
        <>
          <p className="mb-2">
            {props.done} of {props.total} are out. You may close this page: it goes on by itself.
          </p>
          <progress value={props.done} max={props.total} aria-label="Decisions that are out" />
        </>
      )}
    </div>
  );
}

function Preview() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <Section title={page.total === 1 ? "1 decision" : `${page.total} decisions`}>
        <ul className="mb-4 list-disc pl-5">
          {page.counts.map(({ kind, said }) => (
            <li key={kind}>{said}</li>
          ))}
        </ul>
        <p className="mb-4">Places taken now: {page.places}.</p>
        <Form method="post">
          <IdempotencyKey value={page.idempotencyKey} />
          <input type="hidden" name="seen" value={page.seen} />
          <Button>
            Tell {page.total} {page.total === 1 ? "applicant" : "applicants"} now
          </Button>
        </Form>
        <p className="mt-4 max-w-[68ch] text-sm text-ink-soft">
          It cannot be taken back after that. Until then each decision can be changed.
        </p>
      </Section>
      <Section title="Who is told what">
        {page.decisions.map((one) => (
          <article key={one.applicationId} className="max-w-[68ch] border-t border-rule py-4">
            <h3 className="text-lg [overflow-wrap:anywhere]">
              <Link to={`/teach/applications/${one.applicationId}#decide`}>{one.name}</Link>
            </h3>
            <p className="text-ink-soft">
              {one.many}
              {one.confirmBy ? `, to be confirmed by ${one.confirmBy}` : ""}
            </p>
            <p className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">{one.message}</p>
            {one.feedback ? (
              <p className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
                What could be better next time: {one.feedback}
              </p>
            ) : null}
          </article>
        ))}
        {page.total > page.decisions.length ? (
          <p className="mt-4">
            And {page.total - page.decisions.length} more, told in the same way.
          </p>
        ) : null}
      </Section>
    </>
  );
}
