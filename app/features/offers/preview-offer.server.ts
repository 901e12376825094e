import { getDb } from "#db/client.server";
import type { Actor } from "~/auth/actor";
import type { Refusal } from "~/auth/command.server";
import { getApplicationToReview } from "~/features/applications/queries.server";
import { listTeachersOf } from "~/features/cohorts/teachers.server";
import { getStakeNote } from "~/features/scouting/stake-note.server";
import { isVerifiedInvestor } from "~/features/verification/queries.server";
import { getBalance } from "~/ledger/read.server";
import { centsForInput, formatCents, formatPercentOfToken, formatShares } from "~/lib/money";
import { err, ok, type Result } from "~/lib/result";
import { percentOfShares } from "~/lib/terms";
import { findOfferProblem } from "./check-offer.server";
import { holdingsOf } from "./holdings";
import { type Plan, planOffer } from "./plan-offer.server";
import { partOfFirstGain } from "./quiz";
import { expiryOf } from "./rules";
import { offerInput } from "./schema";
import { type Partner, splitTerms, type TermsPart } from "./split-terms";
import { capInWords, fundingInWords, sharesInWords, sunsetInWords } from "./words";

/**
 * What an offer would move if it were confirmed now, or why it cannot be made; changes nothing. Null where the asker may
 * not offer to that applicant.
 */
export async function previewOffer(
  actor: Actor,
  input: Record<string, unknown> & { applicationId: string },
  now: Date,
): Promise<Result<OfferPreview, Refusal> | null> {
  const db = getDb();
  const file = await getApplicationToReview(actor, input.applicationId, db);
  if (!file) return null;
  const parsed = offerInput.safeParse(input);
  if (!parsed.success) {
    const fields: Record<string, string[]> = {};
    for (const issue of parsed.error.issues)
      fields[issue.path.join(".")] = [...(fields[issue.path.join(".")] ?? []), issue.message];
    return err({ code: "invalid_input", fields });
  }
  const { payoutCapMultiple, sunsetYears } = parsed.data;
  const planned = await planOffer(db, actor, file, parsed.data, now);
  if (!planned.ok) return err(planned.error);
  const plan = planned.value;
  const { amountCents, shares } = plan;
  const problem = await findOfferProblem(db, plan, now);
  if (problem) return err(problem);
  const balance = await getBalance(db, "cash", actor.id);
  return ok({
    studentName: file.applicant.displayName,
    amount: formatCents(amountCents),
    percent: formatPercentOfToken(shares),
    shares: formatShares(shares),
    ...shareOut(plan),
    funding: fundingInWords({
      amountCents: parsed.data.amountCents,
      studentName: file.applicant.displayName,
      expiresAt: expiryOf(now),
      others: plan.parts.slice(1).map((part) => part.name),
    }),
    balanceBefore: formatCents(balance),
    balanceAfter: formatCents(balance - parsed.data.amountCents),
    cap: capInWords({ amountCents, payoutCapMultiple }),
    sunset: sunsetInWords(sunsetYears),
    ofAMillion: formatCents(
      partOfFirstGain({ amountCents, shares, payoutCapMultiple }, 100_000_000n),
    ),
    wholeToken: formatCents((amountCents * 10_000_000n) / shares, { whole: true }),
  });
}

/** Each part of several, and what a scout gets out of them. */
function shareOut(plan: Plan): Pick<OfferPreview, "parts" | "finder"> {
  const stake = holdingsOf(plan).find((holding) => holding.finder);
  return {
    parts:
      plan.parts.length === 1
        ? []
        : plan.parts.map((part) => ({
            name: part.name,
            amount: formatCents(part.amountCents),
            percent: formatPercentOfToken(part.shares),
          })),
    finder: stake
      ? `${plan.finderName ?? ""} referred this student: out of the shares bought, ${sharesInWords(stake.shares)} go to the scout.`
      : null,
  };
}

export type OfferPreview = {
  studentName: string;
  /** Each investor's part, the maker's first; empty where the maker is alone. */
  parts: { name: string; amount: string; percent: string }[];
  /** What goes to a scout, in a sentence. */
  finder: string | null;
  amount: string;
  percent: string;
  shares: string;
  funding: string;
  balanceBefore: string;
  balanceAfter: string;
  cap: string;
  sunset: string;
  /** What the shares would get of a first gain of $1,000,000. */
  ofAMillion: string;
  /** What the whole token is worth at this price. */
  wholeToken: string;
};

/** What the form of an offer starts from: the cohort's standard terms in the agreed parts, the asker's balance and standing. Null for others. */
export async function getOfferForm(actor: Actor, applicationId: string, now: Date) {
  const db = getDb();
  const file = await getApplicationToReview(actor, applicationId, db);
  if (!file) return null;
  const { application, cohort, applicant, enrolmentId } = file;
  const { submittedAt } = application;
  const teachers = await listTeachersOf(cohort.id, db);
  if (!teachers.some(({ id }) => id === actor.id)) return null;
  const others = teachers.filter(({ id }) => id !== actor.id && id !== applicant.id);
  return {
    studentName: applicant.displayName,
    cohortTitle: cohort.title,
    admitted: enrolmentId !== null,
    verified: await isVerifiedInvestor(db, actor.id, now),
    coInvestors: others.map(({ handle, displayName }) => ({ handle, name: displayName })),
    balance: formatCents(await getBalance(db, "cash", actor.id)),
    stake: await getStakeNote(cohort, { id: applicant.id, submittedAt }, now, db),
    standard: {
      ...standardParts(cohort, actor.id, teachers, others),
      payoutCap: cohort.payoutCapMultiple === null ? "none" : String(cohort.payoutCapMultiple),
      sunset: cohort.sunsetYears === null ? "none" : String(cohort.sunsetYears),
    },
  };
}

/** The amounts and percents that the form begins with: the whole for the maker, or each teacher's agreed part. */
function standardParts(
  terms: TermsPart,
  makerId: string,
  teachers: readonly Partner[],
  others: readonly Partner[],
): Record<string, string> {
  const split = splitTerms(terms, makerId, teachers);
  const typed = (part: TermsPart) => ({
    amount: centsForInput(part.amountCents),
    percent: percentOfShares(part.shares),
  });
  const values: Record<string, string> = typed(split?.maker ?? terms);
  for (const [row, { id }] of others.entries()) {
    const part = split?.others.get(id);
    if (part)
      for (const [name, value] of Object.entries(typed(part)))
        values[`parts.${row}.${name}`] = value;
  }
  return values;
}
