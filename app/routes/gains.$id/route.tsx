import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { GradeBadge } from "~/components/ui/grade-badge";
import { Day, Money } from "~/components/ui/numbers";
import { Badge, Facts, PageHead, Section } from "~/components/ui/page";
import { PaymentBadge } from "~/components/ui/payment-badge";
import { GainWaterfall } from "~/features/gains/gain-waterfall";
import { GAIN_MESSAGES } from "~/features/gains/messages";
import { PartsTable } from "~/features/gains/parts-table";
import { payGain } from "~/features/gains/pay-gain.server";
import { PayGain } from "~/features/gains/pay-gain-form";
import { getCash, getGainFor } from "~/features/gains/queries.server";
import { GRADE_WORDS } from "~/lib/gain-words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.gain.company ?? "Gain"} · Belay` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const gain = await getGainFor(actor, params.id, now);
  if (!gain) throw new Response("Not found", { status: 404 });
  const mine = gain.owner.id === actor.id;
  return {
    gain,
    mine,
    operator: actor.operator,
    cashCents: mine ? await getCash(actor.id) : "0",
    checking: new URL(request.url).searchParams.get("step") === "pay",
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const paid = await payGain({
    actor,
    input: { gainId: params.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return paid.ok
    ? redirectSaying(`/gains/${params.id}`, "gain-paid")
    : refused(paid.error, form, GAIN_MESSAGES);
}

export default function Gain() {
  const { gain, mine, operator, cashCents, checking, idempotencyKey } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const open = gain.state === "due" || gain.state === "overdue";
  return (
    <>
      <PageHead
        title={gain.company}
        {...(mine
          ? { trail: [{ to: "/gains", name: "Your gains" }] }
          : { over: gain.owner.displayName })}
      >
        Closed on <Day day={gain.closingDate} />, declared on <Day day={gain.declaredAt} />.
      </PageHead>
      <ErrorSummary problem={answer?.problem} />
      {mine && open ? (
        <PayGain
          gain={gain}
          cashCents={cashCents}
          checking={checking}
          idempotencyKey={idempotencyKey}
        />
      ) : null}
      <Section title="Where it stands">
        <Facts
          items={[
            { name: "To divide", value: <Money cents={gain.distributableCents} plain /> },
            {
              name: "To holders",
              value: <Money cents={gain.toPayCents} />,
              note: <PaymentBadge gain={gain} />,
            },
            { name: "Paid", value: <Money cents={gain.paidCents} /> },
            {
              name: "Evidence",
              value: <GradeBadge grade={gain.grade} />,
              note: GRADE_WORDS[gain.grade].meaning,
            },
          ]}
        />
        <p className="mt-4">
          {gain.document ? (
            <a href={`/documents/${gain.document.id}`} download>
              Download “{gain.document.fileName}”
            </a>
          ) : (
            <Badge>no document</Badge>
          )}
        </p>
        {operator && !mine ? (
          <p className="mt-4">
            <Link to={`/desk/gains/${gain.id}`}>Grade its evidence at the desk</Link>
          </p>
        ) : null}
      </Section>
      <Section title="How it is divided">
        <GainWaterfall gain={gain} ownerName={gain.owner.displayName} />
      </Section>
      {gain.parts.length > 0 ? (
        <Section title="Each holder’s part">
          <PartsTable caption="Each holder’s part of this gain" parts={gain.parts} />
        </Section>
      ) : null}
    </>
  );
}
