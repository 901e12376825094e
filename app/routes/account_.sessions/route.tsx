import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { listSessions, requireSession } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Badge, PageHead, Section, Table } from "~/components/ui/page";
import { AccountTabs } from "~/features/people/account-tabs";
import { browserWords } from "~/features/people/browser-words";
import { revokeOtherSessions, revokeSession } from "~/features/people/end-sessions.server";
import { systemClock } from "~/lib/clock";
import { formatDate, formatFromNow } from "~/lib/dates";

export const meta: MetaFunction = () => [{ title: "Where you are signed in · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { person, sessionId } = await requireSession(request);
  const at = systemClock.now();
  const sessions = await listSessions(person.id);
  return {
    sessions: sessions.map((session) => ({
      id: session.id,
      here: session.id === sessionId,
      browser: browserWords(session.userAgent),
      begun: `${formatDate(session.createdAt)}, ${formatFromNow(session.createdAt, at)}`,
      seen: session.id === sessionId ? "now" : formatFromNow(session.seenAt, at),
    })),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { person, sessionId } = await requireSession(request);
  const form = await readForm(request);
  const call = { actor: person, idempotencyKey: form.idempotencyKey, now: getClock().now() };
  const result =
    form.values.which === "others"
      ? await revokeOtherSessions({ ...call, input: { keptSessionId: sessionId } })
      : await revokeSession({ ...call, input: { sessionId: form.values.which } });
  if (result.ok) return redirectSaying("/account/sessions", "browser-signed-out");
  return refused(result.error, form, { session_gone: "That browser is signed out already." });
}

export default function Sessions() {
  const { sessions, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <AccountTabs at="/account/sessions" />
      <PageHead title="Where you are signed in">
        A browser that you do not know? Sign it out, then{" "}
        <Link to="/account/password">change your password</Link>.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Table
        caption="Browsers in which you are signed in, last seen first"
        columns={[
          { name: "Browser" },
          { name: "Signed in" },
          { name: "Last seen" },
          { name: "Sign out" },
        ]}
        rows={sessions.map((session) => ({
          key: session.id,
          cells: [
            session.browser,
            session.begun,
            session.seen,
            session.here ? (
              <Badge key="here">This browser</Badge>
            ) : (
              <Form key="end" method="post">
                <IdempotencyKey value={`${idempotencyKey}:${session.id.slice(0, 8)}`} />
                <Button kind="plain" name="which" value={session.id}>
                  Sign out<span className="sr-only"> {session.browser}</span>
                </Button>
              </Form>
            ),
          ],
        }))}
      />
      {sessions.length > 1 ? (
        <Section title="All others">
          <Form method="post">
            <IdempotencyKey value={idempotencyKey} />
            <Button kind="danger" name="which" value="others">
              Sign out everywhere but here
            </Button>
          </Form>
        </Section>
      ) : null}
    </>
  );
}
