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
import { findPerson } from "~/auth/session.server";
import { Button, ErrorSummary, Field, IdempotencyKey, NextPath } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { tooOften, withoutPassword } from "~/features/people/account-form.server";
import { countryOptions } from "~/features/people/countries";
import { inEvenTime } from "~/features/people/even-time.server";
import { signUp } from "~/features/people/sign-up.server";

export const meta: MetaFunction = () => [{ title: "Sign up · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const next = localPath(new URL(request.url).searchParams.get("next"));
  if (await findPerson(request)) throw redirect(next ?? "/home");
  return {
    next,
    idempotencyKey: newIdempotencyKey(),
    countries: [{ value: "", label: "Choose a country" }, ...countryOptions()],
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  const wait = await tooOften("sign-up", form, context, form.values.email ?? "");
  if (wait) return wait;
  const call = {
    actor: null,
    input: form.values,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  };
  const result = await inEvenTime(() => signUp(call));
  if (!result.ok) {
    return refused(result.error, withoutPassword(form), {
      handle_taken: "This handle is taken. Choose another one.",
      birth_in_future: "This day is still to come. Enter your date of birth.",
    });
  }
  // The same for a new address and for a known one.
  return redirect(withNext("/verify-email", localPath(form.values.next)));
}

export default function SignUp() {
  const { idempotencyKey, countries, next } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Sign up">
        <p>
          One account for everything: to learn, to teach, or both. Already here?{" "}
          <Link to={withNext("/sign-in", next)}>Sign in</Link>.
        </p>
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <NextPath value={next} />
        <h2 className="mb-4">What others see</h2>
        <Field
          name="displayName"
          label="Name"
          autoComplete="name"
          required
          maxLength={80}
          problem={problem}
        />
        <Field
          name="handle"
          label="Handle"
          hint="Your pages stand under it: 3 to 30 small letters, digits or hyphens. It never changes."
          autoComplete="username"
          required
          maxLength={30}
          problem={problem}
        />
        <h2 className="mt-8 mb-4">How you sign in</h2>
        <Field
          name="email"
          label="E-mail address"
          type="email"
          inputMode="email"
          autoComplete="email"
          required
          problem={problem}
        />
        <Field
          name="password"
          label="Password"
          hint="At least 12 characters. Three or four words that only you would put together are good."
          type="password"
          autoComplete="new-password"
          required
          maxLength={200}
          problem={problem}
        />
        <h2 className="mt-8 mb-2">What nobody else sees</h2>
        <p className="mb-4 max-w-[68ch] text-ink-soft">
          Agreements are signed with your legal name. Your age and country say what you may sign:
          learning and applying is for everybody, selling shares for those of age.
        </p>
        <Field
          name="legalName"
          label="Legal name"
          hint="As in your passport or identity card."
          required
          maxLength={120}
          problem={problem}
        />
        <Field
          name="dateOfBirth"
          label="Date of birth"
          type="date"
          autoComplete="bday"
          required
          problem={problem}
        />
        <Field
          name="country"
          label="Country you live in"
          autoComplete="country"
          options={countries}
          required
          problem={problem}
        />
        <Button>Open my account</Button>
      </Form>
    </>
  );
}
