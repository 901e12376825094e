import { eq } from "drizzle-orm";
import { investorVerifications, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand } from "~/auth/command.server";
import { addMonths, endOfDayInstant, formatDate, utcDay } from "~/lib/dates";
import { policy } from "~/policy";
import { decisionSchema } from "./schema";

/**
 * An operator approves or refuses a person's request to be verified, with a reason that the person is told. An approval
 * lasts 12 months, to the end of that day (UTC). Holds the request's row. Nobody decides their own (`not_found`).
 * Refuses `already_decided` with the fact `state`.
 */
export const decideVerification = defineCommand({
  name: "decide-verification",
  action: "verification.decide",
  input: decisionSchema,
  async run(tx, { input, now, person, authorise, refuse, audit }) {
    const [row] = await tx
      .select()
      .from(investorVerifications)
      .where(eq(investorVerifications.id, input.verificationId))
      .for("update");
    if (!row) return refuse({ code: "not_found" });
    authorise({ person: row.personId });
    if (row.state !== "requested")
      return refuse({ code: "already_decided", facts: { state: row.state } });
    const lastDay = addMonths(utcDay(now), policy.verificationMonths.value);
    const expiresAt = input.decision === "approve" ? endOfDayInstant(lastDay) : null;
    await tx
      .update(investorVerifications)
      .set({
        state: expiresAt ? "approved" : "refused",
        decidedAt: now,
        decidedBy: person.id,
        reason: input.reason,
        expiresAt,
      })
      .where(eq(investorVerifications.id, row.id));
    const [asker] = await tx
      .select({ email: persons.email, name: persons.displayName })
      .from(persons)
      .where(eq(persons.id, row.personId));
    if (!asker) throw new Error("a verification is of nobody");
    const to = { personId: row.personId, email: asker.email };
    const path = "/invest/verification";
    if (expiresAt)
      await enqueueMail(tx, {
        to,
        template: "verification-approved",
        props: { name: asker.name, until: formatDate(lastDay), path },
        now,
      });
    else
      await enqueueMail(tx, {
        to,
        template: "verification-refused",
        props: { name: asker.name, reason: input.reason, path },
        now,
      });
    await audit(
      { type: "verification", id: row.id },
      { decision: input.decision, reason: input.reason },
    );
    return {
      verificationId: row.id,
      state: expiresAt ? "approved" : "refused",
      expiresAt: expiresAt?.toISOString() ?? null,
    };
  },
});
