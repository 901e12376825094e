import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { localPath, withNext } from "~/auth/next-path";
import { endSession } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey, NextPath } from "~/components/ui/form";
import { ActionLink, PageHead } from "~/components/ui/page";
import { tooOften, withoutPassword } from "~/features/people/account-form.server";
import { isLinkGood } from "~/features/people/queries.server";
import { resetPassword } from "~/features/people/reset-password.server";

export const meta: MetaFunction = () => [{ title: "Set a new password · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const token = searchParams.get("token") ?? "";
  const good = await isLinkGood("reset", token, getClock().now());
  return {
    token: good ? token : null,
    next: localPath(searchParams.get("next")),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  const { token = "", password } = form.values;
  const wait = await tooOften("mailed-link", form, context, token);
  if (wait) return wait;
  const call = {
    actor: null,
    input: { token, password },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  };
  const result = await resetPassword(call);
  if (!result.ok) {
    return refused(result.error, withoutPassword(form), {
      link_spent: "This link has been used or is too old. Ask for a new one.",
    });
  }
  return redirect(withNext("/sign-in?reset=1", localPath(form.values.next)), {
    headers: { "Set-Cookie": await endSession(request) },
  });
}

export default function ResetPassword() {
  const { token, next, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  if (!token) {
    return (
      <>
        <PageHead title="This link no longer works">
          <p>It has been used, or is older than an hour. Your password is as it was.</p>
        </PageHead>
        <ActionLink to={withNext("/forgot-password", next)}>Ask for a new link</ActionLink>
      </>
    );
  }
  return (
    <>
      <PageHead title="Set a new password">
        <p>Every browser in which you are signed in now will be signed out.</p>
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <NextPath value={next} />
        <input type="hidden" name="token" value={token} />
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
        <Button>Set my new password</Button>
      </Form>
    </>
  );
}
