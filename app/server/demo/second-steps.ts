import { totpCode } from "~/auth/second-step.server";
import {
  beginSecondStep,
  confirmSecondStep,
  getSecondStep,
} from "~/features/people/second-step.server";
import { systemClock } from "~/lib/clock";
import { OPERATOR, SECOND_OPERATOR } from "./cast";
import { Steps } from "./steps";

const STEP_MS = 30_000;
/** A session that nobody has: there is none to keep. */
const NO_SESSION = "0".repeat(64);

/**
 * Turns the second step of the demo's operators on, whose codes the embedded default shows on `/dev/codes`. The code of
 * the step before is used up for it, so that the present one still signs in.
 */
export async function secureDemoOperators(now: Date): Promise<void> {
  const steps = new Steps("demo-second-step", now);
  const at = new Date(systemClock.now().getTime() - STEP_MS);
  for (const { handle } of [OPERATOR, SECOND_OPERATOR]) {
    const operator = await steps.find(handle);
    steps.must(await beginSecondStep(steps.call(operator, {})));
    const { pending } = await getSecondStep(operator.id);
    if (!pending) throw new Error("a second step was begun and is not there");
    const input = { code: totpCode(pending.secret, at), keptSessionId: NO_SESSION };
    steps.must(await confirmSecondStep(steps.call(operator, input), at));
  }
}
