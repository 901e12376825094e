import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { PageHead } from "~/components/ui/page";
import { chooseMail } from "~/features/notices/choose-mail.server";
import { listMutedTopics } from "~/features/notices/queries.server";
import { MAIL_TOPICS, TOPIC_WORDS } from "~/features/notices/topics";
import { AccountTabs } from "~/features/people/account-tabs";

export const meta: MetaFunction = () => [{ title: "Mail · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const person = await requirePerson(request);
  return {
    muted: await listMutedTopics(person.id),
    saved: new URL(request.url).searchParams.get("saved") === "1",
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const person = await requirePerson(request);
  const form = await readForm(request);
  const result = await chooseMail({
    actor: person,
    input: form.values,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok ? redirect("/account/mail?saved=1") : refused(result.error, form);
}

export default function MailChoices() {
  const { muted, saved, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <AccountTabs at="/account/mail" />
      <PageHead title="Mail">
        What we write to you about. Mail about money, offers and your account always comes.
      </PageHead>
      {saved && !problem ? (
        <Notice tone="gain" announced>
          Your choice is saved.
        </Notice>
      ) : null}
      <ErrorSummary problem={problem} />
      <Form method="post">
        <IdempotencyKey value={idempotencyKey} />
        <fieldset className="mb-6 max-w-xl">
          <legend className="mb-2 font-semibold">Mail about cohorts and referrals</legend>
          {MAIL_TOPICS.map((topic) => (
            <div key={topic} className="flex gap-3 border-t border-rule py-3">
              <input
                id={topic}
                name={topic}
                type="checkbox"
                value="yes"
                defaultChecked={!muted.includes(topic)}
                aria-describedby={`${topic}-note`}
                className="mt-1 size-5 shrink-0"
              />
              <div>
                <label htmlFor={topic}>{TOPIC_WORDS[topic].name}</label>
                <p id={`${topic}-note`} className="text-sm text-ink-soft">
                  {TOPIC_WORDS[topic].note}
                </p>
              </div>
            </div>
          ))}
        </fieldset>
        <Button>Save my choice</Button>
      </Form>
    </>
  );
}
