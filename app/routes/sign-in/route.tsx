import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { readForm } from "~/auth/form.server";
import { forgiveTries } from "~/auth/limits.server";
import { localPath, withNext } from "~/auth/next-path";
import { findPerson } from "~/auth/session.server";
import { Button, ErrorSummary, Field, NextPath } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { PageHead } from "~/components/ui/page";
import { problemWith, tooOften } from "~/features/people/account-form.server";
import { inEvenTime } from "~/features/people/even-time.server";
import { finishSignIn } from "~/features/people/finish-sign-in.server";
import { checkPassword } from "~/features/people/sign-in.server";

export const meta: MetaFunction = () => [{ title: "Sign in · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const next = localPath(searchParams.get("next"));
  if (await findPerson(request)) throw redirect(next ?? "/home");
  return { next, justReset: searchParams.get("reset") === "1" };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  const { email = "", password = "" } = form.values;
  const wait = await tooOften("sign-in", form, context, email);
  if (wait) return wait;
  const result = await inEvenTime(() => checkPassword({ email, password, now: getClock().now() }));
  if (!result.ok) {
    return problemWith(form, 400, {
      message:
        "This address and password open no account here. Check both. If you have just signed up, open the link in your mail first; if you no longer know your password, set a new one below.",
    });
  }
  await forgiveTries("sign-in", email.trim().toLowerCase());
  return finishSignIn(result.value.personId, request, localPath(form.values.next));
}

export default function SignIn() {
  const { next, justReset } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Sign in">
        <p>
          New here? <Link to={withNext("/sign-up", next)}>Open an account</Link>.
        </p>
      </PageHead>
      {justReset ? (
        <Notice tone="gain" announced>
          Your new password is set, and you were signed out everywhere. Sign in with it now.
        </Notice>
      ) : null}
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <NextPath value={next} />
        <Field
          name="email"
          label="E-mail address"
          type="email"
          inputMode="email"
          autoComplete="username"
          required
          problem={problem}
        />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={200}
          problem={problem}
        />
        <Button>Sign in</Button>
      </Form>
      <p className="mt-8">
        <Link to={withNext("/forgot-password", next)}>I forgot my password</Link>
      </p>
    </>
  );
}
