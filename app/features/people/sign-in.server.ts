import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { persons } from "#db/schema/index";
import { verifyPassword } from "~/auth/passwords.server";
import { err, ok, type Result } from "~/lib/result";
import { resendVerification } from "./verify-email.server";

type Attempt = { email: string; password: string; now: Date };

/**
 * Whose account this address and password open. `no_match` says the same of an unknown address, of a wrong password
 * and of an address that is not confirmed yet; in the last case the confirming link is mailed again. Works as long
 * for each. Limits are the caller's.
 */
export async function checkPassword(
  attempt: Attempt,
): Promise<Result<{ personId: string }, "no_match">> {
  const email = attempt.email.trim().toLowerCase();
  const [person] = await getDb()
    .select({
      id: persons.id,
      passwordHash: persons.passwordHash,
      emailVerifiedAt: persons.emailVerifiedAt,
    })
    .from(persons)
    .where(eq(persons.email, email));
  const right = await verifyPassword(person?.passwordHash ?? null, attempt.password);
  if (!person || !right) return err("no_match");
  if (person.emailVerifiedAt) return ok({ personId: person.id });
  await resendVerification({
    actor: null,
    input: { email },
    idempotencyKey: randomUUID(),
    now: attempt.now,
  });
  return err("no_match");
}
