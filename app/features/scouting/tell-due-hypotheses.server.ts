import { and, asc, eq, isNull, lte } from "drizzle-orm";
import { getDb, type Queryable, type Tx } from "#db/client.server";
import { persons, referralHypotheses, referrals } from "#db/schema/index";
import { defineCommand } from "~/auth/command.server";
import { tellAbout } from "~/features/notices/tell-about.server";
import { utcDay } from "~/lib/dates";
import { z } from "~/lib/zod";
import { areClose } from "./conflicts.server";
import { wasConfirmed } from "./queries.server";
import { scorersOf, wasConfirmedBy } from "./score-hypothesis.server";

type Referral = typeof referrals.$inferSelect;

/** What is due that day or earlier, that nobody has scored, and of which nobody was told. */
const isUntold = (now: Date) =>
  and(
    lte(referralHypotheses.dueOn, utcDay(now)),
    isNull(referralHypotheses.outcome),
    isNull(referralHypotheses.toldAt),
  );

/** Confirmed referrals of which something is due that nobody was told of, the longest due first. */
export async function listUntold(
  now: Date,
  limit: number,
  db: Queryable = getDb(),
): Promise<string[]> {
  const rows = await db
    .selectDistinctOn([referralHypotheses.dueOn, referrals.id], { id: referrals.id })
    .from(referralHypotheses)
    .innerJoin(referrals, eq(referrals.id, referralHypotheses.referralId))
    .where(and(isUntold(now), wasConfirmed))
    .orderBy(asc(referralHypotheses.dueOn), asc(referrals.id))
    .limit(limit);
  return [...new Set(rows.map(({ id }) => id))];
}

/**
 * The platform tells those who may score it, operators apart, that the day (UTC) of what a scout expected of somebody has come: one
 * message each for all that is due of a referral, and once for each hypothesis. What was scored before is told to nobody. Holds the
 * referral's row, then its hypotheses'. Answers how many hypotheses it told of; asked again, none. Refusal: `not_found`.
 */
export const tellDueHypotheses = defineCommand({
  name: "tell-due-hypotheses",
  action: "hypothesis.due",
  input: z.object({ referralId: z.uuid() }),
  async run(tx, context) {
    context.authorise({});
    const { input, now } = context;
    const [referral] = await tx
      .select()
      .from(referrals)
      .where(eq(referrals.id, input.referralId))
      .for("update");
    if (!referral || !wasConfirmedBy(referral)) return context.refuse({ code: "not_found" });
    const due = await tx
      .update(referralHypotheses)
      .set({ toldAt: now })
      .where(and(eq(referralHypotheses.referralId, referral.id), isUntold(now)))
      .returning({ id: referralHypotheses.id, claim: referralHypotheses.claim });
    if (due.length > 0) await tellScorers(tx, referral, due, now);
    return { told: due.length };
  },
});

async function tellScorers(
  tx: Tx,
  referral: Referral,
  due: readonly { id: string; claim: string }[],
  now: Date,
): Promise<void> {
  const names = await tx
    .select({ id: persons.id, name: persons.displayName })
    .from(persons)
    .where(eq(persons.id, referral.scoutId));
  const scout = names[0]?.name ?? "";
  const [talent] = await tx
    .select()
    .from(persons)
    .where(eq(persons.id, referral.talentId ?? ""));
  const { teacher = [] } = await scorersOf(tx, referral);
  const teachers = new Set([teacher].flat().filter((id) => id !== talent?.id));
  const [only] = due;
  const path = due.length === 1 ? `/hypotheses/${only?.id}` : "/hypotheses";
  const props = {
    scout,
    claims: due.map(({ claim }) => claim.replace(/\s+/g, " ")).join("\n"),
    path,
  };
  const tell = async (to: readonly string[], about: string) =>
    tellAbout(tx, "hypotheses", {
      to: await withoutClose(tx, to, referral.scoutId),
      template: "hypotheses-due",
      props: { ...props, about },
      now,
    });
  await tell(talent ? [talent.id] : [], "");
  await tell([...teachers], talent?.displayName ?? "");
}

/** Those of the people who are neither the scout nor close to them. */
async function withoutClose(tx: Tx, people: readonly string[], scoutId: string): Promise<string[]> {
  const kept: string[] = [];
  for (const id of people) if (!(await areClose(tx, id, scoutId))) kept.push(id);
  return kept;
}
