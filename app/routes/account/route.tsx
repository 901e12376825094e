import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { countSessions, requirePerson, requireSession } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { Badge, Facts, PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import { tooOften } from "~/features/people/account-form.server";
import { AccountTabs } from "~/features/people/account-tabs";
import { countryName } from "~/features/people/countries";
import { getAccount } from "~/features/people/queries.server";
import { resendVerification } from "~/features/people/verify-email.server";
import { formatDate } from "~/lib/dates";

export const meta: MetaFunction = () => [{ title: "Account · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { person, hasSecondStep } = await requireSession(request);
  const [account, sessions] = await Promise.all([getAccount(person.id), countSessions(person.id)]);
  return {
    handle: person.handle,
    displayName: person.displayName,
    email: account.email,
    verifiedOn: account.emailVerifiedAt ? formatDate(account.emailVerifiedAt) : null,
    legalName: account.legalName,
    dateOfBirth: formatDate(account.dateOfBirth),
    country: countryName(account.country),
    since: formatDate(account.createdAt),
    sessions,
    secondStep: hasSecondStep,
    sent: new URL(request.url).searchParams.get("sent") === "1",
    devMail: !getEnv().production,
    idempotencyKey: newIdempotencyKey(),
  };
}

/** Mails the confirming link again. */
export async function action({ request, context }: ActionFunctionArgs) {
  const person = await requirePerson(request);
  const form = await readForm(request);
  const { email } = await getAccount(person.id);
  const wait = await tooOften("account-mail", form, context, email);
  if (wait) return wait;
  const call = {
    actor: person,
    input: { email },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  };
  const result = await resendVerification(call);
  return result.ok ? redirect("/account?sent=1") : refused(result.error, form);
}

export default function Account() {
  const account = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <AccountTabs at="/account" />
      <PageHead title="Account" over={`@${account.handle}`}>
        <p>
          What others see of you is your <Link to="/profile">profile</Link>. This page is for you
          alone.
        </p>
      </PageHead>
      <ErrorSummary problem={problem} />
      <Section title="Signing in">
        <Facts
          items={[
            {
              name: "E-mail address",
              value: account.email,
              note: account.verifiedOn ? (
                <Badge tone="gain">Confirmed {account.verifiedOn}</Badge>
              ) : (
                <Badge tone="loss">Not confirmed</Badge>
              ),
            },
            {
              name: "Password",
              value: <Link to="/account/password">Change it</Link>,
            },
            {
              name: "Second step",
              value: <Link to="/account/second-step">{account.secondStep ? "On" : "Off"}</Link>,
              note: account.secondStep
                ? "signing in asks for a code"
                : "a stolen password opens your account",
            },
            {
              name: "Signed in",
              value: (
                <Link to="/account/sessions">
                  {account.sessions === 1 ? "In this browser" : `In ${account.sessions} browsers`}
                </Link>
              ),
            },
          ]}
        />
        {account.verifiedOn ? null : <Unconfirmed {...account} />}
      </Section>
      <Section title="Private facts">
        <Facts
          items={[
            { name: "Legal name", value: account.legalName },
            { name: "Date of birth", value: account.dateOfBirth },
            { name: "Country", value: account.country },
            { name: "Here since", value: account.since },
          ]}
        />
        <p className="mt-6 max-w-[68ch] text-ink-soft">
          Agreements rest on these facts, so they do not change by a click here.
        </p>
      </Section>
    </>
  );
}

function Unconfirmed({
  sent,
  devMail,
  idempotencyKey,
}: {
  sent: boolean;
  devMail: boolean;
  idempotencyKey: string;
}) {
  return (
    <Notice tone="loss">
      <p>
        Confirm your address by the link in our mail; until then you cannot apply, offer or sign.
        {sent ? " A new link is on its way." : ""}
        {devMail ? (
          <>
            {" "}
            In this practice world it is in <Link to="/dev/mail">the mailbox of this site</Link>.
          </>
        ) : null}
      </p>
      <Form method="post" className="mt-4">
        <IdempotencyKey value={idempotencyKey} />
        <Button kind="plain">Send the link again</Button>
      </Form>
    </Notice>
  );
}
