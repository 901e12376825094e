import { and, eq } from "drizzle-orm";
import { investorVerifications, persons } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { requestSchema } from "./schema";

/**
 * A person asks to be verified as an investor (T18); one request of theirs waits at a time. Holds the person's row.
 * Refuses `already_asked` while one waits.
 */
export const requestVerification = defineCommand({
  name: "request-verification",
  action: "verification.request",
  input: requestSchema,
  async run(tx, { input, now, person, authorise, refuse, audit }) {
    authorise({ person: person.id });
    await tx
      .select({ id: persons.id })
      .from(persons)
      .where(eq(persons.id, person.id))
      .for("no key update");
    const [waiting] = await tx
      .select({ id: investorVerifications.id })
      .from(investorVerifications)
      .where(
        and(
          eq(investorVerifications.personId, person.id),
          eq(investorVerifications.state, "requested"),
        ),
      );
    if (waiting) return refuse({ code: "already_asked" });
    const [row] = await tx
      .insert(investorVerifications)
      .values({ personId: person.id, ...input, requestedAt: now })
      .returning({ id: investorVerifications.id });
    if (!row) throw new Error("a verification has no id");
    await audit({ type: "verification", id: row.id }, { basis: input.basis });
    return { verificationId: row.id };
  },
});
