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
import { PageHead } from "~/components/ui/page";
import { editProfile } from "~/features/people/edit-profile.server";
import { getProfile } from "~/features/people/queries.server";
import { LINKS } from "~/features/people/rules";

export const meta: MetaFunction = () => [{ title: "Your profile · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const person = await requirePerson(request);
  const profile = await getProfile(person.id);
  const saved = new URL(request.url).searchParams.get("saved") === "1";
  return {
    handle: person.handle,
    verified: person.emailVerified,
    profile,
    saved,
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const person = await requirePerson(request);
  const form = await readForm(request);
  const call = {
    actor: person,
    input: form.values,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  };
  const result = await editProfile(call);
  return result.ok ? redirect("/profile?saved=1") : refused(result.error, form);
}

export default function Profile() {
  const { handle, verified, profile, saved, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Your profile">
        <p>
          Teachers read it beside your application, and everybody finds it on{" "}
          {verified ? <Link to={`/people/${handle}`}>your page</Link> : "your page"}. Write what is
          true and short.
        </p>
      </PageHead>
      {saved && !problem ? (
        <p role="status" className="mb-8 max-w-[68ch] border-l-4 border-gain bg-paper-2 p-4">
          Your profile is saved.
        </p>
      ) : null}
      <ErrorSummary problem={problem} />
      <Form method="post" action="/profile" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        <Field
          name="headline"
          label="In one line"
          hint="Who you are or want to become."
          maxLength={120}
          defaultValue={profile.headline}
          problem={problem}
        />
        <Field
          name="work"
          label="Your work"
          hint="What you have made, tried and learnt. Markdown works: **bold**, lists, links."
          rows={8}
          defaultValue={profile.work}
          problem={problem}
        />
        <Field
          name="explorationPlan"
          label="Exploration plan"
          hint="What would you try if money were no matter?"
          rows={8}
          defaultValue={profile.explorationPlan}
          problem={problem}
        />
        <h2 className="mt-8 mb-4">Links to your work</h2>
        {Array.from({ length: LINKS }, (_, index) => index + 1).map((number) => (
          <div key={number} className="grid max-w-xl gap-x-4 sm:grid-cols-2">
            <Field
              name={`linkTitle${number}`}
              label={`Title of link ${number}`}
              maxLength={80}
              defaultValue={profile.links[number - 1]?.title}
              problem={problem}
            />
            <Field
              name={`linkUrl${number}`}
              label={`Address of link ${number}`}
              type="url"
              maxLength={500}
              defaultValue={profile.links[number - 1]?.url}
              problem={problem}
            />
          </div>
        ))}
        <Button>Save my profile</Button>
      </Form>
    </>
  );
}
