import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { getDb, inTransaction, type Tx } from "#db/client.server";
import { auditEvents, persons } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { type Call, defineCommand, type Refusal } from "~/auth/command.server";
import {
  countRecoveryCodes,
  keepRecoveryCodes,
  newRecoveryCodes,
  newTotpSecret,
  openTotpSecret,
  otpauthUri,
  sealTotpSecret,
  spendSecondStep,
  takeTotpStep,
  totpStepOf,
} from "~/auth/second-step.server";
import { endOtherSessions } from "~/auth/session.server";
import { err, ok, type Result } from "~/lib/result";
import { z } from "~/lib/zod";
import { mailSecurityAct, RESET_PATH } from "./account-mail.server";
import { lockPerson } from "./lock-person.server";
import { codeField, sessionIdField } from "./security-schema";

/** How a person's second step stands. `pending` is the secret of one that is being set up, for its owner alone. */
export async function getSecondStep(personId: string): Promise<{
  on: boolean;
  since: Date | null;
  codesLeft: number;
  pending: { secret: string; uri: string } | null;
}> {
  const db = getDb();
  const [row] = await db
    .select({
      email: persons.email,
      kept: persons.totpSecret,
      confirmedAt: persons.totpConfirmedAt,
    })
    .from(persons)
    .where(eq(persons.id, personId));
  if (!row) throw new Error("a signed-in person has no account");
  const on = row.confirmedAt !== null;
  const secret = row.kept && !on ? openTotpSecret(personId, row.kept) : null;
  return {
    on,
    since: row.confirmedAt,
    codesLeft: on ? await countRecoveryCodes(db, personId) : 0,
    pending: secret ? { secret, uri: otpauthUri(secret, row.email) } : null,
  };
}

/** Makes a new secret to be put into an authenticator; it asks for nothing until it is confirmed. Refuses `already_on`. */
export const beginSecondStep = defineCommand({
  name: "begin-second-step",
  action: "account.secure",
  input: z.object({}),
  async run(tx, { person, authorise, refuse }): Promise<Record<string, never>> {
    authorise({ person: person.id });
    const row = await lockPerson(tx, person.id);
    if (row.totpConfirmedAt) return refuse({ code: "already_on" });
    await tx
      .update(persons)
      .set({ totpSecret: sealTotpSecret(person.id, newTotpSecret()), totpLastStep: null })
      .where(eq(persons.id, person.id));
    return {};
  },
});

/** New recovery codes and the machine's instant: made beside the form, so no part of what the form says. */
const besideForm = { codes: z.array(z.string()).min(1), at: z.date() };
const fingerprint = (codes: readonly string[]): string =>
  createHash("sha256").update(codes.join()).digest("hex");

const turnOn = defineCommand({
  name: "confirm-second-step",
  action: "account.secure",
  input: z.object({ code: codeField, keptSessionId: sessionIdField, ...besideForm }),
  secret: ["codes", "at"],
  async run(tx, { input, person, now, authorise, refuse, audit }) {
    authorise({ person: person.id });
    const row = await lockPerson(tx, person.id);
    if (row.totpConfirmedAt) return refuse({ code: "already_on" });
    const secret = row.totpSecret ? openTotpSecret(person.id, row.totpSecret) : null;
    const step = secret ? totpStepOf(secret, input.code, input.at) : null;
    if (step === null || !(await takeTotpStep(tx, person.id, step)))
      return refuse({ code: "wrong_code", field: "code" });
    await tx.update(persons).set({ totpConfirmedAt: now }).where(eq(persons.id, person.id));
    await keepRecoveryCodes(tx, person.id, input.codes, now);
    await endOtherSessions(tx, person.id, input.keptSessionId);
    await mailSecurityAct(tx, row, "second-step-on", now);
    await audit({ type: "person", id: person.id });
    return { fingerprint: fingerprint(input.codes) };
  },
});

const renew = defineCommand({
  name: "renew-recovery-codes",
  action: "account.secure",
  input: z.object(besideForm),
  secret: ["codes", "at"],
  async run(tx, { input, person, now, authorise, refuse, audit }) {
    authorise({ person: person.id });
    const row = await lockPerson(tx, person.id);
    if (!row.totpConfirmedAt) return refuse({ code: "not_on" });
    await keepRecoveryCodes(tx, person.id, input.codes, now);
    await mailSecurityAct(tx, row, "recovery-codes-renewed", now);
    await audit({ type: "person", id: person.id });
    return { fingerprint: fingerprint(input.codes) };
  },
});

/** The codes, unless the answer is that of an earlier call under the same key, whose codes were shown then. */
function shownOnce(
  result: Result<{ fingerprint: string }, Refusal>,
  codes: string[],
): Result<{ codes: string[] }, Refusal> {
  if (!result.ok) return result;
  return result.value.fingerprint === fingerprint(codes)
    ? ok({ codes })
    : err({ code: "codes_were_shown" });
}

/**
 * Turns the second step on with a code of the authenticator that holds the new secret, and answers the recovery codes,
 * which are never shown again. All other sessions end; the person is told by mail. `at` is the machine's instant, for
 * authenticators live in real time. Refuses `wrong_code`, `already_on`, `codes_were_shown`.
 */
export async function confirmSecondStep(
  call: Call,
  at: Date,
): Promise<Result<{ codes: string[] }, Refusal>> {
  const codes = newRecoveryCodes();
  return shownOnce(await turnOn({ ...call, input: { ...Object(call.input), codes, at } }), codes);
}

/** New recovery codes in the place of all earlier ones; the person is told by mail. Refuses `not_on`, `codes_were_shown`. */
export async function renewRecoveryCodes(
  call: Call,
  at: Date,
): Promise<Result<{ codes: string[] }, Refusal>> {
  const codes = newRecoveryCodes();
  return shownOnce(await renew({ ...call, input: { codes, at } }), codes);
}

/** The secret and the recovery codes of a person are gone. Whoever calls this has locked the person, tells them and audits. */
export async function forgetSecondStep(tx: Tx, personId: string, now: Date): Promise<void> {
  await tx
    .update(persons)
    .set({ totpSecret: null, totpConfirmedAt: null, totpLastStep: null })
    .where(eq(persons.id, personId));
  await keepRecoveryCodes(tx, personId, [], now);
}

/**
 * Turns the second step off: the secret and the recovery codes are gone, and the person is told by mail. For an operator
 * the desk closes with it. Refuses `not_on`.
 */
export const endSecondStep = defineCommand({
  name: "end-second-step",
  action: "account.secure",
  input: z.object({}),
  async run(tx, { person, now, authorise, refuse, audit }): Promise<Record<string, never>> {
    authorise({ person: person.id });
    const row = await lockPerson(tx, person.id);
    if (!row.totpConfirmedAt) return refuse({ code: "not_on" });
    await forgetSecondStep(tx, person.id, now);
    await mailSecurityAct(tx, row, "second-step-off", now);
    await audit({ type: "person", id: person.id });
    return {};
  },
});

/**
 * Uses up what a person typed as their second step: a code of the authenticator or a recovery code, of which the person
 * is told by mail. False for a wrong or used one. Limits are the caller's. `at` is the machine's instant.
 */
export async function passSecondStep(of: {
  personId: string;
  typed: string;
  at: Date;
  now: Date;
}): Promise<boolean> {
  return inTransaction(async (tx) => {
    const by = await spendSecondStep(tx, of);
    if (by === "recovery") await tellOfRecovery(tx, of.personId, of.now);
    return by !== null;
  });
}

async function tellOfRecovery(tx: Tx, personId: string, now: Date): Promise<void> {
  const [person] = await tx.select().from(persons).where(eq(persons.id, personId));
  if (!person) throw new Error("a code of nobody");
  const left = String(await countRecoveryCodes(tx, personId));
  await tx.insert(auditEvents).values({
    at: now,
    actorId: personId,
    action: "use-recovery-code",
    subjectType: "person",
    subjectId: personId,
    data: { left },
  });
  await enqueueMail(tx, {
    to: { personId, email: person.email },
    template: "recovery-code-used",
    props: { name: person.displayName, resetPath: RESET_PATH, left },
    now,
  });
}
