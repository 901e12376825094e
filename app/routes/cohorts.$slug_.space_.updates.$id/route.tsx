import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Markdown } from "~/components/ui/markdown";
import { CommentSection } from "~/features/learning/feedback-list";
import { presentSpace, presentUpdate } from "~/features/learning/present.server";
import { ShownPage } from "~/features/learning/shown-page";
import { discussShown, loadShown } from "~/features/learning/space-route.server";
import { spacePath } from "~/features/learning/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `${data.update.by}, week of ${data.update.weekInWords}` : "Update"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { space, shown, idempotencyKey } = await loadShown(request, params, presentUpdate);
  return { space: presentSpace(space), update: shown, idempotencyKey };
}

export const action = ({ request, params }: ActionFunctionArgs) =>
  discussShown(request, params, "update", presentUpdate);

export default function UpdatePage() {
  const { space, update, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const { feedback, own, mayGiveFeedback } = update;
  return (
    <ShownPage
      space={space}
      title={`Week of ${update.weekInWords}`}
      by={{ name: update.by, handle: update.handle }}
      when={`published ${update.on}`}
      change={
        own
          ? {
              to: `${spacePath(space.slug, "update")}?week=${update.week}`,
              name: "Change this update",
            }
          : null
      }
      discussion={{ feedback, own, mayGiveFeedback, problem, idempotencyKey }}
      after={
        <CommentSection
          comments={update.comments}
          problem={problem}
          idempotencyKey={idempotencyKey}
        />
      }
    >
      {update.parts.map((part) => (
        <section key={part.title} className="mb-6">
          <h2 className="mb-2 text-lg">{part.title}</h2>
          <Markdown html={part.html} />
        </section>
      ))}
      <LinkList links={update.links} />
    </ShownPage>
  );
}

function LinkList({ links }: { links: readonly { title: string; url: string }[] }) {
  if (links.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-2">
      {links.map((link) => (
        <li key={`${link.title} ${link.url}`} className="[overflow-wrap:anywhere]">
          <a href={link.url} rel="nofollow noopener">
            {link.title}
          </a>
        </li>
      ))}
    </ul>
  );
}
