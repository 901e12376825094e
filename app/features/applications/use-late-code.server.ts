import { eq, sql } from "drizzle-orm";
import { applications, cohorts, lateCodes } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { lateCodeHash } from "~/features/cohorts/late-code.server";
import { staffOf } from "~/features/cohorts/teachers.server";
import { z } from "~/lib/zod";
import { recordEvent } from "./events.server";
import { holdOwn } from "./hold-application.server";

/**
 * Uses a late code of a cohort for the asker's application, or for a new draft: it may then be written until the code's own
 * instant. A code counts once for each application, whoever tries it again. Refusals: `not_found`; on the field `code`
 * `unknown_code` (also one that was taken back), `code_over`, `code_used_up`, `code_no_later` (an earlier code lasts as long); `cancelled`, `already_decided`.
 */
export const useLateCode = defineCommand({
  name: "use-late-code",
  action: "application.draft",
  input: z.object({
    cohortId: z.uuid(),
    code: z.string().trim().min(1, "Enter the code.").max(100, "Enter the code."),
  }),
  secret: ["code"],
  async run(tx, context) {
    const { input, now, person } = context;
    const [cohort] = await tx.select().from(cohorts).where(eq(cohorts.id, input.cohortId));
    if (!cohort || cohort.state === "draft") return context.refuse({ code: "not_found" });
    const { teacher, reviewer } = await staffOf(tx, cohort.id);
    context.authorise({ teacher, reviewer });
    if (cohort.cancelledAt) context.refuse({ code: "cancelled" });
    const application = await holdOwn(tx, context, cohort.formVersion);
    if (!["draft", "submitted", "withdrawn"].includes(application.state))
      context.refuse({ code: "already_decided" });
    const [code] = await tx
      .select()
      .from(lateCodes)
      .where(eq(lateCodes.codeHash, lateCodeHash(input.code)))
      .for("update");
    if (!code || code.cohortId !== cohort.id || code.revokedAt)
      return context.refuse({ code: "unknown_code", field: "code" });
    if (code.validUntil <= context.nowHeld()) context.refuse({ code: "code_over", field: "code" });
    const { lateUntil } = application;
    if (application.lateCodeId === code.id) return { applicationId: application.id };
    if (code.uses >= code.maxUses) context.refuse({ code: "code_used_up", field: "code" });
    if (lateUntil && lateUntil >= code.validUntil)
      context.refuse({ code: "code_no_later", field: "code" });
    await tx
      .update(lateCodes)
      .set({ uses: sql`${lateCodes.uses} + 1` })
      .where(eq(lateCodes.id, code.id));
    await tx
      .update(applications)
      .set({ lateCodeId: code.id, lateUntil: code.validUntil, updatedAt: now })
      .where(eq(applications.id, application.id));
    await recordEvent(tx, {
      ...{ applicationId: application.id, at: now, actorId: person.id, audience: "applicant" },
      ...{ kind: "late_code_used", data: { until: code.validUntil.toISOString() } },
    });
    return { applicationId: application.id };
  },
});
