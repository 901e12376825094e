import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Markdown } from "~/components/ui/markdown";
import { presentSpace, presentWork } from "~/features/learning/present.server";
import { ShownPage } from "~/features/learning/shown-page";
import { discussShown, loadShown } from "~/features/learning/space-route.server";
import { spacePath } from "~/features/learning/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.work.title ?? "Work"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { space, shown, idempotencyKey } = await loadShown(request, params, presentWork);
  return { space: presentSpace(space), work: shown, idempotencyKey };
}

export const action = ({ request, params }: ActionFunctionArgs) =>
  discussShown(request, params, "work", presentWork);

export default function WorkPage() {
  const { space, work, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const { feedback, own, mayGiveFeedback } = work;
  return (
    <ShownPage
      space={space}
      title={work.title}
      by={{ name: work.by, handle: work.handle }}
      when={work.on}
      change={
        own ? { to: `${spacePath(space.slug, "work")}?id=${work.id}`, name: "Change this" } : null
      }
      discussion={{ feedback, own, mayGiveFeedback, problem, idempotencyKey }}
    >
      {work.html ? <Markdown html={work.html} /> : null}
      {work.url ? (
        <p className="mt-4 [overflow-wrap:anywhere]">
          <a href={work.url} rel="nofollow noopener">
            {work.url}
          </a>
        </p>
      ) : null}
    </ShownPage>
  );
}
