import { loadClock, moveClock } from "~/auth/clock.server";
import { type Call, defineCommand } from "~/auth/command.server";
import { getEnv } from "~/env.server";
import { moveSchema, stepOf } from "./schema";
import { requestSweep } from "./sweep.server";

const move = defineCommand({
  name: "move-the-clock",
  action: "clock.move",
  input: moveSchema,
  async run(tx, { input, now, authorise, refuse, audit }) {
    authorise({});
    if (getEnv().production) refuse({ code: "not_found" });
    const byMs = stepOf(input, now);
    if (byMs === null) return refuse({ code: "not_forward", field: input.how });
    await moveClock(tx, byMs);
    await audit({ type: "clock", id: "1" }, { byMs, from: now.toISOString() });
    return { to: new Date(now.getTime() + byMs).toISOString() };
  },
});

/**
 * An operator moves the embedded default's clock forward; once that is committed, what has come due is done before this
 * answers. Refuses `not_forward`; in production there is no such thing (`not_found`).
 */
export async function moveTheClock(call: Call) {
  const result = await move(call);
  if (result.ok) {
    await loadClock();
    await requestSweep();
  }
  return result;
}
