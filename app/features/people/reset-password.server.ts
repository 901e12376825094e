import { eq } from "drizzle-orm";
import { persons } from "#db/schema/index";
import { type Call, defineCommand, type Refusal, refuseInput } from "~/auth/command.server";
import { hashPassword } from "~/auth/passwords.server";
import { endAllSessions } from "~/auth/session.server";
import { endSignInStepsOf } from "~/auth/sign-in-step.server";
import { spendToken } from "~/auth/tokens.server";
import type { Result } from "~/lib/result";
import { z } from "~/lib/zod";
import { mailReset, mailSecurityAct } from "./account-mail.server";
import { forgetAddressChanges } from "./change-email.server";
import { addressInput, newPasswordField, tokenField } from "./schema";

/** Mails a link that sets a new password; to an unknown address nothing. Answers the same each time. */
export const requestPasswordReset = defineCommand({
  name: "request-password-reset",
  action: "account.recover",
  input: addressInput,
  async run(tx, { input, now, authorise }): Promise<Record<string, never>> {
    authorise({});
    const [person] = await tx.select().from(persons).where(eq(persons.email, input.email));
    if (person) await mailReset(tx, person, now, input.next);
    return {};
  },
});

const setPassword = defineCommand({
  name: "reset-password",
  action: "account.recover",
  input: z.object({ token: tokenField, passwordHash: z.string().min(1) }),
  secret: ["passwordHash"],
  async run(tx, { input, now, authorise, refuse, audit }) {
    authorise({});
    const personId = await spendToken(tx, { token: input.token, purpose: "reset", now });
    if (!personId) return refuse({ code: "link_spent" });
    const [person] = await tx.select().from(persons).where(eq(persons.id, personId)).for("update");
    if (!person) throw new Error("a token without its person");
    const emailVerifiedAt = person.emailVerifiedAt ?? now;
    await tx
      .update(persons)
      .set({ passwordHash: input.passwordHash, emailVerifiedAt })
      .where(eq(persons.id, personId));
    await endAllSessions(tx, personId);
    await forgetAddressChanges(tx, personId);
    await endSignInStepsOf(tx, personId);
    await mailSecurityAct(tx, person, "password-changed", now);
    await audit({ type: "person", id: personId });
    return { personId };
  },
});

/**
 * Sets a new password for whoever holds the mailed link. Every session of the account ends, a change of address that
 * was asked for is forgotten, the address counts as confirmed (the link came by it), and the owner is told by mail. A
 * second step stays. Refuses `link_spent`.
 */
export async function resetPassword(call: Call): Promise<Result<{ personId: string }, Refusal>> {
  const parsed = z.object({ token: tokenField, password: newPasswordField }).safeParse(call.input);
  if (!parsed.success) return refuseInput(parsed.error);
  const { token, password } = parsed.data;
  return setPassword({ ...call, input: { token, passwordHash: await hashPassword(password) } });
}
