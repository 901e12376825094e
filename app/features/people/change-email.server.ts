import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, ne } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import { emailChanges, emailTokens, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand } from "~/auth/command.server";
import { endOtherSessions } from "~/auth/session.server";
import { endSignInStepsOf } from "~/auth/sign-in-step.server";
import { formatInstant } from "~/lib/dates";
import { z } from "~/lib/zod";
import { policy } from "~/policy";
import { mailAlreadyRegistered, RESET_PATH } from "./account-mail.server";
import { lockPerson } from "./lock-person.server";
import { emailField, tokenField } from "./schema";
import { sessionIdField } from "./security-schema";

const HOUR_MS = 3_600_000;
/** How long the link to the new address works. */
const LINK_HOURS = 24;

const stored = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Forgets what was asked for and not done yet: its links stop working. */
export async function forgetAddressChanges(tx: Tx, personId: string): Promise<void> {
  await tx
    .delete(emailChanges)
    .where(and(eq(emailChanges.personId, personId), isNull(emailChanges.usedAt)));
}

/**
 * Asks that the account use another e-mail address: a link goes there, and the present address is told. Nothing changes
 * until the link is opened. An address that is somebody else's answers the same, and its owner is told instead. Refuses
 * `same_address`.
 */
export const requestEmailChange = defineCommand({
  name: "request-email-change",
  action: "account.secure",
  input: z.object({ email: emailField }),
  async run(tx, { input, person, now, authorise, refuse, audit }): Promise<Record<string, never>> {
    authorise({ person: person.id });
    const row = await lockPerson(tx, person.id);
    if (row.email === input.email) return refuse({ code: "same_address", field: "email" });
    await forgetAddressChanges(tx, person.id);
    const [other] = await tx.select().from(persons).where(eq(persons.email, input.email));
    if (other) await mailAlreadyRegistered(tx, other, now);
    else await mailLink(tx, row, input.email, now);
    await enqueueMail(tx, {
      to: { personId: row.id, email: row.email },
      template: "address-change-asked",
      props: { name: row.displayName, newAddress: input.email, resetPath: RESET_PATH },
      now,
    });
    await audit({ type: "person", id: person.id });
    return {};
  },
});

async function mailLink(
  tx: Tx,
  person: { id: string; displayName: string },
  newEmail: string,
  now: Date,
): Promise<void> {
  const token = randomBytes(32).toString("base64url");
  await tx.insert(emailChanges).values({
    id: stored(token),
    personId: person.id,
    newEmail,
    createdAt: now,
    expiresAt: new Date(now.getTime() + LINK_HOURS * HOUR_MS),
  });
  await enqueueMail(tx, {
    to: { personId: person.id, email: newEmail },
    template: "confirm-new-address",
    props: { name: person.displayName, path: `/account/email/confirm?token=${token}` },
    now,
  });
}

const usable = (personId: string, token: string, now: Date) =>
  and(
    eq(emailChanges.id, stored(token)),
    eq(emailChanges.personId, personId),
    isNull(emailChanges.usedAt),
    gt(emailChanges.expiresAt, now),
  );

/** The address that a link of this person's would make theirs; null when it no longer works or is another's. */
export async function findEmailChange(
  personId: string,
  token: string,
  now: Date,
  db: Queryable = getDb(),
): Promise<string | null> {
  const [row] = await db
    .select({ newEmail: emailChanges.newEmail })
    .from(emailChanges)
    .where(usable(personId, token, now));
  return row?.newEmail ?? null;
}

/**
 * The account uses the new address from now on. The old one is told, withdrawals are held for 72 hours, links mailed
 * before stop working, and all other sessions end. Refuses `link_spent` and `address_taken`.
 */
export const changeEmail = defineCommand({
  name: "change-email",
  action: "account.secure",
  input: z.object({ token: tokenField, keptSessionId: sessionIdField }),
  async run(tx, { input, person, now, authorise, refuse, audit }) {
    authorise({ person: person.id });
    const row = await lockPerson(tx, person.id);
    const [change] = await tx
      .update(emailChanges)
      .set({ usedAt: now })
      .where(usable(person.id, input.token, now))
      .returning({ newEmail: emailChanges.newEmail });
    if (!change) return refuse({ code: "link_spent" });
    const heldUntil = new Date(now.getTime() + policy.withdrawalHoldHours.value * HOUR_MS);
    if (!(await takeAddress(tx, person.id, change.newEmail, now, heldUntil)))
      return refuse({ code: "address_taken" });
    await tx
      .delete(emailTokens)
      .where(and(eq(emailTokens.personId, person.id), isNull(emailTokens.usedAt)));
    await endSignInStepsOf(tx, person.id);
    await endOtherSessions(tx, person.id, input.keptSessionId);
    await enqueueMail(tx, {
      to: { personId: person.id, email: row.email },
      template: "address-changed",
      props: {
        name: row.displayName,
        newAddress: change.newEmail,
        heldUntil: formatInstant(heldUntil, "UTC"),
      },
      now,
    });
    await audit({ type: "person", id: person.id }, { heldUntil: heldUntil.toISOString() });
    return { heldUntil: heldUntil.toISOString() };
  },
});

/** Writes the new address unless somebody has it, or takes it at this very moment. */
async function takeAddress(
  tx: Tx,
  personId: string,
  email: string,
  now: Date,
  heldUntil: Date,
): Promise<boolean> {
  try {
    return await tx.transaction(async (inner) => {
      const [other] = await inner
        .select({ id: persons.id })
        .from(persons)
        .where(and(eq(persons.email, email), ne(persons.id, personId)));
      if (other) return false;
      await inner
        .update(persons)
        .set({ email, emailVerifiedAt: now, withdrawalsHeldUntil: heldUntil })
        .where(eq(persons.id, personId));
      return true;
    });
  } catch (error) {
    const cause = (error as { cause?: { constraint_name?: string } }).cause;
    if (cause?.constraint_name === "persons_email_unique") return false;
    throw error;
  }
}
