import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { ActionLink, Badge, PageHead, Section } from "~/components/ui/page";
import { SignedAgreement } from "~/features/offers/agreement-shown";
import { InfoSheet, WhatItMeans } from "~/features/offers/info-sheet";
import { OFFER_MESSAGES } from "~/features/offers/messages";
import { OfferFacts, OfferStanding } from "~/features/offers/offer-facts";
import { getInfoSheet, getOwnAgreement } from "~/features/offers/queries.server";
import { readInfoSheet } from "~/features/offers/read-info-sheet.server";
import { Steps, stepPath } from "~/features/offers/steps";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Offer of ${data.offer.amount} · Belay` : "Offer · Belay" },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const found = await getInfoSheet(actor, params.id ?? "", getClock().now());
  if (!found) throw new Response("Not found", { status: 404 });
  const agreement = await getOwnAgreement(actor, found.offer.id);
  return { ...found, agreement, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const input = { offerId: params.id };
  const result = await readInfoSheet({
    actor,
    input,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirect(stepPath(result.value.offerId, "questions"))
    : refused(result.error, form, OFFER_MESSAGES);
}

export default function OfferPage() {
  const { offer } = useLoaderData<typeof loader>();
  return offer.canAnswer ? <Sheet /> : <Standing />;
}

function Sheet() {
  const { offer, futures, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <Steps offerId={offer.id} at="sheet" next={offer.nextStep} />
      <PageHead
        title={`${offer.investorNames} ${offer.investors.length > 1 ? "offer" : "offers"} you ${offer.amount}`}
        over={
          offer.expires ? (
            <>
              Information sheet. The offer lapses <Deadline of={offer.expires} />.
            </>
          ) : (
            "Information sheet"
          )
        }
      >
        For {offer.yourShares}, as a member of {offer.cohortTitle}. The money already waits in
        escrow. Your place in the cohort does not depend on your answer.
      </PageHead>
      <ErrorSummary problem={problem} />
      {offer.message ? (
        <blockquote className="mb-8 max-w-[68ch] border-l-2 border-rule pl-4 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {offer.message}
        </blockquote>
      ) : null}
      <InfoSheet offer={offer} futures={futures} />
      <Section title="Next: three questions about it">
        {offer.nextStep === "sheet" ? (
          <Form method="post">
            <IdempotencyKey value={idempotencyKey} />
            <Button>I have read this</Button>
          </Form>
        ) : (
          <ActionLink to={stepPath(offer.id, offer.nextStep)}>Go on</ActionLink>
        )}
      </Section>
    </>
  );
}

/** Offers that may still come to something, or did. */
const SHOWS_FUTURES = new Set(["open", "signed", "settled"]);

function Standing() {
  const { offer, futures, agreement } = useLoaderData<typeof loader>();
  const title =
    offer.role === "student"
      ? `Offer from ${offer.investorNames}`
      : `Offer to ${offer.studentName}`;
  return (
    <>
      <PageHead
        title={title}
        trail={[{ to: "/offers", name: "Offers" }]}
        over={offer.sentOn ? `Sent on ${offer.sentOn}` : undefined}
      >
        <Badge tone={offer.tone}>{offer.stateWord}</Badge>
      </PageHead>
      <OfferStanding offer={offer} />
      <OfferFacts offer={offer} />
      {SHOWS_FUTURES.has(offer.state) ? (
        <WhatItMeans
          futures={futures}
          toOwner={offer.role === "student"}
          coming={offer.state !== "settled"}
        />
      ) : null}
      {agreement ? <SignedAgreement agreement={agreement} /> : null}
    </>
  );
}
