import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getClock } from "~/auth/clock.server";
import { redirectSaying } from "~/auth/flash.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { localPath } from "~/auth/next-path";
import { requireSession } from "~/auth/session.server";
import { ErrorSummary } from "~/components/ui/form";
import { PageHead } from "~/components/ui/page";
import { AccountTabs } from "~/features/people/account-tabs";
import { ProveForm } from "~/features/people/prove-form";
import { askProof } from "~/features/people/prove-identity.server";
import { drawQr } from "~/features/people/qr.server";
import {
  beginSecondStep,
  confirmSecondStep,
  endSecondStep,
  getSecondStep,
  renewRecoveryCodes,
} from "~/features/people/second-step.server";
import { systemClock } from "~/lib/clock";
import { formatDate } from "~/lib/dates";
import { Begin, Confirm, Manage, NewCodes } from "./parts";

export const meta: MetaFunction = () => [{ title: "Second step · Belay" }];

const MESSAGES = {
  wrong_code:
    "This is not what your authenticator shows now. Check that it holds this secret and that its clock is right, then type the next code.",
  already_on: "The second step is on already.",
  not_on: "The second step is not on.",
  codes_were_shown:
    "This was done already, and its recovery codes were shown then. If you did not keep them, make new ones.",
};

export async function loader({ request }: LoaderFunctionArgs) {
  const { person, grantedOperator } = await requireSession(request);
  const { on, since, codesLeft, pending } = await getSecondStep(person.id);
  return {
    on,
    since: since ? formatDate(since) : null,
    codesLeft,
    // What is still to be confirmed is shown to whoever has just proved who they are.
    pending: pending && person.proved ? { secret: pending.secret, qr: drawQr(pending.uri) } : null,
    needed: grantedOperator,
    next: localPath(new URL(request.url).searchParams.get("next")),
    idempotencyKey: newIdempotencyKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  const asked = await askProof(request, form, context);
  if (asked) return asked;
  const { person, sessionId } = await requireSession(request);
  const { step, code, next } = form.values;
  const { idempotencyKey } = form;
  const call = { actor: person, idempotencyKey, now: getClock().now() };
  const back = `/account/second-step${next ? `?next=${encodeURIComponent(next)}` : ""}`;
  if (step === "confirm" || step === "renew") {
    const at = systemClock.now();
    const made =
      step === "confirm"
        ? await confirmSecondStep({ ...call, input: { code, keptSessionId: sessionId } }, at)
        : await renewRecoveryCodes({ ...call, input: {} }, at);
    return made.ok ? { codes: made.value.codes } : refused(made.error, form, MESSAGES);
  }
  const command = step === "end" ? endSecondStep : beginSecondStep;
  const result = await command({ ...call, input: {} });
  if (!result.ok) return refused(result.error, form, MESSAGES);
  return step === "end" ? redirectSaying(back, "second-step-off") : redirect(back);
}

export default function SecondStep() {
  const { on, since, codesLeft, pending, needed, next, idempotencyKey } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "asked" in answer) return <ProveForm asked={answer.asked} />;
  if (answer && "codes" in answer) return <NewCodes codes={answer.codes} next={next} />;
  const problem = answer?.problem;
  return (
    <>
      <AccountTabs at="/account/second-step" />
      <PageHead title={on ? "Your second step" : "Set up a second step"}>
        {needed && !on
          ? "You are an operator: the desk opens once signing in takes more than a password."
          : "After your password, signing in asks for a code of an app on your phone (an authenticator). A stolen password then opens nothing."}
      </PageHead>
      <ErrorSummary problem={problem} />
      {on ? (
        <Manage
          since={since}
          codesLeft={codesLeft}
          needed={needed}
          idempotencyKey={idempotencyKey}
        />
      ) : pending ? (
        <Confirm {...pending} next={next} problem={problem} idempotencyKey={idempotencyKey} />
      ) : (
        <Begin next={next} idempotencyKey={idempotencyKey} />
      )}
    </>
  );
}
