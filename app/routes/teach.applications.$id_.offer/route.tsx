import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { makeOffer } from "~/features/offers/make-offer.server";
import { OFFER_MESSAGES } from "~/features/offers/messages";
import { CannotOffer, OfferCheck, OfferForm } from "~/features/offers/offer-form";
import { getOfferForm, previewOffer } from "~/features/offers/preview-offer.server";
import { partsOf } from "~/features/offers/schema";
import { StakeShown } from "~/features/scouting/stake-shown";

export const meta: MetaFunction = () => [{ title: "Make an offer · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await getOfferForm(actor, params.id ?? "", getClock().now());
  if (!form) throw new Response("Not found", { status: 404 });
  return { ...form, id: params.id ?? "", idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const form = await readForm(request);
  const { step, ...values } = form.values;
  const { idempotencyKey } = form;
  const input = { ...values, parts: partsOf(values), applicationId: params.id ?? "" };
  if (step === "edit") return { values, idempotencyKey };
  if (step === "make") {
    const made = await makeOffer({ actor, input, idempotencyKey, now });
    return made.ok
      ? redirectSaying(`/offers/${made.value.offerId}`, "offer-made")
      : refused(made.error, form, OFFER_MESSAGES);
  }
  const preview = await previewOffer(actor, input, now);
  if (!preview) throw new Response("Not found", { status: 404 });
  if (!preview.ok) return refused(preview.error, form, OFFER_MESSAGES);
  return { preview: preview.value, values, idempotencyKey };
}

export default function Offer() {
  const loaded = useLoaderData<typeof loader>();
  const { id, studentName, cohortTitle, admitted, verified, balance, standard } = loaded;
  const { coInvestors, stake, idempotencyKey } = loaded;
  const answer = useActionData<typeof action>();
  const trail = [
    { to: "/teach", name: "Teaching" },
    { to: `/teach/applications/${id}`, name: `${studentName}, ${cohortTitle}` },
  ];
  if (!admitted || !verified) {
    return (
      <>
        <PageHead title={`Make an offer to ${studentName}`} trail={trail} />
        <CannotOffer admitted={admitted} name={studentName} />
      </>
    );
  }
  if (answer && "preview" in answer && answer.preview) {
    return (
      <>
        <PageHead title="Check what will move" over="Step 2 of 2" />
        <OfferCheck
          preview={answer.preview}
          values={answer.values}
          idempotencyKey={answer.idempotencyKey}
        />
      </>
    );
  }
  const problem = answer && "problem" in answer ? answer.problem : undefined;
  return (
    <>
      <PageHead title={`Make an offer to ${studentName}`} trail={trail}>
        It starts from the cohort&rsquo;s standard terms. You see what will move before anything
        does.
      </PageHead>
      <div className="mb-8">
        <StakeShown stake={stake} reader="teacher" />
      </div>
      <ErrorSummary problem={problem} />
      <OfferForm
        problem={problem}
        values={answer && "values" in answer ? answer.values : standard}
        balance={balance}
        coInvestors={coInvestors}
        idempotencyKey={idempotencyKey}
      />
    </>
  );
}
