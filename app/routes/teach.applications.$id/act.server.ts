import { data, redirect } from "@remix-run/node";
import type { Actor } from "~/auth/actor";
import type { Call, Refusal } from "~/auth/command.server";
import { redirectSaying } from "~/auth/flash.server";
import { type ReadForm, refused } from "~/auth/form.server";
import { APPLICATION_MESSAGES } from "~/features/applications/words";
import { decideApplications } from "~/features/decisions/decide-applications.server";
import { dropDecision } from "~/features/decisions/drop-decision.server";
import { DECISION_MESSAGES } from "~/features/decisions/words";
import { abstainReview } from "~/features/reviews/abstain-review.server";
import { declareConflict } from "~/features/reviews/declare-conflict.server";
import {
  commentOnApplication,
  compareApplications,
  tagApplication,
} from "~/features/reviews/discuss-application.server";
import { redactApplication, undoRedaction } from "~/features/reviews/redact-application.server";
import { saveReview, scoreApplication } from "~/features/reviews/score-application.server";
import { AUTO, MINE, onScoreFields, SEEN, scoresOf } from "~/features/reviews/score-form";
import { REVIEW_MESSAGES } from "~/features/reviews/words";
import type { FlashKey } from "~/lib/flash";
import type { Result } from "~/lib/result";

const MESSAGES = { ...APPLICATION_MESSAGES, ...REVIEW_MESSAGES, ...DECISION_MESSAGES };

type Act = {
  command(call: Call): Promise<Result<unknown, Refusal>>;
  input(values: Record<string, string>, applicationId: string): Record<string, unknown>;
  says: FlashKey;
};

const plain = (values: Record<string, string>, applicationId: string) => ({
  ...values,
  applicationId,
});
const scored = (values: Record<string, string>, applicationId: string) => ({
  applicationId,
  scores: scoresOf(values),
  note: values.note ?? "",
  ...{ seen: values[SEEN], mine: values[MINE] },
});
/** What a save sends: by itself whatever was changed, which may be a score, or the note, alone, and overwrites what stands. */
const changed = (values: Record<string, string>, applicationId: string) => ({
  applicationId,
  scores: scoresOf(values),
  ...(values.note === undefined ? {} : { note: values.note }),
  ...(values[AUTO] ? {} : { seen: values[SEEN], mine: values[MINE] }),
});

const ACTS: Record<string, Act> = {
  score: { command: scoreApplication, input: scored, says: "score-kept" },
  save: { command: saveReview, input: changed, says: "score-saved" },
  abstain: {
    command: abstainReview,
    input: (values, applicationId) => ({ applicationId, reason: values["abstain-reason"] ?? "" }),
    says: "abstained",
  },
  conflict: {
    command: declareConflict,
    input: (values, applicationId) => ({ applicationId, reason: values["conflict-reason"] ?? "" }),
    says: "conflict-declared",
  },
  redact: { command: redactApplication, input: plain, says: "words-hidden" },
  unredact: { command: undoRedaction, input: plain, says: "words-shown" },
  comment: { command: commentOnApplication, input: plain, says: "comment-said" },
  tag: { command: tagApplication, input: plain, says: "tags-changed" },
  better: {
    command: compareApplications,
    input: (values, betterId) => ({ betterId, worseId: values.otherId ?? "" }),
    says: "compared",
  },
  worse: {
    command: compareApplications,
    input: (values, worseId) => ({ worseId, betterId: values.otherId ?? "" }),
    says: "compared",
  },
  decide: {
    command: decideApplications,
    input: (values, applicationId) => ({ ...values, applicationIds: [applicationId] }),
    says: "decisions-kept",
  },
  drop: { command: dropDecision, input: plain, says: "decision-dropped" },
};

/** Names of fields as the page has them. */
const FIELDS: Record<string, Record<string, string>> = {
  abstain: { reason: "abstain-reason" },
  conflict: { reason: "conflict-reason" },
  better: { worseId: "otherId" },
  worse: { betterId: "otherId", worseId: "otherId" },
};

/** Does what a button of the page asks for; a save by itself is answered with its time, everything else leads back. */
export async function act(
  actor: Actor,
  applicationId: string,
  form: ReadForm,
  asked: { now: Date; search: string; at: (now: Date) => string },
) {
  const { intent = "", ...values } = form.values;
  const found = Object.hasOwn(ACTS, intent) ? ACTS[intent] : undefined;
  if (!found) throw new Response("Unknown", { status: 400 });
  const result = await found.command({
    actor,
    input: found.input(values, applicationId),
    idempotencyKey: form.idempotencyKey,
    now: asked.now,
  });
  if (!result.ok) {
    const named = onFields(onScoreFields(result.error), FIELDS[intent] ?? {});
    return refused(named, sawThat(result.error, form), MESSAGES);
  }
  if (values[AUTO]) {
    const { before, revision } = result.value as { before: number; revision: number };
    return data({ saved: asked.at(asked.now), before, revision });
  }
  if (intent === "conflict") return redirect("/teach");
  return redirectSaying(`/teach/applications/${applicationId}${asked.search}`, found.says);
}

/** Who was told what stands has seen it: pressed again, it is overwritten. */
const sawThat = ({ code, facts }: Refusal, form: ReadForm): ReadForm =>
  code === "changed_elsewhere" && facts?.revision !== undefined
    ? { ...form, values: { ...form.values, [SEEN]: facts.revision, [MINE]: "0" } }
    : form;

function onFields(refusal: Refusal, names: Record<string, string>): Refusal {
  if (!refusal.fields) return refusal;
  const fields = Object.entries(refusal.fields).map(([name, said]) => [names[name] ?? name, said]);
  return { ...refusal, fields: Object.fromEntries(fields) };
}
