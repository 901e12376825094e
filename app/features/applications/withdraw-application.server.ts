import { eq } from "drizzle-orm";
import { applications } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { canWithdraw } from "./rules";

/** The applicant takes an application back, until it is decided. Refusals: `not_found`, `already_withdrawn`, `already_decided`. */
export const withdrawApplication = defineCommand({
  name: "withdraw-application",
  action: "application.edit",
  input: z.object({ applicationId: z.uuid() }),
  async run(tx, context) {
    const [application] = await tx
      .select()
      .from(applications)
      .where(eq(applications.id, context.input.applicationId))
      .for("update");
    if (!application) return context.refuse({ code: "not_found" });
    context.authorise({ applicant: application.applicantId });
    if (application.state === "withdrawn") context.refuse({ code: "already_withdrawn" });
    if (!canWithdraw(application.state)) context.refuse({ code: "already_decided" });
    await tx
      .update(applications)
      .set({ state: "withdrawn", withdrawnAt: context.now, updatedAt: context.now })
      .where(eq(applications.id, application.id));
    return { applicationId: application.id, state: "withdrawn" };
  },
});
