import type { Tx } from "#db/client.server";
import { enqueueMail } from "#emails/outbox.server";
import { withNext } from "~/auth/next-path";
import { issueToken } from "~/auth/tokens.server";

type Addressee = { id: string; email: string; displayName: string };

/**
 * Mails a link with which the person confirms their address, and which leads on to `next`, a path of this site, where there is one.
 * The links mailed before stop working.
 */
export async function mailVerification(
  tx: Tx,
  person: Addressee,
  now: Date,
  next: string | null = null,
): Promise<void> {
  const token = await issueToken(tx, { personId: person.id, purpose: "verify", now });
  const props = { name: person.displayName, path: withNext(`/verify-email?token=${token}`, next) };
  await enqueueMail(tx, {
    to: { personId: person.id, email: person.email },
    template: "verify-email",
    props,
    now,
  });
}

/** Mails a link with which the person sets a new password; signing in with it leads on to `next`. The links mailed before stop working. */
export async function mailReset(
  tx: Tx,
  person: Addressee,
  now: Date,
  next: string | null = null,
): Promise<void> {
  const token = await issueToken(tx, { personId: person.id, purpose: "reset", now });
  const props = {
    name: person.displayName,
    path: withNext(`/reset-password?token=${token}`, next),
  };
  await enqueueMail(tx, {
    to: { personId: person.id, email: person.email },
    template: "reset-password",
    props,
    now,
  });
}

/** Tells the owner of a known address that somebody tried to open another account with it; signing in leads on to `next`. */
export async function mailAlreadyRegistered(
  tx: Tx,
  person: Addressee,
  now: Date,
  next: string | null = null,
): Promise<void> {
  const signInPath = withNext("/sign-in", next);
  const props = { name: person.displayName, signInPath, resetPath: "/forgot-password" };
  await enqueueMail(tx, {
    to: { personId: person.id, email: person.email },
    template: "already-registered",
    props,
    now,
  });
}

/** Messages that say what changed in an account, and need no more than whom it is told. */
type SecurityMail =
  | "password-changed"
  | "password-replaced"
  | "second-step-on"
  | "second-step-off"
  | "second-step-reset"
  | "recovery-codes-renewed";

/** Where somebody whose account was touched by another takes it back. */
export const RESET_PATH = "/forgot-password";

/** Tells a person of something that changed in their account, so that a thief's change is noticed. */
export async function mailSecurityAct(
  tx: Tx,
  person: Addressee,
  template: SecurityMail,
  now: Date,
): Promise<void> {
  const props = { name: person.displayName, resetPath: RESET_PATH };
  await enqueueMail(tx, {
    to: { personId: person.id, email: person.email },
    template,
    props,
    now,
  });
}
