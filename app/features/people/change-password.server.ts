import { eq } from "drizzle-orm";
import { persons } from "#db/schema/index";
import { type Call, defineCommand, type Refusal, refuseInput } from "~/auth/command.server";
import { hashPassword } from "~/auth/passwords.server";
import { endOtherSessions } from "~/auth/session.server";
import { endSignInStepsOf } from "~/auth/sign-in-step.server";
import type { Result } from "~/lib/result";
import { z } from "~/lib/zod";
import { mailSecurityAct } from "./account-mail.server";
import { forgetAddressChanges } from "./change-email.server";
import { lockPerson } from "./lock-person.server";
import { newPasswordField } from "./schema";
import { sessionIdField } from "./security-schema";

const replacePassword = defineCommand({
  name: "change-password",
  action: "account.secure",
  input: z.object({ passwordHash: z.string().min(1), keptSessionId: sessionIdField }),
  secret: ["passwordHash"],
  async run(tx, { input, person, now, authorise, audit }) {
    authorise({ person: person.id });
    const row = await lockPerson(tx, person.id);
    await tx
      .update(persons)
      .set({ passwordHash: input.passwordHash })
      .where(eq(persons.id, person.id));
    const ended = await endOtherSessions(tx, person.id, input.keptSessionId);
    await endSignInStepsOf(tx, person.id);
    await forgetAddressChanges(tx, person.id);
    await mailSecurityAct(tx, row, "password-replaced", now);
    await audit({ type: "person", id: person.id }, { sessionsEnded: ended });
    return { ended };
  },
});

/**
 * Sets a new password for somebody who has just proved who they are. All other sessions end, a change of address that
 * was asked for is forgotten, and the owner is told by mail.
 */
export async function changePassword(call: Call): Promise<Result<{ ended: number }, Refusal>> {
  const parsed = z
    .object({ password: newPasswordField, keptSessionId: sessionIdField })
    .safeParse(call.input);
  if (!parsed.success) return refuseInput(parsed.error);
  const { password, keptSessionId } = parsed.data;
  const passwordHash = await hashPassword(password);
  return replacePassword({ ...call, input: { passwordHash, keptSessionId } });
}
