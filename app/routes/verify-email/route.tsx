import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, type ReadForm, readForm, refused } from "~/auth/form.server";
import { localPath, withNext } from "~/auth/next-path";
import { Button, ErrorSummary, Field, IdempotencyKey, NextPath } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { tooOften, withoutPassword } from "~/features/people/account-form.server";
import { inEvenTime } from "~/features/people/even-time.server";
import { finishSignIn } from "~/features/people/finish-sign-in.server";
import { isLinkGood } from "~/features/people/queries.server";
import { confirmAddress, resendVerification } from "~/features/people/verify-email.server";

export const meta: MetaFunction = () => [{ title: "Confirm your address · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const token = searchParams.get("token");
  const next = localPath(searchParams.get("next"));
  const good = token !== null && (await isLinkGood("verify", token, getClock().now()));
  const state = good
    ? ("confirm" as const)
    : token !== null
      ? ("spent" as const)
      : ("mailed" as const);
  return {
    state,
    token: good ? token : null,
    next,
    again: searchParams.get("again") === "1",
    devMail: !getEnv().production,
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  return form.values.token === undefined
    ? sendAgain(form, context)
    : confirm(form, request, context);
}

async function sendAgain(form: ReadForm, sender: { clientAddress: string }) {
  const wait = await tooOften("account-mail", form, sender, form.values.email ?? "");
  if (wait) return wait;
  const call = {
    actor: null,
    input: { email: form.values.email, next: form.values.next },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  };
  const result = await inEvenTime(() => resendVerification(call));
  const next = localPath(form.values.next);
  return result.ok
    ? redirect(withNext("/verify-email?again=1", next))
    : refused(result.error, form);
}

async function confirm(form: ReadForm, request: Request, sender: { clientAddress: string }) {
  const { token = "", password } = form.values;
  const wait = await tooOften("mailed-link", form, sender, token);
  if (wait) return wait;
  const call = {
    actor: null,
    input: { token, password },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  };
  const result = await confirmAddress(call);
  if (!result.ok) {
    return refused(result.error, withoutPassword(form), {
      wrong_password:
        "This is not the password of the account. Type the one you chose when you signed up, or set a new one.",
      link_spent: "This link has been used or is too old. Sign in, or ask for a new link.",
    });
  }
  return finishSignIn(result.value.personId, request, localPath(form.values.next));
}

export default function VerifyEmail() {
  const loaded = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  if (loaded.token) {
    return (
      <>
        <PageHead title="Confirm your address">
          <p>Type the password you chose. It shows that the account is yours, and signs you in.</p>
        </PageHead>
        <ErrorSummary problem={problem} />
        <Form method="post" noValidate>
          <IdempotencyKey value={loaded.idempotencyKey} />
          <input type="hidden" name="token" value={loaded.token} />
          <NextPath value={loaded.next} />
          <Field
            name="password"
            label="Password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={200}
            problem={problem}
          />
          <Button>Confirm my address and sign in</Button>
        </Form>
        <p className="mt-8 max-w-[68ch] text-ink-soft">
          You did not sign up, or do not know the password?{" "}
          <Link to={withNext("/forgot-password", loaded.next)}>Set a new one</Link>: then the
          account is yours alone.
        </p>
      </>
    );
  }
  const spent = loaded.state === "spent";
  return (
    <>
      <PageHead title={spent ? "This link no longer works" : "Look into your mail"}>
        {spent ? (
          <p>
            It has been used, or is older than three days. If your address is confirmed already,{" "}
            <Link to={withNext("/sign-in", loaded.next)}>sign in</Link>.
          </p>
        ) : (
          <p>
            We have sent a message to the address you gave. Open the link in it within three days,
            and your account is ready.
          </p>
        )}
      </PageHead>
      {loaded.again && !spent ? (
        <Notice tone="gain" announced>
          If that address needs a link, a new one is on its way. Earlier ones no longer work.
        </Notice>
      ) : null}
      {loaded.devMail ? (
        <p className="max-w-[68ch]">
          In this practice world mail goes nowhere: read it in{" "}
          <Link to="/dev/mail">the mailbox of this site</Link>.
        </p>
      ) : null}
      <Section title="No message?">
        <p className="mb-4 max-w-[68ch] text-ink-soft">
          Look among unwanted mail, and give it a few minutes. Then have it sent again.
        </p>
        <ErrorSummary problem={problem} />
        <Form method="post" action="/verify-email" noValidate>
          <IdempotencyKey value={loaded.idempotencyKey} />
          <NextPath value={loaded.next} />
          <Field
            name="email"
            label="E-mail address"
            type="email"
            inputMode="email"
            autoComplete="email"
            required
            problem={problem}
          />
          <Button kind="plain">Send the link again</Button>
        </Form>
      </Section>
    </>
  );
}
