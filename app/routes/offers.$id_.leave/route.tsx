import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { leaveOffer } from "~/features/offers/leave-offer.server";
import { OFFER_MESSAGES } from "~/features/offers/messages";
import { getOfferFor } from "~/features/offers/queries.server";
import { movedOn } from "~/features/offers/step-route.server";

export const meta: MetaFunction = () => [{ title: "Leave an offer · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const offer = await getOfferFor(actor, params.id ?? "", getClock().now());
  if (!offer) throw new Response("Not found", { status: 404 });
  if (!offer.canLeave) throw await movedOn(offer.id);
  return { offer, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const input = { offerId: params.id };
  const result = await leaveOffer({
    actor,
    input,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirectSaying(`/offers/${params.id}`, "offer-left")
    : refused(result.error, form, OFFER_MESSAGES);
}

export default function Leave() {
  const { offer, idempotencyKey } = useLoaderData<typeof loader>();
  const student = offer.role === "student";
  return (
    <>
      <PageHead title="Leave this offer?">
        {student || !offer.own ? offer.amount : offer.own.amount} goes back to{" "}
        {student ? offer.investorNames : "your balance"}, and {offer.sharesInWords} back to{" "}
        {student ? "you" : offer.studentName}, at once. You need no reason. You cannot take this
        back, but a new offer can be made.
      </PageHead>
      <ErrorSummary problem={useActionData<typeof action>()?.problem} />
      <Form method="post" className="flex flex-wrap items-center gap-6">
        <IdempotencyKey value={idempotencyKey} />
        <Button kind="danger">Leave and return everything</Button>
        <Link to={`/offers/${offer.id}`}>Back to the offer</Link>
      </Form>
    </>
  );
}
