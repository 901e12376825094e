import { eq } from "drizzle-orm";
import { applications } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { z } from "~/lib/zod";
import { recordEvent } from "./events.server";
import { canWithdraw } from "./rules";

/**
 * The applicant takes an application back, until a place is given or refused: a place on the waitlist, or a revision that was
 * asked for, goes with it. Refusals: `not_found`, `already_withdrawn`, `already_decided`.
 */
export const withdrawApplication = defineCommand({
  name: "withdraw-application",
  action: "application.edit",
  input: z.object({ applicationId: z.uuid() }),
  async run(tx, context) {
    const { now, person } = context;
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
      .set({
        ...{ state: "withdrawn", withdrawnAt: now, updatedAt: now, waitlistRank: null },
        ...{ reviseBy: null, decidedAt: null, decidedBy: null },
      })
      .where(eq(applications.id, application.id));
    await recordEvent(tx, {
      ...{ applicationId: application.id, at: now, actorId: person.id },
      ...{ kind: "withdrawn", audience: "applicant", data: { from: application.state } },
    });
    return { applicationId: application.id, state: "withdrawn" };
  },
});
