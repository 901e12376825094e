import { randomUUID } from "node:crypto";
import { SYSTEM } from "~/auth/actor";
import { getClock, loadClock } from "~/auth/clock.server";
import { grantOperator } from "~/features/people/grant-operator.server";
import { PlainError } from "~/lib/plain-error";
import { withDatabase } from "./with-database";

async function grant(email: string): Promise<string> {
  await loadClock();
  const call = {
    actor: SYSTEM,
    input: { email },
    idempotencyKey: randomUUID(),
    now: getClock().now(),
  } as const;
  const granted = await grantOperator(call);
  if (granted.ok) {
    const { handle, already, since } = granted.value;
    return already
      ? `${handle} has been an operator since ${since}`
      : `${handle} is an operator now`;
  }
  if (granted.error.code === "invalid_input")
    throw new PlainError(`'${email}' is not an e-mail address.`);
  if (granted.error.code === "unknown_person") {
    throw new PlainError(`Nobody has signed up as ${email}. They sign up first, then ask again.`);
  }
  throw new Error(`grant-operator refused: ${granted.error.code}`);
}

/** `npm run operator -- grant <email>`. Answers the exit code; a failure is one plain message on stderr. */
export async function main([name, email, ...more]: string[]): Promise<number> {
  if (name !== "grant" || !email || more.length > 0) {
    process.stderr.write("Say whom: npm run operator -- grant person@example.org\n");
    return 2;
  }
  return withDatabase(async () => {
    process.stdout.write(`${await grant(email)}\n`);
    return 0;
  });
}
