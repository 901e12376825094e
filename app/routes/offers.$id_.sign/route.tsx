import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { Button, Checkbox, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { Facts, PageHead, Section } from "~/components/ui/page";
import { AgreementShown, NotOfAge } from "~/features/offers/agreement-shown";
import { OFFER_MESSAGES } from "~/features/offers/messages";
import { getSigning } from "~/features/offers/queries.server";
import { signOffer } from "~/features/offers/sign-offer.server";
import { stillOpen } from "~/features/offers/step-route.server";
import { Steps, stepPath } from "~/features/offers/steps";

export const meta: MetaFunction = () => [{ title: "Check and sign · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const found = await stillOpen(await getSigning(actor, params.id ?? "", getClock().now()));
  if (found.offer.nextStep !== "sign")
    throw redirect(stepPath(found.offer.id, found.offer.nextStep));
  return { ...found, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const input = { ...form.values, offerId: params.id };
  const result = await signOffer({
    actor,
    input,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirectSaying(`/offers/${params.id}`, "offer-signed")
    : refused(result.error, form, OFFER_MESSAGES);
}

export default function SignStep() {
  const { offer, text, textSha256, ofAge, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <Steps offerId={offer.id} at="sign" next={offer.nextStep} />
      <PageHead title="Check what will move, then sign">
        When you sign, {offer.yourShares} are reserved for {offer.investorNames}
        {offer.finder ? `, with ${offer.finder.name}’s finder’s stake out of them` : ""}. Seven days
        later {offer.amount} comes to your balance and the shares go over. Until then you may leave
        without a reason, and nothing has moved.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Facts
        items={[
          { name: "You get, after 7 days", value: offer.amount },
          { name: "Reserved now", value: offer.percent, note: `${offer.shares} shares` },
          { name: "Payout cap", value: offer.capLabel },
          { name: "Sunset", value: offer.sunsetLabel },
        ]}
      />
      <Section title="The agreement">
        <AgreementShown text={text} label="Investment agreement" />
      </Section>
      {ofAge ? (
        <Form method="post" noValidate>
          <IdempotencyKey value={idempotencyKey} />
          <input type="hidden" name="textSha256" value={textSha256} />
          <Checkbox
            name="consentPublicLine"
            label={`I agree that this investment stands in the public record of ${offer.investorNames}: my handle, the amount, the shares, and what they bring.`}
            problem={problem}
          />
          {offer.finder ? (
            <Checkbox
              name="consentFinderStake"
              label={`I agree that ${offer.finder.name}, who referred me, gets ${offer.finder.sharesInWords} out of these shares as a finder’s stake.`}
              problem={problem}
            />
          ) : null}
          <Field
            name="typedLegalName"
            label="Your full legal name"
            hint="Exactly as on your account. Typing it here is your signature."
            autoComplete="name"
            problem={problem}
          />
          <Button>Sign and reserve {offer.shares} shares</Button>
        </Form>
      ) : (
        <NotOfAge />
      )}
      <p className="mt-8">
        <Link to={`/offers/${offer.id}/decline`}>Decline this offer</Link>
      </p>
    </>
  );
}
