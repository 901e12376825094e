import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { ErrorSummary } from "~/components/ui/form";
import { Markdown } from "~/components/ui/markdown";
import { PageHead } from "~/components/ui/page";
import { FeedbackSection } from "~/features/learning/feedback-list";
import { presentSpace, presentWork } from "~/features/learning/present.server";
import { discuss, notHere, requireSpace } from "~/features/learning/space-route.server";
import { spacePath } from "~/features/learning/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.work.title ?? "Work"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, space, idempotencyKey } = await requireSpace(request, params.slug);
  const work = await presentWork(actor, space, params.id);
  if (!work) throw notHere();
  return { space: presentSpace(space), work, idempotencyKey };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, space } = await requireSpace(request, params.slug);
  const work = await presentWork(actor, space, params.id);
  if (!work) throw notHere();
  const on = { kind: "work" as const, id: work.id };
  const result = await discuss(request, actor, on, getClock().now());
  return result.done
    ? redirect(`${spacePath(space.cohort.slug, "works", work.id)}#${result.anchor}`)
    : result.answer;
}

export default function WorkPage() {
  const { space, work, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title={work.title}
        over={<Link to={spacePath(space.slug)}>Learning space of {space.title}</Link>}
      >
        <Link to={spacePath(space.slug, "students", work.handle)}>{work.by}</Link>, {work.on}
      </PageHead>
      <ErrorSummary problem={problem} />
      {work.html ? <Markdown html={work.html} /> : null}
      {work.url ? (
        <p className="mt-4 [overflow-wrap:anywhere]">
          <a href={work.url} rel="nofollow noopener">
            {work.url}
          </a>
        </p>
      ) : null}
      {work.own ? (
        <p className="mt-4">
          <Link to={`${spacePath(space.slug, "work")}?id=${work.id}`}>Change this</Link>
        </p>
      ) : null}
      {work.feedback ? (
        <FeedbackSection
          feedback={work.feedback}
          own={work.own}
          mayGiveFeedback={work.mayGiveFeedback}
          name={work.by}
          problem={problem}
          idempotencyKey={idempotencyKey}
        />
      ) : null}
    </>
  );
}
