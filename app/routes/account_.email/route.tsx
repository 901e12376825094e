import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { PageHead } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { tooOften } from "~/features/people/account-form.server";
import { AccountTabs } from "~/features/people/account-tabs";
import { requestEmailChange } from "~/features/people/change-email.server";
import { ProveForm } from "~/features/people/prove-form";
import { askProof } from "~/features/people/prove-identity.server";
import { getAccount } from "~/features/people/queries.server";

export const meta: MetaFunction = () => [{ title: "Change your e-mail address · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const person = await requirePerson(request);
  const { email } = await getAccount(person.id);
  const sent = new URL(request.url).searchParams.get("sent") === "1";
  return { email, sent, devMail: !getEnv().production, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  const asked = await askProof(request, form, context);
  if (asked) return asked;
  const person = await requirePerson(request);
  const wait = await tooOften("account-mail", form, context, person.id);
  if (wait) return wait;
  const result = await requestEmailChange({
    actor: person,
    input: form.values,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (result.ok) return redirect("/account/email?sent=1");
  return refused(result.error, form, {
    same_address: "This is the address that your account uses already.",
  });
}

export default function ChangeEmail() {
  const { email, sent, devMail, idempotencyKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "asked" in answer) return <ProveForm asked={answer.asked} />;
  const problem = answer?.problem;
  return (
    <>
      <AccountTabs at="/account/email" />
      <PageHead title="Change your e-mail address">
        <p>
          Your account uses {email}. We send a link to the new address; nothing changes until you
          open it. Then the old address is told, and nothing can be taken out of your wallet for 72
          hours.
        </p>
      </PageHead>
      {sent ? (
        <Notice tone="gain" announced>
          A link is on its way to the new address, and works for a day.
          {devMail ? (
            <>
              {" "}
              In this practice world it is in <Link to="/dev/mail">the mailbox of this site</Link>.
            </>
          ) : null}
        </Notice>
      ) : null}
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Field
          name="email"
          label="New e-mail address"
          type="email"
          inputMode="email"
          autoComplete="email"
          required
          problem={problem}
        />
        <Button>Send a link to this address</Button>
      </Form>
    </>
  );
}
