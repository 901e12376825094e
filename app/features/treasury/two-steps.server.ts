import type { TypedResponse } from "@remix-run/node";
import type { Refusal } from "~/auth/command.server";
import { redirectSaying } from "~/auth/flash.server";
import { type Messages, type ReadForm, readForm, refused } from "~/auth/form.server";
import { askProof } from "~/features/people/prove-identity.server";
import type { Result } from "~/lib/result";
import { TREASURY_MESSAGES } from "./messages";

type Values = Record<string, string>;

/** An act on money: what it would do (`preview`, nothing being moved), and the act itself, which says where to go on. */
export type MoneyAct<P, V> = {
  preview: (values: Values) => Promise<Result<P, Refusal>> | Result<P, Refusal>;
  perform: (values: Values, idempotencyKey: string) => Promise<Result<V, Refusal>>;
  done: (value: V) => Promise<TypedResponse<never>>;
  messages?: Messages;
};

/**
 * Answers the form of an act on money, which is checked before it is done. The form's `step` says how far it is: `preview`
 * answers what would move, `edit` goes back with all that was typed, `confirm` does it. A refusal names the fields.
 */
export async function inTwoSteps<P, V>(form: ReadForm, act: MoneyAct<P, V>) {
  const { step, ...values } = form.values;
  const { idempotencyKey } = form;
  const messages = act.messages ?? TREASURY_MESSAGES;
  if (step === "edit") return { values };
  if (step === "confirm") {
    const done = await act.perform(values, idempotencyKey);
    return done.ok ? act.done(done.value) : refused(done.error, form, messages);
  }
  const preview = await act.preview(values);
  if (!preview.ok) return refused(preview.error, form, messages);
  return { preview: preview.value, values, idempotencyKey };
}

/**
 * An operator's decision on a deposit or a withdrawal, in two steps and after a fresh proof of who they are. `find` throws
 * for who may not decide it; it is asked again after the proof. Ends at the desk, saying whether another operator is needed.
 */
export async function decideAtTheDesk<F, P>(
  request: Request,
  sender: { clientAddress: string },
  find: () => Promise<F>,
  actOf: (found: F) => Pick<MoneyAct<P, { state: string }>, "preview" | "perform">,
) {
  await find();
  const form = await readForm(request);
  const asked = await askProof(request, form, sender);
  if (asked) return asked;
  return inTwoSteps(form, {
    ...actOf(await find()),
    done: ({ state }) =>
      redirectSaying("/desk", state === "requested" ? "first-recorded" : "decision-done"),
  });
}
