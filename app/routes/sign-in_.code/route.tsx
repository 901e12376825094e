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
import { findPerson, startSession } from "~/auth/session.server";
import { endSignInStep, findSignInStep } from "~/auth/sign-in-step.server";
import { Button, ErrorSummary, Field, NextPath } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { problemWith, tooOften } from "~/features/people/account-form.server";
import { PracticeCodes } from "~/features/people/practice-codes";
import { passSecondStep } from "~/features/people/second-step.server";
import { systemClock } from "~/lib/clock";

export const meta: MetaFunction = () => [{ title: "Sign in: the code · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const next = localPath(new URL(request.url).searchParams.get("next"));
  if (await findPerson(request)) throw redirect(next ?? "/home");
  if (!(await findSignInStep(request))) throw redirect(withNext("/sign-in", next));
  return { next, practice: !getEnv().production };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  const personId = await findSignInStep(request);
  const { code = "" } = form.values;
  const next = localPath(form.values.next);
  if (!personId) return redirect(withNext("/sign-in", next));
  form.values = {};
  const wait = await tooOften("second-step", form, context, personId);
  if (wait) return wait;
  const now = getClock().now();
  if (!(await passSecondStep({ personId, typed: code, at: systemClock.now(), now })))
    return problemWith(form, 400, {
      field: "code",
      text: "This code is wrong, or was used already. Wait for the next one that your authenticator shows, and type that.",
    });
  await forgiveTries("second-step", personId);
  const headers = new Headers();
  headers.append("Set-Cookie", await endSignInStep(request));
  headers.append("Set-Cookie", await startSession(personId, request));
  return redirect(next ?? "/home", { headers });
}

export default function SignInCode() {
  const { next, practice } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Now the code" over="Step 2 of 2">
        <p>Your password was right. Type what your authenticator shows for Belay.</p>
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <NextPath value={next} />
        <Field
          name="code"
          label="Code"
          hint="Six digits, or one of your recovery codes if you have lost the authenticator"
          autoComplete="one-time-code"
          maxLength={20}
          required
          problem={problem}
        />
        {practice ? <PracticeCodes /> : null}
        <Button>Sign in</Button>
      </Form>
      <p className="mt-8">
        <Link to={withNext("/sign-in", next)}>Begin again</Link>
      </p>
    </>
  );
}
