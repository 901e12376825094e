import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { declineOffer } from "~/features/offers/decline-offer.server";
import { OFFER_MESSAGES } from "~/features/offers/messages";
import { getOfferFor } from "~/features/offers/queries.server";
import { stillOpen } from "~/features/offers/step-route.server";

export const meta: MetaFunction = () => [{ title: "Decline an offer · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const offer = await getOfferFor(actor, params.id ?? "", getClock().now());
  return { ...(await stillOpen(offer && { offer })), idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const input = { offerId: params.id };
  const result = await declineOffer({
    actor,
    input,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirectSaying(`/offers/${params.id}`, "offer-declined")
    : refused(result.error, form, OFFER_MESSAGES);
}

export default function Decline() {
  const { offer, idempotencyKey } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title={`Decline the offer of ${offer.amount}?`}>
        The money goes back to {offer.investorNames} at once. Your place in {offer.cohortTitle}{" "}
        stays yours. You cannot take this back, but a new offer can be made.
      </PageHead>
      <ErrorSummary problem={useActionData<typeof action>()?.problem} />
      <Form method="post" className="flex flex-wrap items-center gap-6">
        <IdempotencyKey value={idempotencyKey} />
        <Button kind="danger">Decline the offer of {offer.amount}</Button>
        <Link to={`/offers/${offer.id}`}>Back to the offer</Link>
      </Form>
    </>
  );
}
