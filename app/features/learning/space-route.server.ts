import { redirect } from "@remix-run/node";
import type { Actor } from "~/auth/actor";
import { getClock } from "~/auth/clock.server";
import { newIdempotencyKey, readForm, refused } from "~/auth/form.server";
import { requirePerson } from "~/auth/session.server";
import { commentOnUpdate } from "./comment-on-update.server";
import { giveFeedback } from "./give-feedback.server";
import { findSpace, type Space } from "./queries.server";
import { rateFeedback } from "./rate-feedback.server";
import { replyToFeedback } from "./reply-to-feedback.server";
import {
  againField,
  type DiscussIntent,
  discussField,
  LEARNING_MESSAGES,
  spacePath,
} from "./words";

/** Who asks, and the space that they ask for; 404 for everybody who is not in it, and a way in for visitors. */
export async function requireSpace(
  request: Request,
  slug: string | undefined,
): Promise<{ actor: Actor; space: Space; idempotencyKey: string }> {
  const actor = await requirePerson(request);
  const space = await findSpace(actor, slug);
  if (!space) throw notHere();
  return { actor, space, idempotencyKey: newIdempotencyKey() };
}

/** The answer for what does not exist for the asker. */
export const notHere = (): Response => new Response("Not found", { status: 404 });

const anchors = { feedback: "all-feedback", reply: "f-", rate: "f-", comment: "comments" } as const;

/** The one shown thing that an address names, as the asker may see it; null where there is none. */
type FindShown<T> = (actor: Actor, space: Space, id: string | undefined) => Promise<T | null>;

/** What the page of an update or of a piece of work loads. Throws 404 for what does not exist for the asker. */
export async function loadShown<T>(
  request: Request,
  params: { slug?: string | undefined; id?: string | undefined },
  find: FindShown<T>,
) {
  const { actor, space, idempotencyKey } = await requireSpace(request, params.slug);
  const shown = await find(actor, space, params.id);
  if (!shown) throw notHere();
  return { actor, space, shown, idempotencyKey };
}

/** Does what a form on that page asks, and goes back to where on it the result stands. */
export async function discussShown(
  request: Request,
  params: { slug?: string | undefined; id?: string | undefined },
  kind: "update" | "work",
  find: FindShown<{ id: string }>,
) {
  const { actor, space, shown } = await loadShown(request, params, find);
  const result = await discuss(request, actor, { kind, id: shown.id }, getClock().now());
  if (!result.done) return result.answer;
  return redirect(`${spacePath(space.cohort.slug, `${kind}s`, shown.id)}#${result.anchor}`);
}

/**
 * Does what one of the forms under an update or a piece of work asks: feedback, an answer, a rating, a comment. Answers
 * the anchor to show next, or the refusal with the fields named as the page names them.
 */
async function discuss(
  request: Request,
  actor: Actor,
  on: { kind: "update" | "work"; id: string },
  now: Date,
) {
  const form = await readForm(request);
  const { feedbackId = "" } = form.values;
  const intent = (form.values.intent ?? "") as DiscussIntent;
  const field = discussField(intent, feedbackId);
  const said = form.values[field];
  const ask = form.values[againField(intent, feedbackId)] === "yes" ? "revise" : "none";
  const call = (input: unknown) => ({
    actor,
    input,
    idempotencyKey: form.idempotencyKey,
    now,
  });
  const acts = {
    feedback: () => giveFeedback(call({ on: on.kind, id: on.id, body: said, ask })),
    reply: () => replyToFeedback(call({ feedbackId, body: said, ask })),
    rate: () => rateFeedback(call({ feedbackId, helpfulness: said })),
    comment: () => commentOnUpdate(call({ updateId: on.id, body: said })),
  };
  if (!Object.hasOwn(acts, intent)) throw notHere();
  const result = await acts[intent]();
  if (result.ok) {
    const anchor = anchors[intent];
    return { done: true as const, anchor: anchor === "f-" ? `f-${feedbackId}` : anchor };
  }
  const { fields, ...refusal } = result.error;
  const named = fields && { [field]: Object.values(fields).flat() };
  return {
    done: false as const,
    answer: refused({ ...refusal, ...(named ? { fields: named } : {}) }, form, LEARNING_MESSAGES),
  };
}
