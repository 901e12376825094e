import { asc, isNotNull } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { persons } from "#db/schema/index";
import { openTotpSecret, totpCode, totpStepOf } from "~/auth/second-step.server";
import { getEnv } from "~/env.server";

const STEP_MS = 30_000;

/**
 * What everybody's authenticator shows at that instant of the machine, and next; null with a database of one's own,
 * where nobody but the authenticator's owner may see it. For the embedded default alone, like its mailbox.
 */
export async function listDevCodes(at: Date) {
  if (getEnv().production) return null;
  const rows = await getDb()
    .select({
      id: persons.id,
      email: persons.email,
      kept: persons.totpSecret,
      last: persons.totpLastStep,
    })
    .from(persons)
    .where(isNotNull(persons.totpSecret))
    .orderBy(asc(persons.email));
  return rows.flatMap(({ id, email, kept, last }) => {
    if (!kept) return [];
    const secret = openTotpSecret(id, kept);
    const code = totpCode(secret, at);
    const step = totpStepOf(secret, code, at);
    const used = step !== null && last !== null && step <= last;
    return [{ email, code, used, next: totpCode(secret, new Date(at.getTime() + STEP_MS)) }];
  });
}
