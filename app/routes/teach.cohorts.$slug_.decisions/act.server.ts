import type { Actor } from "~/auth/actor";
import type { Refusal } from "~/auth/command.server";
import type { ReadForm } from "~/auth/form.server";
import { decideApplications } from "~/features/decisions/decide-applications.server";
import { decideFitting } from "~/features/decisions/decide-fitting.server";
import { keepTemplate, removeTemplate } from "~/features/decisions/keep-template.server";
import type { ListedCohort } from "~/features/reviews/list-applications.server";
import { readListQuery } from "~/features/reviews/list-query";
import type { FlashKey } from "~/lib/flash";
import { pickedOf } from "~/lib/form-problem";
import type { Result } from "~/lib/result";

type Done = { result: Result<unknown, Refusal>; says: FlashKey };

/** Does what a button of the page asks for. */
export async function act(
  actor: Actor,
  cohort: ListedCohort,
  form: ReadForm,
  asked: { now: Date; search: URLSearchParams },
): Promise<Done> {
  const { intent, everybody, ...values } = form.values;
  const call = { actor, idempotencyKey: form.idempotencyKey, now: asked.now };
  const input = { ...values, cohortId: cohort.id };
  if (intent === "text")
    return { result: await keepTemplate({ ...call, input }), says: "text-kept" };
  if (intent === "remove-text")
    return { result: await removeTemplate({ ...call, input }), says: "text-removed" };
  if (everybody)
    return {
      result: await decideFitting({ ...call, input }, cohort, readListQuery(asked.search)),
      says: "decisions-kept",
    };
  const applicationIds = pickedOf(form.values, "applicationIds");
  const result = await decideApplications({ ...call, input: { ...input, applicationIds } });
  return { result, says: "decisions-kept" };
}
