import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { cohorts } from "#db/schema/index";
import type { Context } from "~/auth/command.server";
import type { Cohort } from "./queries.server";
import { type Act, allows } from "./stages";
import { staffOf } from "./teachers.server";

/**
 * The cohort of a command, its row held until the transaction ends, for whoever may do this to it at its stage.
 * Refusals: `not_found`, `not_now`.
 */
export async function holdCohort<I>(
  tx: Tx,
  context: Context<I>,
  cohortId: string,
  act: Act,
): Promise<Cohort> {
  const [cohort] = await tx.select().from(cohorts).where(eq(cohorts.id, cohortId)).for("update");
  if (!cohort) return context.refuse({ code: "not_found" });
  context.authorise(await staffOf(tx, cohort.id));
  if (!allows(cohort, act, context.now)) context.refuse({ code: "not_now" });
  return cohort;
}
