import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Deadline } from "~/components/ui/deadline";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { Facts, PageHead } from "~/components/ui/page";
import { declinePart, fundPart } from "~/features/offers/fund-part.server";
import { OFFER_MESSAGES } from "~/features/offers/messages";
import { OfferFacts } from "~/features/offers/offer-facts";
import { getFunding } from "~/features/offers/queries.server";
import { movedOn } from "~/features/offers/step-route.server";

export const meta: MetaFunction = () => [{ title: "Your part of an offer · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const found = await getFunding(actor, params.id ?? "", getClock().now());
  if (!found) throw new Response("Not found", { status: 404 });
  if (!found.offer.canDeclinePart) throw await movedOn(found.offer.id);
  return { ...found, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const command = form.values.intent === "decline" ? declinePart : fundPart;
  const result = await command({
    actor,
    input: { offerId: params.id },
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  if (!result.ok) return refused(result.error, form, OFFER_MESSAGES);
  const said = form.values.intent === "decline" ? "part-declined" : "part-funded";
  return redirectSaying(`/offers/${params.id}`, said);
}

export default function Fund() {
  const { offer, part, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <PageHead
        title={offer.canFund ? "Check your part" : "Take no part after all?"}
        trail={[
          { to: "/offers", name: "Offers" },
          { to: `/offers/${offer.id}`, name: `Offer to ${offer.studentName}` },
        ]}
      >
        {offer.canFund ? (
          <>
            {part.amount} would leave your balance now and wait in an escrow of its own. The offer
            goes out when every part is funded; if one is not by{" "}
            {offer.fundsUntil ? <Deadline of={offer.fundsUntil} /> : "then"}, all money comes back.
          </>
        ) : (
          "The offer falls back, and all money goes back to whom it came from."
        )}
      </PageHead>
      <ErrorSummary problem={problem} />
      <Facts
        items={[
          { name: "Your part", value: part.amount },
          { name: "For", value: part.percent },
          { name: "Your balance now", value: part.balanceBefore },
          ...(offer.canFund ? [{ name: "Your balance after it", value: part.balanceAfter }] : []),
        ]}
      />
      <div className="my-8 flex flex-wrap gap-4">
        {offer.canFund ? (
          <Form method="post">
            <IdempotencyKey value={idempotencyKey} />
            <Button name="intent" value="fund">
              Put {part.amount} into escrow
            </Button>
          </Form>
        ) : null}
        <Form method="post">
          <IdempotencyKey value={idempotencyKey} />
          <Button kind="danger" name="intent" value="decline">
            Take no part: the offer falls back
          </Button>
        </Form>
      </div>
      <OfferFacts offer={offer} />
    </>
  );
}
