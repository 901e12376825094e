import { and, eq, isNull, sql } from "drizzle-orm";
import type { Queryable, Tx } from "#db/client.server";
import { persons, ties } from "#db/schema/index";
import { enqueueMail } from "#emails/outbox.server";
import { defineCommand, plainInput } from "~/auth/command.server";
import { samePerson } from "~/ledger/entries-of-facts";
import { post } from "~/ledger/post.server";
import { getLogId } from "~/ledger/read.server";
import { areOnePerson } from "./same-person.server";
import { joinInput, tieEndInput, tieInput } from "./tie-schema";

const findPerson = async (db: Queryable, handle: string) => {
  const [row] = await db.select().from(persons).where(eq(persons.handle, handle));
  return row ?? null;
};

/**
 * A person declares a relative, or an entity that they control; an operator may declare it between two others. It counts at
 * once, in what stands apart and in what is connected (T24a, T25), and both are told. Refusals: `not_found`, on `other`:
 * `no_such_person`, `yourself`, `already_declared`.
 */
export const declareTie = defineCommand({
  name: "declare-tie",
  action: "tie.declare",
  input: tieInput,
  async run(tx, ctx) {
    const { input, now } = ctx;
    const one = input.person
      ? await findPerson(tx, input.person)
      : await personOf(tx, ctx.person.id);
    ctx.authorise({ person: one?.id ?? [] });
    if (!one) return ctx.refuse({ code: "not_found" });
    const other = await findPerson(tx, input.other);
    const field = "other";
    if (!other) return ctx.refuse({ code: "no_such_person", field });
    if (other.id === one.id) ctx.refuse({ code: "yourself", field });
    const [row] = await tx
      .insert(ties)
      .values({
        personId: one.id,
        otherId: other.id,
        kind: input.kind,
        declaredBy: ctx.person.id,
        declaredAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: ties.id });
    if (!row) return ctx.refuse({ code: "already_declared", field });
    for (const [party, with_] of [
      [one, other],
      [other, one],
    ] as const)
      await enqueueMail(tx, {
        to: { personId: party.id, email: party.email },
        template: "tie-declared",
        props: {
          name: party.displayName,
          other: with_.displayName,
          what: input.kind === "relative" ? "relatives" : "one in control of the other",
          path: "/account",
        },
        now,
      });
    await ctx.audit(
      { type: "tie", id: row.id },
      { person: one.id, other: other.id, kind: input.kind },
    );
    return { tieId: row.id };
  },
});

async function personOf(db: Queryable, id: string) {
  const [row] = await db.select().from(persons).where(eq(persons.id, id));
  return row ?? null;
}

/**
 * An operator, neither of the two, ends a tie that does not hold, with a reason. What stood apart stays so. Holds the tie's
 * row. Refusals: `not_found`, `already_ended`.
 */
export const endTie = defineCommand({
  name: "end-tie",
  action: "tie.end",
  input: tieEndInput,
  async run(tx, ctx) {
    const { tieId, reason } = ctx.input;
    const [tie] = await tx.select().from(ties).where(eq(ties.id, tieId)).for("update");
    if (!tie) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ person: [tie.personId, tie.otherId] });
    if (tie.endedAt) ctx.refuse({ code: "already_ended" });
    await tx
      .update(ties)
      .set({ endedAt: ctx.now, endedBy: ctx.person.id, endReason: reason })
      .where(and(eq(ties.id, tie.id), isNull(ties.endedAt)));
    await ctx.audit({ type: "tie", id: tie.id }, { ended: true, reason });
    return { tieId: tie.id };
  },
});

/**
 * An operator, neither of the two, finds with a reason that an entity is the person who controls it: from now on their
 * records are one (T18). It is never taken back. Refusals: `not_found`, on `other`: `yourself`, `already_joined`.
 */
export const joinPersons = defineCommand({
  name: "join-persons",
  action: "person.join",
  input: joinInput,
  async run(tx, ctx) {
    const { input, now } = ctx;
    const one = await findPerson(tx, input.person);
    const other = await findPerson(tx, input.other);
    if (!one || !other) return ctx.refuse({ code: "not_found" });
    ctx.authorise({ person: [one.id, other.id] });
    const field = "other";
    if (one.id === other.id) ctx.refuse({ code: "yourself", field });
    await holdJoins(tx);
    if (await areOnePerson(tx, one.id, other.id)) ctx.refuse({ code: "already_joined", field });
    const act = {
      actorId: ctx.person.id,
      now,
      idempotencyKey: ctx.key,
      input: plainInput(input),
    };
    const otherLogId = await getLogId(tx, "person", other.id);
    ctx.need(await post(tx, samePerson(act, { personId: one.id, otherLogId })), field);
    await ctx.audit({ type: "person", id: one.id }, { other: other.id, reason: input.reason });
    return { personId: one.id, otherId: other.id };
  },
});

/** One join at a time, so that no round of them comes about. */
const holdJoins = (tx: Tx) => tx.execute(sql`SELECT pg_advisory_xact_lock(7305202)`);
