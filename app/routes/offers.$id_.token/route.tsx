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
import { Button, ErrorSummary, Field, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { AgreementShown, NotOfAge } from "~/features/offers/agreement-shown";
import { OFFER_MESSAGES } from "~/features/offers/messages";
import { getTokenStep } from "~/features/offers/queries.server";
import { stillOpen } from "~/features/offers/step-route.server";
import { Steps, stepPath } from "~/features/offers/steps";
import { mintToken } from "~/features/tokens/mint-token.server";

export const meta: MetaFunction = () => [{ title: "Token agreement · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const { offer, minting } = await stillOpen(
    await getTokenStep(actor, params.id ?? "", getClock().now()),
  );
  if (minting.minted || offer.nextStep !== "token")
    throw redirect(stepPath(offer.id, offer.nextStep));
  return {
    offer,
    ofAge: minting.ofAge,
    agreement: minting.agreement,
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  await stillOpen(await getTokenStep(actor, params.id ?? "", now));
  const form = await readForm(request);
  const result = await mintToken({
    actor,
    input: form.values,
    idempotencyKey: form.idempotencyKey,
    now,
  });
  return result.ok
    ? redirect(stepPath(params.id ?? "", "sign"))
    : refused(result.error, form, OFFER_MESSAGES);
}

export default function TokenStep() {
  const { offer, ofAge, agreement, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <Steps offerId={offer.id} at="token" next={offer.nextStep} />
      <PageHead title="Sign your token agreement">
        You do this once. It makes your token: 10,000,000 shares, all yours. It sells nothing yet;
        the offer is the next step.
      </PageHead>
      <ErrorSummary problem={problem} />
      <AgreementShown text={agreement.text} label="Token agreement" />
      {ofAge ? (
        <Form method="post" noValidate>
          <IdempotencyKey value={idempotencyKey} />
          <input type="hidden" name="textSha256" value={agreement.sha256} />
          <Field
            name="typedLegalName"
            label="Your full legal name"
            hint="Exactly as on your account. Typing it here is your signature; we keep the text with its fingerprint."
            autoComplete="name"
            problem={problem}
          />
          <Button>Sign and make my token</Button>
        </Form>
      ) : (
        <NotOfAge />
      )}
    </>
  );
}
