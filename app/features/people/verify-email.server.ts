import { eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { persons } from "#db/schema/index";
import { type Call, defineCommand, type Refusal } from "~/auth/command.server";
import { verifyPassword } from "~/auth/passwords.server";
import { findToken, spendToken } from "~/auth/tokens.server";
import { err, type Result } from "~/lib/result";
import { z } from "~/lib/zod";
import { mailAlreadyRegistered, mailVerification } from "./account-mail.server";
import { lockPerson } from "./lock-person.server";
import { addressInput, tokenField } from "./schema";

/** The address that a mailed token was sent to counts as confirmed from now on. Refuses `link_spent`. */
export const verifyEmail = defineCommand({
  name: "verify-email",
  action: "account.confirm",
  input: z.object({ token: tokenField }),
  async run(tx, { input, now, authorise, refuse }) {
    authorise({});
    const personId = await spendToken(tx, { token: input.token, purpose: "verify", now });
    if (!personId) return refuse({ code: "link_spent" });
    const person = await lockPerson(tx, personId);
    if (!person.emailVerifiedAt)
      await tx.update(persons).set({ emailVerifiedAt: now }).where(eq(persons.id, personId));
    return { personId };
  },
});

/**
 * Confirms an address for whoever holds the mailed link and knows the account's password, so that nobody confirms an
 * account that somebody else made with their address. Refuses `link_spent`, and `wrong_password` without using the link up.
 */
export async function confirmAddress(call: Call): Promise<Result<{ personId: string }, Refusal>> {
  const { token = "", password = "" } = z
    .object({ token: z.string(), password: z.string() })
    .partial()
    .catch({})
    .parse(call.input);
  const personId = await findToken(getDb(), { token, purpose: "verify", now: call.now });
  if (!personId) return err({ code: "link_spent" });
  const [person] = await getDb()
    .select({ passwordHash: persons.passwordHash })
    .from(persons)
    .where(eq(persons.id, personId));
  if (!(await verifyPassword(person?.passwordHash ?? null, password)))
    return err({ code: "wrong_password", field: "password" });
  return verifyEmail({ ...call, input: { token } });
}

/**
 * Mails the confirming link again; to an address that is confirmed, that there is an account; to an unknown one
 * nothing. Answers the same each time.
 */
export const resendVerification = defineCommand({
  name: "resend-verification",
  action: "account.confirm",
  input: addressInput,
  async run(tx, { input, now, authorise }): Promise<Record<string, never>> {
    authorise({});
    const [person] = await tx.select().from(persons).where(eq(persons.email, input.email));
    if (person)
      await (person.emailVerifiedAt ? mailAlreadyRegistered : mailVerification)(
        tx,
        person,
        now,
        input.next,
      );
    return {};
  },
});
