import { getDb } from "#db/client.server";
import type { Actor } from "~/auth/actor";
import type { Refusal } from "~/auth/command.server";
import { getApplicationToReview } from "~/features/applications/queries.server";
import { isVerifiedInvestor } from "~/features/verification/queries.server";
import { getBalance } from "~/ledger/read.server";
import { centsForInput, formatCents, formatPercentOfToken, formatShares } from "~/lib/money";
import { err, ok, type Result } from "~/lib/result";
import { percentOfShares } from "~/lib/terms";
import { findOfferProblem } from "./check-offer.server";
import { partOfFirstGain } from "./quiz";
import { expiryOf } from "./rules";
import { offerInput } from "./schema";
import { capInWords, fundingInWords, sunsetInWords } from "./words";

/**
 * What an offer would move if it were confirmed now, or why it cannot be made; changes nothing. Null where the asker may
 * not offer to that applicant.
 */
export async function previewOffer(
  actor: Actor,
  input: Record<string, string>,
  now: Date,
): Promise<Result<OfferPreview, Refusal> | null> {
  const db = getDb();
  const file = await getApplicationToReview(actor, input.applicationId ?? "", db);
  if (!file) return null;
  const parsed = offerInput.safeParse(input);
  if (!parsed.success) {
    const fields: Record<string, string[]> = {};
    for (const issue of parsed.error.issues)
      fields[issue.path.join(".")] = [...(fields[issue.path.join(".")] ?? []), issue.message];
    return err({ code: "invalid_input", fields });
  }
  const { amountCents, shares, payoutCapMultiple, sunsetYears } = parsed.data;
  const problem = await findOfferProblem(
    db,
    {
      investorId: actor.id,
      studentId: file.applicant.id,
      enrolmentId: file.enrolmentId,
      amountCents,
      shares,
    },
    now,
  );
  if (problem) return err(problem);
  const balance = await getBalance(db, "cash", actor.id);
  return ok({
    studentName: file.applicant.displayName,
    amount: formatCents(amountCents),
    percent: formatPercentOfToken(shares),
    shares: formatShares(shares),
    funding: fundingInWords({
      amountCents,
      studentName: file.applicant.displayName,
      expiresAt: expiryOf(now),
    }),
    balanceBefore: formatCents(balance),
    balanceAfter: formatCents(balance - amountCents),
    cap: capInWords({ amountCents, payoutCapMultiple }),
    sunset: sunsetInWords(sunsetYears),
    ofAMillion: formatCents(
      partOfFirstGain({ amountCents, shares, payoutCapMultiple }, 100_000_000n),
    ),
    wholeToken: formatCents((amountCents * 10_000_000n) / shares, { whole: true }),
  });
}

export type OfferPreview = {
  studentName: string;
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

/** What the form of an offer starts from: the cohort's standard terms, the asker's balance and standing. Null for others. */
export async function getOfferForm(actor: Actor, applicationId: string, now: Date) {
  const db = getDb();
  const file = await getApplicationToReview(actor, applicationId, db);
  if (!file) return null;
  const { cohort, applicant, enrolmentId } = file;
  return {
    studentName: applicant.displayName,
    cohortTitle: cohort.title,
    admitted: enrolmentId !== null,
    verified: await isVerifiedInvestor(db, actor.id, now),
    balance: formatCents(await getBalance(db, "cash", actor.id)),
    standard: {
      amount: centsForInput(cohort.amountCents),
      percent: percentOfShares(cohort.shares),
      payoutCap: cohort.payoutCapMultiple === null ? "none" : String(cohort.payoutCapMultiple),
      sunset: cohort.sunsetYears === null ? "none" : String(cohort.sunsetYears),
    },
  };
}
