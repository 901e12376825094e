/** One number of the product's rules, since when it stands, and why. */
export type Policy<T> = { readonly value: T; readonly since: string; readonly why: string };

const rule = <T>(value: T, why: string, since = "2026-11-01"): Policy<T> => ({ value, since, why });

/** The product's numbers (rules T1–T32 in product terms), dated, with the reason beside each. Pure. */
export const policy = {
  tokenShares: rule(
    10_000_000n,
    "A token has this many shares for ever, so that 1% stays 1%: there is no dilution.",
  ),
  maxSharesOut: rule(
    2_000_000n,
    "At most 20% may be out of the owner’s hands: a person keeps most of their own future.",
  ),
  maxSharesOneHolder: rule(
    1_000_000n,
    "At most 10% with one holder, so that nobody has power over a person.",
  ),
  maxHoldersOneToken: rule(
    200,
    "At most so many people at once, so that every entry of the public log can name all whom a token concerns: it holds 256, and some may come back by a reversal.",
  ),
  floorCentsPerShare: rule(1n, "$1,000 for 1%: nobody sells their future for small change."),
  minimumAge: rule(
    18,
    "Nobody under 18 signs anything that sells shares, and nobody signs for them.",
  ),
  payoutCapMultiples: rule(
    [3, 5] as const,
    "A deal may end once its holders got this many times the cash paid.",
  ),
  sunsetYears: rule([10, 20] as const, "A deal may end after so many years, whatever it brought."),
  offerOpenDays: rule(7, "Time to read, ask and sleep on it before an offer lapses."),
  fundingDays: rule(7, "Co-investors have this long to fund their parts, or the offer falls back."),
  coolingOffDays: rule(7, "The student may leave without a reason until the offer settles."),
  investorLeaveDays: rule(
    4,
    "The investor may leave in the first days, so that the student has the last word.",
  ),
  declareWithinDays: rule(30, "A sale is declared while papers are at hand."),
  payWithinDays: rule(30, "Holders are paid soon after the declaration, from cash received."),
  deferralMonths: rule(
    12,
    "In hardship an operator may defer a distribution once: nobody is to be ruined by a gain.",
  ),
  yearlyDeclarationMonths: rule(
    3,
    "So long after a calendar year its owner has to say what was sold in it, if only nothing.",
  ),
  missedYears: rule(
    2,
    "An owner who says nothing for two years may have lost everything: the token is carried at nothing.",
  ),
  resaleFundingDays: rule(7, "A buyer who is named puts the money up before anybody is asked."),
  ownerRefusalDays: rule(14, "The owner may buy shares of their own token back first."),
  holdersRefusalDays: rule(
    7,
    "Then those who already hold the token may buy, before somebody new.",
  ),
  ownerApprovalDays: rule(14, "The owner decides who may hold; silence is a no."),
  partingDisputeDays: rule(
    14,
    "A holder has this long to say that the price of a parting is wrong.",
  ),
  verificationMonths: rule(12, "Circumstances change: an investor’s verification lasts a year."),
  earlyDistributionDays: rule(
    180,
    "Gains that close soon after an investment say little about teaching and stand apart.",
  ),
  partingTailMonths: rule(
    24,
    "Nobody buys a holder out just before a gain: for two years the holder gets what the shares would have got.",
  ),
  carriedByAge: rule(
    { fullMonths: 18, yearlyPart: [3n, 4n] } as const,
    "A price says less the older it is: after a year and a half it fades, a quarter a year.",
  ),
  priceCountsFrom: rule(
    { cents: 1_000_000n, shares: 50_000n, part: [1n, 2n] } as const,
    "A price is a price when somebody new and independent puts real money behind it.",
  ),
  connectedByPaymentMonths: rule(
    24,
    "Whoever was paid lately, or is on a round of payments, may be returning a favour.",
  ),
  circleOfPayments: rule(
    4,
    "Favours that come back within so many steps are taken for one arrangement.",
  ),
  rankedFrom: rule(
    { positions: 10, months: 24, paidInCents: 100_000n, teachers: 5 } as const,
    "Fewer, younger or smaller investments are luck more than judgement.",
  ),
  lockUpMonthsAfterCohort: rule(12, "A cohort’s teacher stays in at least a year beyond its end."),
  referralToApplicationDays: rule(
    90,
    "A referral that leads to no application within three months did not lead to one.",
  ),
  referralToInvestmentMonths: rule(
    12,
    "What a teacher invests a year later rests on the teacher’s own judgement, not on the scout’s.",
  ),
  referralsADay: rule(
    20,
    "A scout writes to people whom they know; more than this a day would be advertising.",
  ),
  scoutLinkDays: rule(
    90,
    "A scout’s link is over when a referral would be: an old one in a forum says nothing about today.",
  ),
  scoutLinksLive: rule(
    10,
    "One link a place where a scout meets people; more would be advertising.",
  ),
  hypothesisWithinDays: rule(
    14,
    "What a scout expects of somebody is said when they refer them. Said later, it would be hindsight.",
  ),
  hypothesisAheadDays: rule(30, "What is due sooner was nearly known when it was said."),
  hypothesisWithinYears: rule(5, "What is due later is never scored."),
  hypothesesPerReferral: rule(5, "More would be guessing until something comes true."),
  calibrationLeast: rule(10, "Of fewer scored hypotheses nobody can tell judgement from luck."),
  finderLockMonths: rule(
    12,
    "A scout stays in for a year, so that a referral is a judgement and not a sale.",
  ),
  reviewsBeforeOwnScale: rule(
    5,
    "A reviewer of so few applications is taken to score like the cohort half; with more, their own scale counts more.",
  ),
  teachersPerCohort: rule(10, "A group small enough that every student knows who teaches."),
  reviewersPerCohort: rule(
    100,
    "Beside its teachers a cohort has reviewers, who read and score alone: enough that thousands of applications are each read twice.",
    "2026-11-28",
  ),
  finderStakeMaxBps: rule(
    1_000,
    "At most 10% of the shares that the teachers buy go to the scout, out of theirs.",
  ),
  withdrawalHoldHours: rule(
    72,
    "After a change of e-mail address nothing is paid out for so long: a thief waits, the owner has time to say so.",
  ),
  majorityByCountry: rule(
    { KR: 19, DZ: 19, NZ: 20, TH: 20, BH: 21, CM: 21, EG: 21, HN: 21, SG: 21 } as Readonly<
      Record<string, number>
    >,
    "Where the age of majority is higher than 18, it holds.",
  ),
} as const;

/** The age at which a person living in `country` (ISO 3166 alpha-2) may sign for themselves (T3). */
export function ageOfMajority(country: string): number {
  return Math.max(policy.minimumAge.value, policy.majorityByCountry.value[country] ?? 0);
}
