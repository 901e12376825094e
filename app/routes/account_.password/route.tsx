import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requireSession } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { withoutPassword } from "~/features/people/account-form.server";
import { AccountTabs } from "~/features/people/account-tabs";
import { changePassword } from "~/features/people/change-password.server";
import { ProveForm } from "~/features/people/prove-form";
import { askProof } from "~/features/people/prove-identity.server";

export const meta: MetaFunction = () => [{ title: "Change your password · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { person, hasSecondStep } = await requireSession(request);
  const asked = {
    values: {},
    idempotencyKey: newIdempotencyKey(),
    hasSecondStep,
    practice: !getEnv().production,
  };
  return { proved: person.proved, asked };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  const asked = await askProof(request, form, context);
  if (asked) return asked;
  // Somebody who has only just proved who they are has typed no new password yet.
  if (form.values.password === undefined) return redirect("/account/password");
  const { person, sessionId } = await requireSession(request);
  const result = await changePassword({
    actor: person,
    input: { password: form.values.password, keptSessionId: sessionId },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirectSaying("/account", "password-changed")
    : refused(result.error, withoutPassword(form));
}

export default function ChangePassword() {
  const { proved, asked } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "asked" in answer) return <ProveForm asked={answer.asked} />;
  if (!proved) return <ProveForm asked={asked} />;
  const problem = answer?.problem;
  return (
    <>
      <AccountTabs at="/account/password" />
      <PageHead title="Change your password">
        <p>
          All other browsers in which you are signed in are signed out, and you are told by mail.
        </p>
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={asked.idempotencyKey} />
        <Field
          name="password"
          label="New password"
          hint="At least 12 characters. Three or four words that only you would put together are good."
          type="password"
          autoComplete="new-password"
          required
          maxLength={200}
          problem={problem}
        />
        <Button>Change my password</Button>
      </Form>
    </>
  );
}
