import { createHash } from "node:crypto";
import type { Actor } from "~/auth/actor";
import type { Call, Refusal } from "~/auth/command.server";
import {
  type ListedCohort,
  listApplications,
  type Place,
  scopeOf,
} from "~/features/reviews/list-applications.server";
import { ok, type Result } from "~/lib/result";
import type { z } from "~/lib/zod";
import { decideApplications } from "./decide-applications.server";
import { isDecidable } from "./rules";
import { type decideInput, MOST_AT_ONCE } from "./schema";

/**
 * Decides about all applications that a list shows and that can be decided so, 500 a transaction: nothing goes out by it, so that one
 * that is interrupted is begun again. Refusals: those of `decideApplications`, at the first 500 that meet one.
 */
export async function decideFitting(
  call: Call & { actor: Actor },
  cohort: ListedCohort,
  query: Parameters<typeof listApplications>[1],
): Promise<Result<{ decided: number }, Refusal>> {
  const { actor, input } = call;
  const scope = await scopeOf(actor, cohort);
  const { kind } = input as Partial<z.output<typeof decideInput>>;
  let [decided, after] = [0, undefined as Place | undefined];
  for (let run = 0; scope; run++) {
    const rows = await listApplications(scope, query, { after, limit: MOST_AT_ONCE });
    const applicationIds = rows
      .filter((one) => !one.conflicted && (!kind || isDecidable(one.state, kind)))
      .map(({ id }) => id);
    after = rows.at(-1)?.place;
    const last = rows.length < MOST_AT_ONCE;
    if (applicationIds.length > 0 || (last && decided === 0)) {
      const result = await decideApplications({
        ...call,
        input: { ...(input as object), applicationIds },
        idempotencyKey: keyOf(call.idempotencyKey, run),
      });
      if (!result.ok) return result;
      decided += result.value.decided;
    }
    if (last) break;
  }
  return ok({ decided });
}

/** A key of its own for each transaction of a call, the same when the call is made again. */
const keyOf = (key: string, run: number): string =>
  run === 0 ? key : createHash("sha256").update(`${key} ${run}`).digest("hex").slice(0, 32);
