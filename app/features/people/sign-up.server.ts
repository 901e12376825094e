import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.server";
import { persons, profiles, takenHandles } from "#db/schema/index";
import { type Call, defineCommand, type Refusal, refuseInput } from "~/auth/command.server";
import { hashPassword } from "~/auth/passwords.server";
import { personOpened } from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import type { Result } from "~/lib/result";
import type { z } from "~/lib/zod";
import { mailAlreadyRegistered, mailVerification } from "./account-mail.server";
import { isInFuture } from "./rules";
import { openAccountInput, signUpInput } from "./schema";

/** As `signUp`, with a password that was hashed before. */
export const openAccount = defineCommand({
  name: "sign-up",
  action: "account.open",
  input: openAccountInput,
  // A double-sent form is hashed with another salt each time; and no fast hash of a password's hash is needed.
  secret: ["passwordHash"],
  async run(
    tx,
    { input, now, key, authorise, refuse, need },
  ): Promise<{ personId: string | null }> {
    authorise({});
    if (isInFuture(input.dateOfBirth, now))
      return refuse({ code: "birth_in_future", field: "dateOfBirth" });
    const [taken] = await tx
      .insert(takenHandles)
      .values({ handle: input.handle, takenAt: now })
      .onConflictDoNothing()
      .returning();
    if (!taken) return refuse({ code: "handle_taken", field: "handle" });
    const { next, ...account } = input;
    const person = await insertPerson(tx, account, now);
    if (!person) {
      await tellOwner(tx, input.email, now, next);
      return { personId: null };
    }
    const act = { actorId: person.id, now, idempotencyKey: key, input: { handle: input.handle } };
    need(await post(tx, personOpened(act, { id: person.id, handle: input.handle })));
    await mailVerification(tx, person, now, next);
    return { personId: person.id };
  },
});

async function insertPerson(
  tx: Tx,
  input: Omit<z.output<typeof openAccountInput>, "next">,
  now: Date,
) {
  const [person] = await tx
    .insert(persons)
    .values({ ...input, createdAt: now })
    .onConflictDoNothing({ target: persons.email })
    .returning();
  if (person) await tx.insert(profiles).values({ personId: person.id, updatedAt: now });
  return person ?? null;
}

async function tellOwner(tx: Tx, email: string, now: Date, next: string | null): Promise<void> {
  const [owner] = await tx.select().from(persons).where(eq(persons.email, email));
  if (!owner) throw new Error("a known address vanished");
  await (owner.emailVerifiedAt ? mailAlreadyRegistered : mailVerification)(tx, owner, now, next);
}

/**
 * Opens an account and mails a link that confirms its address and leads on to `next`; takes the handle for ever and posts `person_opened`.
 * With a known address nothing is opened: its owner is told by mail, the handle is used up all the same, and `personId`
 * is null, which no page may show. Refuses `handle_taken`, `birth_in_future`, `clock_behind`. The actor is null.
 */
export async function signUp(call: Call): Promise<Result<{ personId: string | null }, Refusal>> {
  const parsed = signUpInput.safeParse(call.input);
  if (!parsed.success) return refuseInput(parsed.error);
  const { password, ...input } = parsed.data;
  return openAccount({ ...call, input: { ...input, passwordHash: await hashPassword(password) } });
}
