import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { answerInvitation } from "~/features/cohorts/answer-invitation.server";
import { findInvitation } from "~/features/cohorts/invitations.server";
import { COHORT_MESSAGES } from "~/features/cohorts/messages";
import { ROLES } from "~/features/cohorts/partners-schema";
import { formatBps } from "~/lib/money";

export const meta: MetaFunction = () => [{ title: "Invitation to teach · Belay" }];

const tokenOf = (request: Request): string => new URL(request.url).searchParams.get("token") ?? "";

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const invitation = await findInvitation(actor, tokenOf(request));
  return { invitation, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const result = await answerInvitation({
    actor,
    input: { token: tokenOf(request), decision: form.values.decision },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (!result.ok) return refused(result.error, form, COHORT_MESSAGES);
  const { decision, slug } = result.value;
  return decision === "accept"
    ? redirectSaying(`/teach/cohorts/${slug}`, "invitation-accepted")
    : redirectSaying("/teach", "invitation-declined");
}

export default function InvitationPage() {
  const { invitation, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  if (!invitation) {
    return (
      <PageHead title="This invitation is over">
        It was answered or withdrawn, or the link is not whole. Ask whoever invited you for another
        one. <Link to="/teach">Your cohorts</Link>
      </PageHead>
    );
  }
  if (!invitation.forReader || !invitation.emailVerified) {
    return (
      <PageHead title={`Work on ${invitation.title} with ${invitation.inviter}?`}>
        {invitation.forReader
          ? "Confirm your e-mail address first, then open this link again. "
          : "The invitation went to another address than the one of your account. Sign in with the address that the message came to. "}
        <Link to="/account">See your account</Link>
      </PageHead>
    );
  }
  return (
    <>
      <PageHead title={`Work on ${invitation.title} with ${invitation.inviter}?`}>
        As {ROLES[invitation.role].name.toLowerCase()}: {ROLES[invitation.role].may}.{" "}
        {invitation.role === "reviewer" ? (
          "Applicants are told that reviewers read, not who."
        ) : (
          <>
            Your part of each investment would be {formatBps(invitation.partBps)}, and your name
            stands on <Link to={`/cohorts/${invitation.slug}`}>the cohort&rsquo;s page</Link>.
          </>
        )}
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" className="flex flex-wrap gap-4">
        <IdempotencyKey value={idempotencyKey} />
        <Button name="decision" value="accept">
          Work on {invitation.title}
        </Button>
        <Button kind="plain" name="decision" value="decline">
          Decline
        </Button>
      </Form>
    </>
  );
}
