import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Empty, PageHead, Section } from "~/components/ui/page";
import { getEnv } from "~/env.server";
import {
  listMyLinks,
  type MyLink,
  makeScoutLink,
  revokeScoutLink,
} from "~/features/scouting/links.server";
import { SCOUTING_MESSAGES } from "~/features/scouting/messages";
import { listCohortsToReferTo } from "~/features/scouting/queries.server";
import { CohortField } from "~/features/scouting/referral-form";
import { policy } from "~/policy";

export const meta: MetaFunction = () => [{ title: "Your links as a scout · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const [links, cohorts] = await Promise.all([listMyLinks(actor, now), listCohortsToReferTo(now)]);
  return {
    links,
    cohorts,
    origin: getEnv().appUrl,
    days: policy.scoutLinkDays.value,
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const call = {
    ...{ actor, input: form.values },
    ...{ idempotencyKey: form.idempotencyKey, now: getClock().now() },
  };
  const ends = form.values.intent === "end";
  const result = ends ? await revokeScoutLink(call) : await makeScoutLink(call);
  if (!result.ok) return refused(result.error, form, SCOUTING_MESSAGES);
  return redirectSaying("/refer/links", ends ? "link-ended" : "link-made");
}

export default function ScoutLinks() {
  const { links, cohorts, origin, days, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead title="Your links" trail={[{ to: "/refer", name: "Refer somebody" }]}>
        A link to give to people whom you know. Whoever follows it has not been referred yet: it
        counts from the moment at which they say, by name, that you told them.
      </PageHead>
      <ErrorSummary problem={problem} />
      {links.length === 0 ? (
        <Empty>You have no link yet. Make one, and send it to somebody yourself.</Empty>
      ) : (
        <ul className="max-w-2xl">
          {links.map((link) => (
            <OneLink key={link.id} link={link} origin={origin} idempotencyKey={idempotencyKey} />
          ))}
        </ul>
      )}
      <Section title="Another link">
        <p className="mb-4 max-w-[68ch] text-ink-soft">
          It is taken for {days} days; for a cohort, until its applications close.
        </p>
        <Form key={links.length} method="post" noValidate>
          <IdempotencyKey value={idempotencyKey} />
          <CohortField cohorts={cohorts} problem={problem} />
          <Button name="intent" value="make">
            Make a link
          </Button>
        </Form>
      </Section>
    </>
  );
}

function OneLink(props: { link: MyLink; origin: string; idempotencyKey: string }) {
  const { id, code, cohort, confirmed, live, madeOn, until } = props.link;
  return (
    <li className="border-t border-rule py-3 [overflow-wrap:anywhere]">
      <span className={live ? "font-semibold" : "text-ink-soft line-through"}>
        {props.origin}/r/{code}
      </span>
      <span className="block text-sm text-ink-soft">
        For {cohort ?? "any cohort"}, made on {madeOn}.{" "}
        {live ? (
          <>
            Taken until <Deadline of={until} />.
          </>
        ) : (
          "No longer taken."
        )}{" "}
        {confirmed === 1 ? "1 talent has" : `${confirmed} talents have`} confirmed you by it.
      </span>
      {live ? (
        <Form method="post" className="mt-2">
          <IdempotencyKey value={`${props.idempotencyKey}:${id}`} />
          <input type="hidden" name="linkId" value={id} />
          <Button kind="danger" name="intent" value="end">
            End the link for {cohort ?? "any cohort"}
          </Button>
        </Form>
      ) : null}
    </li>
  );
}
