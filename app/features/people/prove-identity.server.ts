import { data } from "@remix-run/node";
import { eq } from "drizzle-orm";
import { getDb } from "#db/client.server";
import { persons } from "#db/schema/index";
import { getClock } from "~/auth/clock.server";
import type { ReadForm } from "~/auth/form.server";
import { forgiveTries, takeTry, tooOftenMessage } from "~/auth/limits.server";
import { verifyPassword } from "~/auth/passwords.server";
import { proveSession, requireSession, type SignedIn } from "~/auth/session.server";
import { getEnv } from "~/env.server";
import { systemClock } from "~/lib/clock";
import type { FormProblem } from "~/lib/form-problem";
import { passSecondStep } from "./second-step.server";

/** What the page needs that asks somebody to prove that it is still they: everything they had typed goes with it. */
export type ProofAsked = {
  values: Record<string, string>;
  idempotencyKey: string;
  hasSecondStep: boolean;
  practice: boolean;
  problem?: FormProblem | undefined;
};

const WRONG =
  "This did not open your account. Check the password; a code of an authenticator works once, so wait for the next one.";

/**
 * Before an act that needs a fresh proof: null when the person signed in, or proved who they are, less than five minutes
 * ago, or does so with this very form. Otherwise the answer to give: the page that asks, with what was typed kept (a new
 * password excepted). Takes what proves it out of the form. Counts tries.
 */
export async function askProof(
  request: Request,
  form: ReadForm,
  sender: { clientAddress: string },
) {
  const session = await requireSession(request);
  const { provePassword, proveCode = "", ...values } = form.values;
  form.values = values;
  if (session.person.proved) return null;
  const { password: _, ...kept } = values;
  const ask = (status: number, message?: string) => {
    const problem = message === undefined ? undefined : { message, fields: {}, values: {} };
    const { hasSecondStep } = session;
    const asked: ProofAsked = {
      values: kept,
      idempotencyKey: form.idempotencyKey,
      hasSecondStep,
      practice: !getEnv().production,
      problem,
    };
    return data({ asked }, { status });
  };
  if (provePassword === undefined) return ask(403);
  const account = session.person.id;
  const tried = await takeTry("proof", { address: sender.clientAddress, account });
  if (!tried.ok) return ask(429, tooOftenMessage(tried.error));
  if (!(await isRight(session, provePassword, proveCode))) return ask(400, WRONG);
  await forgiveTries("proof", account);
  await proveSession(request);
  return null;
}

async function isRight(session: SignedIn, password: string, code: string): Promise<boolean> {
  const personId = session.person.id;
  const [row] = await getDb()
    .select({ passwordHash: persons.passwordHash })
    .from(persons)
    .where(eq(persons.id, personId));
  if (!(await verifyPassword(row?.passwordHash ?? null, password))) return false;
  if (!session.hasSecondStep) return true;
  const now = getClock().now();
  return passSecondStep({ personId, typed: code, at: systemClock.now(), now });
}
