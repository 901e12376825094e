import { and, asc, eq, inArray, ne, or, sql } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import { cohorts, sisterRequests } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { type Context, defineCommand } from "~/auth/command.server";
import { denial } from "~/auth/permissions";
import { z } from "~/lib/zod";
import type { Cohort } from "./queries.server";
import { allows } from "./stages";
import { isPublic, staffOf } from "./teachers.server";
import { tellOfAsking, tellOfSpace } from "./tell-sisters.server";

/**
 * A lead asks that a cohort share its peer space with another one, named by its slug, whose leads get a message; whoever leads both
 * joins them at once.
 * Holds both rows, in the order of their ids. Refusals: `not_found`, `not_now`, and on `slug` `no_such_cohort`,
 * `sisters_already`, `asked_already`.
 */
export const askSister = defineCommand({
  name: "ask-sister",
  action: "cohort.staff",
  input: z.object({
    cohortId: z.uuid(),
    slug: z
      .string()
      .trim()
      .max(300)
      .transform((typed) => typed.replace(/\/+$/, "").split("/").at(-1) ?? ""),
  }),
  async run(tx, context) {
    const { input, now, person } = context;
    const [other] = await tx
      .select({ id: cohorts.id })
      .from(cohorts)
      .where(and(eq(cohorts.slug, input.slug), isPublic));
    const held = await holdCohorts(tx, [input.cohortId, other?.id ?? input.cohortId]);
    const from = held.get(input.cohortId);
    if (!from) return context.refuse({ code: "not_found" });
    context.authorise(await staffOf(tx, from.id));
    if (!allows(from, "staff", now)) context.refuse({ code: "not_now" });
    const to = other && held.get(other.id);
    const field = "slug";
    if (!to || to.id === from.id) return context.refuse({ code: "no_such_cohort", field });
    if (to.spaceId === from.spaceId) context.refuse({ code: "sisters_already", field });
    const [open] = await tx
      .select({ id: sisterRequests.id })
      .from(sisterRequests)
      .where(
        and(
          eq(sisterRequests.state, "asked"),
          inArray(sisterRequests.fromCohortId, [from.id, to.id]),
          inArray(sisterRequests.toCohortId, [from.id, to.id]),
        ),
      );
    if (open) context.refuse({ code: "asked_already", field });
    const [request] = await tx
      .insert(sisterRequests)
      .values({ fromCohortId: from.id, toCohortId: to.id, askedBy: person.id, askedAt: now })
      .returning({ id: sisterRequests.id });
    if (!request) throw new Error("a request vanished");
    const { lead } = await staffOf(tx, to.id);
    const joins = lead.includes(person.id);
    if (joins) await accept(tx, context, { id: request.id, from, to });
    else await tellOfAsking(tx, context, { from, to });
    return { requestId: request.id, joined: joins };
  },
});

/**
 * A lead of the cohort that was asked answers, and the leads of the one that asked are told; on accepting, both share one peer space.
 * A lead of the one that asked can take the request back. Holds both cohorts' rows, in the order of their ids. Refusals: `not_found`, `already_answered`, `not_now`.
 */
export const answerSister = defineCommand({
  name: "answer-sister",
  action: "cohort.staff",
  input: z.object({ requestId: z.uuid(), decision: z.enum(["accept", "decline", "withdraw"]) }),
  async run(tx, context) {
    const { input, now, person } = context;
    const [found] = await tx
      .select()
      .from(sisterRequests)
      .where(eq(sisterRequests.id, input.requestId));
    if (!found) return context.refuse({ code: "not_found" });
    const held = await holdCohorts(tx, [found.fromCohortId, found.toCohortId]);
    const [request] = await tx
      .select()
      .from(sisterRequests)
      .where(eq(sisterRequests.id, found.id))
      .for("update");
    const [from, to] = [held.get(found.fromCohortId), held.get(found.toCohortId)];
    if (!request || !from || !to) throw new Error("a request vanished");
    const withdraws = input.decision === "withdraw";
    context.authorise(await staffOf(tx, withdraws ? from.id : to.id));
    if (request.state !== "asked") context.refuse({ code: "already_answered" });
    if (input.decision === "accept") {
      if (!allows(to, "staff", now) || !allows(from, "staff", now))
        context.refuse({ code: "not_now" });
      await accept(tx, context, { id: request.id, from, to });
    } else {
      await tx
        .update(sisterRequests)
        .set({
          state: withdraws ? "withdrawn" : "declined",
          answeredBy: person.id,
          answeredAt: now,
        })
        .where(eq(sisterRequests.id, request.id));
    }
    const said =
      input.decision === "accept"
        ? `${to.title} and ${from.title} share one peer space now.`
        : `${to.title} does not share its peer space with ${from.title}.`;
    if (!withdraws) await tellOfSpace(tx, context, from, said);
    return { requestId: request.id, decision: input.decision };
  },
});

/** A lead takes a cohort out of the peer space that it shares, and the leads of the others are told. Holds its row. Refusals: `not_found`, `not_shared`. */
export const leaveSisters = defineCommand({
  name: "leave-sisters",
  action: "cohort.staff",
  input: z.object({ cohortId: z.uuid() }),
  async run(tx, context) {
    const [cohort] = [...(await holdCohorts(tx, [context.input.cohortId])).values()];
    if (!cohort) return context.refuse({ code: "not_found" });
    context.authorise(await staffOf(tx, cohort.id));
    const sisters = await listSisters(cohort, tx);
    if (sisters.length === 0) context.refuse({ code: "not_shared" });
    for (const sister of sisters)
      await tellOfSpace(
        tx,
        context,
        sister,
        `${cohort.title} has left the peer space that it shared with ${sister.title}.`,
      );
    await tx
      .update(cohorts)
      .set({ spaceId: sql`gen_random_uuid()` })
      .where(eq(cohorts.id, cohort.id));
    return { cohortId: cohort.id };
  },
});

async function holdCohorts(tx: Tx, ids: readonly string[]): Promise<Map<string, Cohort>> {
  const rows = await tx
    .select()
    .from(cohorts)
    .where(inArray(cohorts.id, [...new Set(ids)]))
    .orderBy(asc(cohorts.id))
    .for("update");
  return new Map(rows.map((row) => [row.id, row]));
}

/** Everything that shared a space with the one that asked shares it with the other from now on. */
async function accept<I>(
  tx: Tx,
  context: Context<I>,
  request: { id: string; from: Cohort; to: Cohort },
): Promise<void> {
  await tx
    .update(sisterRequests)
    .set({ state: "accepted", answeredBy: context.person.id, answeredAt: context.now })
    .where(eq(sisterRequests.id, request.id));
  await tx
    .update(cohorts)
    .set({ spaceId: request.to.spaceId })
    .where(eq(cohorts.spaceId, request.from.spaceId));
}

/** The public cohorts that share a cohort's peer space, but for itself, by title. */
export async function listSisters(
  cohort: Pick<Cohort, "id" | "spaceId">,
  db: Queryable = getDb(),
): Promise<{ id: string; slug: string; title: string }[]> {
  return db
    .select({ id: cohorts.id, slug: cohorts.slug, title: cohorts.title })
    .from(cohorts)
    .where(
      and(
        eq(cohorts.spaceId, cohort.spaceId),
        ne(cohorts.id, cohort.id),
        eq(cohorts.state, "published"),
      ),
    )
    .orderBy(asc(cohorts.title), asc(cohorts.id));
}

/** The requests about sharing a peer space that wait, those to answer and those that were asked; for leads alone. */
export async function listSisterRequests(
  actor: Actor,
  cohort: { id: string },
  db: Queryable = getDb(),
): Promise<{ id: string; title: string; slug: string; toAnswer: boolean }[]> {
  if (denial(actor, "cohort.staff", await staffOf(db, cohort.id))) return [];
  const rows = await db
    .select({
      id: sisterRequests.id,
      toCohortId: sisterRequests.toCohortId,
      title: cohorts.title,
      slug: cohorts.slug,
    })
    .from(sisterRequests)
    .innerJoin(
      cohorts,
      sql`${cohorts.id} = case when ${sisterRequests.toCohortId} = ${cohort.id} then ${sisterRequests.fromCohortId} else ${sisterRequests.toCohortId} end`,
    )
    .where(
      and(
        eq(sisterRequests.state, "asked"),
        or(eq(sisterRequests.fromCohortId, cohort.id), eq(sisterRequests.toCohortId, cohort.id)),
      ),
    )
    .orderBy(asc(sisterRequests.askedAt));
  return rows.map(({ toCohortId, ...row }) => ({ ...row, toAnswer: toCohortId === cohort.id }));
}
