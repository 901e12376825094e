import { randomInt } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { cohorts, lateCodes } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { defineCommand } from "~/auth/command.server";
import { denial } from "~/auth/permissions";
import { deadlineOf } from "~/lib/dates";
import { textField } from "~/lib/terms";
import { z } from "~/lib/zod";
import { holdCohort } from "./hold-cohort.server";
import { lateCodeHash } from "./late-code.server";
import type { Cohort } from "./queries.server";
import { instantInZone } from "./rules";
import { allows } from "./stages";
import { staffOf } from "./teachers.server";

/** Letters and digits that nobody takes for one another; 60 bits in twelve of them. */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const MOST_CODES = 200;

/** A new late code, in three groups of four. */
export const newLateCode = (): string =>
  Array.from({ length: 12 }, (_, nth) => {
    const letter = LETTERS[randomInt(LETTERS.length)] ?? "";
    return nth % 4 === 0 && nth > 0 ? `-${letter}` : letter;
  }).join("");

const SHAPE = /^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}$/;

/**
 * A lead lets some people apply after the deadline with a code, until an instant of the cohort's own zone before it begins.
 * Of the code its hash alone is kept. Holds the cohort's row. Refusals: `not_found`, `not_now`, `too_many_codes`, and on
 * `validUntil` `no_such_time`, `before_the_deadline`, `after_the_beginning`.
 */
export const makeLateCode = defineCommand({
  name: "make-late-code",
  action: "cohort.staff",
  input: z.object({
    cohortId: z.uuid(),
    code: z.string().regex(SHAPE),
    label: textField("for whom it is", 120),
    validUntil: z.string().min(1, "Say until when: a date and a time."),
    maxUses: z
      .string()
      .trim()
      .regex(/^([1-9]\d?|100)$/, "Enter a number from 1 to 100.")
      .transform(Number),
  }),
  secret: ["code"],
  async run(tx, context) {
    const { input, now, person } = context;
    const cohort = await holdCohort(tx, context, input.cohortId, "late");
    const field = "validUntil";
    const until = instantInZone(input.validUntil, cohort.timeZone);
    if (!until.ok) return context.refuse({ code: "no_such_time", field });
    if (until.value <= cohort.closesAt || until.value <= now)
      context.refuse({ code: "before_the_deadline", field });
    if (until.value > cohort.startsAt) context.refuse({ code: "after_the_beginning", field });
    const made = await tx.$count(lateCodes, eq(lateCodes.cohortId, cohort.id));
    if (made >= MOST_CODES) context.refuse({ code: "too_many_codes" });
    const { label, maxUses } = input;
    const [row] = await tx
      .insert(lateCodes)
      .values({
        ...{ cohortId: cohort.id, codeHash: lateCodeHash(input.code), label, maxUses },
        ...{ validUntil: until.value, madeBy: person.id, madeAt: now },
      })
      .returning({ id: lateCodes.id });
    if (!row) throw new Error("a code vanished");
    await context.audit({ type: "cohort", id: cohort.id }, { lateCodeId: row.id, maxUses });
    return { lateCodeId: row.id };
  },
});

/** A lead takes a code back: nobody more uses it; who has, may go on. Refusals: `not_found`, `revoked_already`. */
export const revokeLateCode = defineCommand({
  name: "revoke-late-code",
  action: "cohort.staff",
  input: z.object({ lateCodeId: z.uuid() }),
  async run(tx, context) {
    const [code] = await tx
      .select()
      .from(lateCodes)
      .where(eq(lateCodes.id, context.input.lateCodeId))
      .for("update");
    if (!code) return context.refuse({ code: "not_found" });
    context.authorise(await staffOf(tx, code.cohortId));
    if (code.revokedAt) context.refuse({ code: "revoked_already" });
    await tx.update(lateCodes).set({ revokedAt: context.now }).where(eq(lateCodes.id, code.id));
    await context.audit({ type: "cohort", id: code.cohortId }, { lateCodeId: code.id });
    return { lateCodeId: code.id };
  },
});

/** A cohort's late codes, as far as they are known: for whom, until when, how often used; for its leads alone. */
export async function listLateCodes(
  actor: Actor,
  cohort: Cohort,
  now: Date,
  db: Queryable = getDb(),
) {
  if (denial(actor, "cohort.staff", await staffOf(db, cohort.id))) return [];
  const rows = await db
    .select({ code: lateCodes, timeZone: cohorts.timeZone })
    .from(lateCodes)
    .innerJoin(cohorts, eq(cohorts.id, lateCodes.cohortId))
    .where(eq(lateCodes.cohortId, cohort.id))
    .orderBy(asc(lateCodes.madeAt), asc(lateCodes.id));
  return rows.map(({ code, timeZone }) => ({
    id: code.id,
    label: code.label,
    used: `${code.uses} of ${code.maxUses}`,
    until: deadlineOf(code.validUntil, timeZone, now),
    live: !code.revokedAt && code.validUntil > now && allows(cohort, "late", now),
  }));
}
