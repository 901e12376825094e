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
import { CommentSection, FeedbackSection } from "~/features/learning/feedback-list";
import { presentSpace, presentUpdate } from "~/features/learning/present.server";
import { discuss, notHere, requireSpace } from "~/features/learning/space-route.server";
import { spacePath } from "~/features/learning/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `${data.update.by}, week of ${data.update.weekInWords}` : "Update"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, space, idempotencyKey } = await requireSpace(request, params.slug);
  const update = await presentUpdate(actor, space, params.id);
  if (!update) throw notHere();
  return { space: presentSpace(space), update, idempotencyKey };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, space } = await requireSpace(request, params.slug);
  const update = await presentUpdate(actor, space, params.id);
  if (!update) throw notHere();
  const on = { kind: "update" as const, id: update.id };
  const result = await discuss(request, actor, on, getClock().now());
  return result.done
    ? redirect(`${spacePath(space.cohort.slug, "updates", update.id)}#${result.anchor}`)
    : result.answer;
}

export default function UpdatePage() {
  const { space, update, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const forms = { problem, idempotencyKey };
  return (
    <>
      <PageHead
        title={`Week of ${update.weekInWords}`}
        over={<Link to={spacePath(space.slug)}>Learning space of {space.title}</Link>}
      >
        <Link to={spacePath(space.slug, "students", update.handle)}>{update.by}</Link>, published{" "}
        {update.on}
      </PageHead>
      <ErrorSummary problem={problem} />
      {update.parts.map((part) => (
        <section key={part.title} className="mb-6">
          <h2 className="mb-2 text-lg">{part.title}</h2>
          <Markdown html={part.html} />
        </section>
      ))}
      {update.links.length > 0 ? (
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {update.links.map((link) => (
            <li key={`${link.title} ${link.url}`} className="[overflow-wrap:anywhere]">
              <a href={link.url} rel="nofollow noopener">
                {link.title}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {update.own ? (
        <p className="mt-4">
          <Link to={`${spacePath(space.slug, "update")}?week=${update.week}`}>
            Change this update
          </Link>
        </p>
      ) : null}
      {update.feedback ? (
        <FeedbackSection
          feedback={update.feedback}
          own={update.own}
          mayGiveFeedback={update.mayGiveFeedback}
          name={update.by}
          {...forms}
        />
      ) : null}
      <CommentSection comments={update.comments} {...forms} />
    </>
  );
}
