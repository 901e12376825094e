import type {
  ActionFunctionArgs,
  HeadersFunction,
  LoaderFunctionArgs,
  MetaFunction,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey } from "~/auth/form.server";
import { Button } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { findStoppedTopic } from "~/features/notices/queries.server";
import { stopMail } from "~/features/notices/stop-mail.server";
import { TOPIC_WORDS } from "~/features/notices/topics";

export const meta: MetaFunction = () => [
  { title: "Stop this mail · Belay" },
  { name: "robots", content: "noindex" },
];
export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
});

const tokenOf = (request: Request): string => new URL(request.url).searchParams.get("token") ?? "";

/** Shows what the link would stop; opening it alone stops nothing, for scanners open every link. */
export async function loader({ request }: LoaderFunctionArgs) {
  const topic = await findStoppedTopic(tokenOf(request));
  if (!topic) throw new Response("Not found", { status: 404 });
  return { name: TOPIC_WORDS[topic].name, token: tokenOf(request) };
}

/** Stops the mail: by the page's button, or by a mailbox on its own (RFC 8058), without signing in and without a redirect. */
export async function action({ request }: ActionFunctionArgs) {
  const result = await stopMail({
    actor: null,
    input: { token: tokenOf(request) },
    idempotencyKey: newIdempotencyKey(),
    now: getClock().now(),
  });
  if (!result.ok) throw new Response("Not found", { status: 404 });
  return { stopped: true };
}

export default function Unsubscribe() {
  const { name, token } = useLoaderData<typeof loader>();
  const stopped = useActionData<typeof action>()?.stopped;
  return stopped ? (
    <>
      <PageHead title="Stopped" />
      <p role="status" className="max-w-[68ch]">
        We no longer write to you about: {name.toLowerCase()}. Mail about money, offers and your
        account still comes.
      </p>
      <p className="mt-4">
        <Link to="/account/mail">Change your mind</Link>
      </p>
    </>
  ) : (
    <>
      <PageHead title={`Stop mail about: ${name.toLowerCase()}`}>
        Nothing has changed yet. You need not sign in.
      </PageHead>
      <Form method="post" action={`/unsubscribe?token=${encodeURIComponent(token)}`}>
        <Button>Stop this mail</Button>
      </Form>
    </>
  );
}
