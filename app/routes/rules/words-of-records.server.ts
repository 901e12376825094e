import { formatCents, formatShares } from "~/lib/money";
import { days, months, type Words } from "./words.server";

/** What is said of gains, track records, and those who teach, scout or hold an account. */
export const WORDS_OF_RECORDS = {
  declareWithinDays: {
    group: "gain",
    title: "Declaring a sale",
    says: (n) => `The owner declares a sale within ${days(n)} of its closing.`,
  },
  payWithinDays: {
    group: "gain",
    title: "Paying the holders",
    says: (n) =>
      `The owner pays the holders within ${days(n)} of the declaration. What is overdue is shown to everybody.`,
  },
  earlyDistributionDays: {
    group: "gain",
    title: "Early gains",
    says: (n) =>
      `Gains that close within ${days(n)} of an investment stand apart in the investor’s record.`,
  },
  partingTailMonths: {
    group: "gain",
    title: "After a parting",
    says: (n) =>
      `Whoever was bought out gets what the shares would have got of gains in the next ${months(n)}, less the price.`,
  },
  carriedByAge: {
    group: "record",
    title: "Carried value",
    says: ({ fullMonths, yearlyPart: [kept, of] }) =>
      `Shares are carried at cost, or at a price that counts, in full for ${months(fullMonths)}. After that ${kept}/${of} is left each year.`,
  },
  priceCountsFrom: {
    group: "record",
    title: "A price that counts",
    says: ({ cents, shares, part: [one, of] }) =>
      `A price raises a holder’s carried value where new, unconnected holders paid at least ${one}/${of} of it, at least ${formatCents(cents, { whole: true })}, for at least ${formatShares(shares)} shares. A lower price counts from anyone.`,
  },
  connectedByPaymentMonths: {
    group: "record",
    title: "Connected by payments",
    says: (n) => `Whom an investor paid is connected to them for ${months(n)}.`,
  },
  circleOfPayments: {
    group: "record",
    title: "Connected by a circle",
    says: (n) =>
      `So is whoever is with them on a circle of at most ${n} payments or marks in that time.`,
  },
  rankedFrom: {
    group: "record",
    title: "Ranked teachers",
    says: ({ positions, months: age, paidInCents, teachers }) =>
      `A teacher is ranked from ${positions} investments of at least ${months(age)} and ${formatCents(paidInCents, { whole: true })} each, and only among at least ${teachers} such teachers.`,
  },
  deferralMonths: {
    group: "gain",
    title: "Deferral",
    says: (n) =>
      `In hardship an operator may defer the payment of a gain by ${months(n)}, once, when the owner asks.`,
  },
  yearlyDeclarationMonths: {
    group: "gain",
    title: "Yearly declaration",
    says: (n) =>
      `Within ${months(n)} after each calendar year the owner declares what was sold in it, if only “nothing sold”.`,
  },
  missedYears: {
    group: "gain",
    title: "Missed years",
    says: (n) => `After ${n} missed years the token is carried at nothing.`,
  },
  partingDisputeDays: {
    group: "gain",
    title: "Disputing a parting",
    says: (n) => `A holder who is bought out may dispute it for ${days(n)}.`,
  },
  verificationMonths: {
    group: "teacher",
    title: "Verified investors",
    says: (n) => `Only verified investors make offers. A verification lasts ${months(n)}.`,
  },
  lockUpMonthsAfterCohort: {
    group: "teacher",
    title: "Lock-up",
    says: (n) =>
      `A teacher’s shares cannot be sold until the cohort’s end and ${months(n)} after it.`,
  },
  teachersPerCohort: {
    group: "teacher",
    title: "Teachers of a cohort",
    says: (n) => `At most ${n} teachers run a cohort together.`,
  },
  reviewersPerCohort: {
    group: "teacher",
    title: "Reviewers of a cohort",
    says: (n) => `At most ${n} reviewers read and score its applications beside them.`,
  },
  reviewsBeforeOwnScale: {
    group: "teacher",
    title: "Reviewers’ scales",
    says: (n) =>
      `Beside each mean of scores stands one with every reviewer’s scale made alike. A reviewer of ${n} applications counts half as the cohort, half as themselves.`,
  },
  finderStakeMaxBps: {
    group: "scout",
    title: "Finder’s stake",
    says: (bps) =>
      `A cohort gives a scout none or up to ${bps / 100}% of the shares that its teachers buy.`,
  },
  referralToApplicationDays: {
    group: "scout",
    title: "From referral to application",
    says: (n) => `A referral counts for an application within ${days(n)}.`,
  },
  referralToInvestmentMonths: {
    group: "scout",
    title: "From referral to investment",
    says: (n) => `A referral counts for an investment within ${months(n)}.`,
  },
  finderLockMonths: {
    group: "scout",
    title: "Lock-up",
    says: (n) => `A finder’s stake cannot be sold for ${months(n)}.`,
  },
  referralsADay: {
    group: "scout",
    title: "Referrals a day",
    says: (n) => `A scout sends at most ${n} referrals a day.`,
  },
  scoutLinkDays: {
    group: "scout",
    title: "A scout’s link",
    says: (n) => `A scout’s own link lasts ${days(n)}. It proves nothing: the talent confirms.`,
  },
  scoutLinksLive: {
    group: "scout",
    title: "Links at once",
    says: (n) => `A scout has at most ${n} links at once.`,
  },
  hypothesisWithinDays: {
    group: "scout",
    title: "When hypotheses are stated",
    says: (n) => `A scout states hypotheses about somebody within ${days(n)} of the referral.`,
  },
  hypothesisAheadDays: {
    group: "scout",
    title: "When hypotheses are due",
    says: (n) => `A hypothesis is due ${days(n)} after it is stated, or later.`,
  },
  hypothesisWithinYears: {
    group: "scout",
    title: "How far hypotheses look",
    says: (n) => `A hypothesis is due within ${n} years.`,
  },
  hypothesesPerReferral: {
    group: "scout",
    title: "Hypotheses about one person",
    says: (n) => `A scout states at most ${n} hypotheses with one referral.`,
  },
  calibrationLeast: {
    group: "scout",
    title: "Calibration",
    says: (n) =>
      `With fewer than ${n} scored hypotheses a scout’s Brier score is shown as too few to judge by.`,
  },
  withdrawalHoldHours: {
    group: "account",
    title: "After a new e-mail address",
    says: (n) => `Nothing is paid out for ${n} hours after an account’s e-mail address changes.`,
  },
} satisfies Words;
