import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import {
  Button,
  Choice,
  ErrorSummary,
  Field,
  type FormProblem,
  IdempotencyKey,
} from "~/components/ui/form";
import { LinkFields } from "~/components/ui/link-fields";
import { PageHead } from "~/components/ui/page";
import { editProfile } from "~/features/people/edit-profile.server";
import { getProfile } from "~/features/people/queries.server";
import { LINKS } from "~/features/people/rules";
import { VISIBILITIES, VISIBILITY_WORDS } from "~/lib/visibility";

export const meta: MetaFunction = () => [{ title: "Your profile · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const person = await requirePerson(request);
  const profile = await getProfile(person.id);
  return {
    handle: person.handle,
    verified: person.emailVerified,
    profile,
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
  return result.ok ? redirectSaying("/profile", "profile-saved") : refused(result.error, form);
}

export default function Profile() {
  const { handle, verified, profile, idempotencyKey } = useLoaderData<typeof loader>();
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
      <p className="mb-8 max-w-[68ch]">
        Everybody sees your name, handle, line and links; and, once you have a token, who holds it,
        what was paid for it and what your holders received: an investment is made in public. Your
        work and your plan are yours to show. Teachers of the cohorts that you apply to read both,
        whatever you choose.
      </p>
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
        <WhoReads
          name="workVisibility"
          what="your work"
          chosen={profile.workVisibility}
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
        <WhoReads
          name="planVisibility"
          what="your exploration plan"
          chosen={profile.planVisibility}
          problem={problem}
        />
        <p className="mt-8 max-w-[68ch]">
          <Link to="/profile/works">Your works</Link>, with files and texts, are collected apart:
          each application shows the ones that you choose.
        </p>
        <h2 className="mt-8 mb-4">Links to your work</h2>
        <LinkFields count={LINKS} links={profile.links} problem={problem} />
        <Button>Save my profile</Button>
      </Form>
    </>
  );
}

function WhoReads(props: {
  name: string;
  what: string;
  chosen: keyof typeof VISIBILITY_WORDS;
  problem: FormProblem | undefined;
}) {
  return (
    <Choice
      name={props.name}
      legend={`Who reads ${props.what}`}
      options={VISIBILITIES.map((value) => ({ value, label: VISIBILITY_WORDS[value].choice }))}
      defaultValue={props.chosen}
      problem={props.problem}
    />
  );
}
