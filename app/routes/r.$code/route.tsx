import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { withNext } from "~/auth/next-path";
import { findPerson, requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Button, Choice, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Notice } from "~/components/ui/notice";
import { ActionLink, PageHead } from "~/components/ui/page";
import { confirmByLink, findConfirmedScout } from "~/features/scouting/confirm-by-link.server";
import { findLink } from "~/features/scouting/links.server";
import { SCOUTING_MESSAGES } from "~/features/scouting/messages";
import { listReferralsTo } from "~/features/scouting/queries.server";

export const meta: MetaFunction = () => [
  { title: "A scout’s link · Belay" },
  { name: "robots", content: "noindex" },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const now = getClock().now();
  const code = params.code ?? "";
  const [reader, link] = await Promise.all([findPerson(request), findLink(code, now)]);
  if (!link) throw new Response("Not found", { status: 404 });
  const { scoutId, ...shown } = link;
  const [confirmed, others] = reader
    ? await Promise.all([findConfirmedScout(reader, now), listReferralsTo(reader, now)])
    : [null, []];
  return data(
    {
      ...shown,
      code,
      signedIn: reader !== null,
      verified: reader?.emailVerified ?? false,
      own: reader?.id === scoutId,
      confirmed: confirmed && { name: confirmed.displayName, same: confirmed.id === scoutId },
      others: others.map(({ scoutName }) => scoutName).filter((name) => name !== link.scoutName),
      idempotencyKey: newIdempotencyKey(),
    },
    { status: link.live ? 200 : 410 },
  );
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const now = getClock().now();
  const code = params.code ?? "";
  if (form.values.scout === "none") {
    const link = await findLink(code, now);
    return redirectSaying(link?.cohort ? `/cohorts/${link.cohort.slug}` : "/cohorts", "no-scout");
  }
  const input = { code, scout: form.values.scout };
  const result = await confirmByLink({ actor, input, idempotencyKey: form.idempotencyKey, now });
  if (!result.ok) return refused(result.error, form, SCOUTING_MESSAGES);
  return redirectSaying("/referrals", "scout-confirmed");
}

export default function ScoutLink() {
  const link = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  if (!link.live) {
    return (
      <PageHead title="This link is over">
        {link.scoutName} gave it to you, and its time went by. You need no link to apply:{" "}
        <Link to="/cohorts">look at the cohorts</Link>.
      </PageHead>
    );
  }
  return (
    <>
      <PageHead title={`${link.scoutName} points you to Belay`}>
        {link.cohort ? (
          <>
            To <Link to={`/cohorts/${link.cohort.slug}`}>{link.cohort.title}</Link>.{" "}
          </>
        ) : null}
        That you came by this link proves nothing. It counts only if you say, by name, that{" "}
        <Link to={`/scouts/${link.scoutHandle}`}>{link.scoutName}</Link> told you.
      </PageHead>
      <p className="mb-8 max-w-[68ch]">
        {link.cohort
          ? `This cohort’s finder’s stake is ${link.cohort.stake}: if its teachers invest in you, that much of the shares that they buy goes to ${link.scoutName}, out of theirs.`
          : `Some cohorts state a finder’s stake: if their teachers invest in you, a part of the shares that they buy goes to ${link.scoutName}, out of theirs.`}{" "}
        You sell no more for it, and see it before you sign anything. {link.scoutName} then sees
        your name and how far you come, not your address. The link is taken until{" "}
        <Deadline of={link.until} />.
      </p>
      <ErrorSummary problem={problem} />
      <Answer problem={problem} />
    </>
  );
}

function Answer({ problem }: { problem: Parameters<typeof Choice>[0]["problem"] }) {
  const link = useLoaderData<typeof loader>();
  const here = `/r/${link.code}`;
  if (!link.signedIn) {
    return (
      <>
        <div className="flex flex-wrap items-center gap-6">
          <ActionLink to={withNext("/sign-in", here)}>Sign in to answer</ActionLink>
          <Link to={withNext("/sign-up", here)}>Open an account</Link>
        </div>
        <p className="mt-4 text-ink-soft">With a new account, too, you come back to this page.</p>
      </>
    );
  }
  if (link.own)
    return (
      <Notice>
        This is your own link. Give it to people whom you know.{" "}
        <Link to="/refer/links">Your links</Link>
      </Notice>
    );
  if (link.confirmed)
    return (
      <Notice>
        You have confirmed {link.confirmed.name}.{" "}
        {link.confirmed.same ? "There is nothing more to do." : "The first one counts."}{" "}
        <Link to="/cohorts">Look at the cohorts</Link>
      </Notice>
    );
  if (!link.verified)
    return (
      <Notice tone="loss">
        Confirm your e-mail address first: <Link to="/account">see your account</Link>.
      </Notice>
    );
  return (
    <Form method="post" noValidate>
      <IdempotencyKey value={link.idempotencyKey} />
      {link.others.length > 0 ? (
        <p className="mb-6 max-w-[68ch]">
          {link.others.join(" and ")} referred you too. Confirming {link.scoutName} declines that.{" "}
          <Link to="/referrals">See it first</Link>
        </p>
      ) : null}
      <Choice
        name="scout"
        legend="Who told you about Belay?"
        problem={problem}
        options={[
          {
            value: link.scoutHandle,
            label: (
              <>
                <strong>{link.scoutName}</strong> ({link.scoutHandle})
              </>
            ),
          },
          { value: "none", label: "Somebody else, or nobody" },
        ]}
      />
      <Button>Confirm my answer</Button>
    </Form>
  );
}
