import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { cohorts, cohortTeachers, offers } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { textField } from "~/lib/terms";
import { z } from "~/lib/zod";
import { holdCohort } from "./hold-cohort.server";
import { listStaffOf } from "./teachers.server";
import { tellOfCancelling } from "./tell-applicants.server";

/**
 * A lead cancels a cohort that has not begun, for a reason that everybody concerned gets by mail in the same transaction:
 * applicants, those with a place, partners. Invitations that wait are withdrawn. Holds the cohort's row. Refusals:
 * `not_found`, `not_now` once it has begun, `offers_stand` while an offer of it is out, signed or settled.
 */
export const cancelCohort = defineCommand({
  name: "cancel-cohort",
  action: "cohort.staff",
  input: z.object({ cohortId: z.uuid(), reason: textField("the reason", 2_000) }),
  async run(tx, context) {
    const { input, now, person } = context;
    const cohort = await holdCohort(tx, context, input.cohortId, "cancel");
    if (await hasOffers(tx, cohort.id)) context.refuse({ code: "offers_stand" });
    await tx
      .update(cohorts)
      .set({
        state: "cancelled",
        cancelledAt: now,
        changedAt: now,
        cancelledBy: person.id,
        cancelReason: input.reason,
      })
      .where(eq(cohorts.id, cohort.id));
    await tx
      .update(cohortTeachers)
      .set({ state: "withdrawn", answeredAt: now })
      .where(and(eq(cohortTeachers.cohortId, cohort.id), eq(cohortTeachers.state, "invited")));
    const staff = (await listStaffOf(cohort.id, tx)).filter(({ id }) => id !== person.id);
    const told = await tellOfCancelling(
      tx,
      cohort,
      { by: person.displayName, reason: input.reason, staff },
      now,
    );
    await context.audit({ type: "cohort", id: cohort.id }, { told });
    return { cohortId: cohort.id, told };
  },
});

async function hasOffers(tx: Tx, cohortId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: offers.id })
    .from(offers)
    .where(
      and(
        eq(offers.cohortId, cohortId),
        inArray(offers.state, ["funding", "open", "signed", "settled"]),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
