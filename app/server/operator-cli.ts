import { randomUUID } from "node:crypto";
import { SYSTEM } from "~/auth/actor";
import { getClock, loadClock } from "~/auth/clock.server";
import type { Call, Refusal } from "~/auth/command.server";
import { grantOperator } from "~/features/people/grant-operator.server";
import { resetSecondStep } from "~/features/people/reset-second-step.server";
import { PlainError } from "~/lib/plain-error";
import { withDatabase } from "./with-database";

const USAGE = `Say what, and whom:
  npm run operator -- grant person@example.org
  npm run operator -- reset-second-step person@example.org
`;

async function callOf(email: string): Promise<Call> {
  await loadClock();
  return {
    actor: SYSTEM,
    input: { email },
    idempotencyKey: randomUUID(),
    now: getClock().now(),
  };
}

function explain(refusal: Refusal, email: string): Error {
  const known: Record<string, string> = {
    invalid_input: `'${email}' is not an e-mail address.`,
    unknown_person: `Nobody has signed up as ${email}. They sign up first, then ask again.`,
    unverified_person: `${email} is not confirmed yet: the link in the message that was sent there does it. Ask again then.`,
    not_on: `The second step of ${email} is not on: there is nothing to reset.`,
  };
  const message = known[refusal.code];
  return message ? new PlainError(message) : new Error(`refused: ${refusal.code}`);
}

async function grant(email: string): Promise<string> {
  const granted = await grantOperator(await callOf(email));
  if (!granted.ok) throw explain(granted.error, email);
  const { handle, already, since } = granted.value;
  return already ? `${handle} has been an operator since ${since}` : `${handle} is an operator now`;
}

async function reset(email: string): Promise<string> {
  const done = await resetSecondStep(await callOf(email));
  if (!done.ok) throw explain(done.error, email);
  const { handle, operator } = done.value;
  const then = operator ? "; the desk opens once a new second step is set up" : "";
  return `The second step of ${handle} is off, and ${handle} is signed out everywhere${then}`;
}

const COMMANDS: Record<string, (email: string) => Promise<string>> = {
  grant,
  "reset-second-step": reset,
};

/**
 * `npm run operator -- grant|reset-second-step <email>`. Answers the exit code; a failure is one plain message on stderr.
 */
export async function main([name = "", email, ...more]: string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command || !email || more.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  return withDatabase(async () => {
    process.stdout.write(`${await command(email)}\n`);
    return 0;
  });
}
