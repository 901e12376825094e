import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { localPath, withNext } from "~/auth/next-path";
import { Button, ErrorSummary, Field, IdempotencyKey, NextPath } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { tooOften } from "~/features/people/account-form.server";
import { inEvenTime } from "~/features/people/even-time.server";
import { requestPasswordReset } from "~/features/people/reset-password.server";

export const meta: MetaFunction = () => [{ title: "Forgot your password · Belay" }];

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const sent = searchParams.get("sent") === "1";
  const next = localPath(searchParams.get("next"));
  return { sent, next, devMail: !getEnv().production, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  const wait = await tooOften("account-mail", form, context, form.values.email ?? "");
  if (wait) return wait;
  const call = {
    actor: null,
    input: form.values,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  };
  const result = await inEvenTime(() => requestPasswordReset(call));
  return result.ok
    ? redirect(withNext("/forgot-password?sent=1", localPath(form.values.next)))
    : refused(result.error, form);
}

export default function ForgotPassword() {
  const { sent, next, devMail, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  if (sent && !problem) {
    return (
      <>
        <PageHead title="Look into your mail">
          <p>
            If there is an account with that address, a link to set a new password is on its way. It
            works once, for an hour.
          </p>
        </PageHead>
        {devMail ? (
          <p className="max-w-[68ch]">
            In this practice world mail goes nowhere: read it in{" "}
            <Link to="/dev/mail">the mailbox of this site</Link>.
          </p>
        ) : null}
        <p className="mt-4">
          <Link to={withNext("/forgot-password", next)}>Send it again, or to another address</Link>
        </p>
      </>
    );
  }
  return (
    <>
      <PageHead title="Forgot your password">
        <p>Tell us your address. We mail you a link with which you set a new one.</p>
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" action="/forgot-password" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <NextPath value={next} />
        <Field
          name="email"
          label="E-mail address"
          type="email"
          inputMode="email"
          autoComplete="email"
          required
          problem={problem}
        />
        <Button>Mail me a link</Button>
      </Form>
    </>
  );
}
