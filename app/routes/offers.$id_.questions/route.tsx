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
import { Button, Choice, ErrorSummary, IdempotencyKey } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { answerQuiz } from "~/features/offers/answer-quiz.server";
import { OFFER_MESSAGES } from "~/features/offers/messages";
import { getQuiz } from "~/features/offers/queries.server";
import { stillOpen } from "~/features/offers/step-route.server";
import { Steps, stepPath } from "~/features/offers/steps";

export const meta: MetaFunction = () => [{ title: "Three questions · Belay" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requirePerson(request);
  const found = await stillOpen(await getQuiz(actor, params.id ?? "", getClock().now()));
  if (found.offer.nextStep === "sheet") throw redirect(`/offers/${found.offer.id}`);
  return { ...found, idempotencyKey: newIdempotencyKey() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requirePerson(request);
  const form = await readForm(request);
  const input = { ...form.values, offerId: params.id };
  const result = await answerQuiz({
    actor,
    input,
    idempotencyKey: form.idempotencyKey,
    now: getClock().now(),
  });
  return result.ok
    ? redirect(stepPath(result.value.offerId, "token"))
    : refused(result.error, form, OFFER_MESSAGES);
}

export default function Questions() {
  const { offer, questions, idempotencyKey } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <>
      <Steps offerId={offer.id} at="questions" next={offer.nextStep} />
      <PageHead title="Three questions">
        They show that the offer is clear to you. All three must be right; you can answer as often
        as you like, and nobody counts.
      </PageHead>
      <ErrorSummary problem={problem} />
      <Form method="post" noValidate>
        <IdempotencyKey value={idempotencyKey} />
        {questions.map((question) => (
          <Choice
            key={question.name}
            name={question.name}
            legend={question.prompt}
            options={question.options}
            problem={problem}
          />
        ))}
        <Button>Check my answers</Button>
      </Form>
    </>
  );
}
