import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { Empty, PageHead } from "~/components/ui/page";
import { declareGain } from "~/features/gains/declare-gain.server";
import { GAIN_MESSAGES } from "~/features/gains/messages";
import { previewGain } from "~/features/gains/preview-gain.server";
import { findTokenBirth } from "~/features/gains/queries.server";
import { SaleForm } from "~/features/gains/sale-form";
import { SalePreview } from "~/features/gains/sale-preview";
import { keepDocument } from "./keep-document.server";

export const meta: MetaFunction = () => [{ title: "Declare a sale · Belay" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  return {
    hasToken: (await findTokenBirth(actor.id)) !== null,
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const now = getClock().now();
  const form = await readForm(request);
  const { step, ...values } = form.values;
  const { idempotencyKey } = form;
  if (step === "edit") return { values, idempotencyKey };
  if (step === "declare") {
    const declared = await declareGain({ actor, input: values, idempotencyKey, now });
    return declared.ok
      ? redirectSaying(`/gains/${declared.value.gainId}`, "gain-declared")
      : refused(declared.error, form, GAIN_MESSAGES);
  }
  const kept = await keepDocument(actor, form, now);
  if (!kept.ok) return refused(kept.error, form, GAIN_MESSAGES);
  Object.assign(values, kept.value);
  const preview = await previewGain(actor, values, now);
  if (!preview.ok) return refused(preview.error, { ...form, values }, GAIN_MESSAGES);
  return { preview: preview.value, values, idempotencyKey };
}

export default function DeclareSale() {
  const { hasToken, idempotencyKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (!hasToken) {
    return (
      <>
        <PageHead title="Declare a sale" />
        <Empty>
          You have no token yet, so nobody has a part in what you sell. Your token is minted when
          you sign your first offer.
        </Empty>
      </>
    );
  }
  if (answer && "preview" in answer && answer.preview) {
    return (
      <>
        <PageHead title="Check before you declare" over="Step 2 of 2" />
        <SalePreview
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
      <PageHead title="Declare a sale" over="Step 1 of 2">
        A gain is what you received for company equity, less what you had paid for it and the direct
        costs of the sale. You see who gets what before anything is declared.{" "}
        <Link to="/rules#gain">By when, and why</Link>
      </PageHead>
      <ErrorSummary problem={problem} />
      <SaleForm
        problem={problem}
        values={answer && "values" in answer ? answer.values : {}}
        idempotencyKey={idempotencyKey}
      />
    </>
  );
}
