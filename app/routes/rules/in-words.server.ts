import { formatCents, formatPercentOfToken, formatShares } from "~/lib/money";
import { policy } from "~/policy";

type Rules = typeof policy;
type Name = keyof Rules;

/** The rules by what they are about, in the order in which they are read. */
export const GROUPS = {
  token: { title: "The token", about: "What may be sold of a person’s future, and what never." },
  offer: { title: "Offers and signing", about: "How long everybody has to think, and to leave." },
  gain: { title: "Gains and distributions", about: "When holders are paid." },
  resale: { title: "Resale", about: "How a holder sells shares on." },
  teacher: { title: "Teachers and investors", about: "Who may invest, and how long they stay." },
  record: { title: "Track records", about: "What counts in a teacher’s record, and for how much." },
  scout: { title: "Scouts", about: "What a referral is worth, and for how long." },
  account: { title: "Accounts", about: "What protects the money that waits here." },
} as const;
export type Group = keyof typeof GROUPS;

type Said<T> = { group: Group; title: string; says: (value: T) => string };

const days = (n: number) => (n === 1 ? "1 day" : `${n} days`);
const months = (n: number) => (n === 1 ? "1 month" : `${n} months`);
const either = (all: readonly number[], unit: string) =>
  `none${all.map((n, at) => `${at === all.length - 1 ? " or " : ", "}${n}`).join("")} ${unit}`;
const countryName = (code: string) =>
  new Intl.DisplayNames("en", { type: "region" }).of(code) ?? code;

/** What each number of `policy` forbids or gives, around the number itself. A new number does not compile without its words. */
const WORDS: { readonly [K in Name]: Said<Rules[K]["value"]> } = {
  tokenShares: {
    group: "token",
    title: "Shares of a token",
    says: (n) => `Every token has ${formatShares(n)} shares.`,
  },
  maxSharesOut: {
    group: "token",
    title: "With others, in all",
    says: (n) =>
      `At most ${formatPercentOfToken(n)} of a token (${formatShares(n)} shares) may be out of its owner’s hands at any moment, shares that are reserved included.`,
  },
  maxSharesOneHolder: {
    group: "token",
    title: "With one holder",
    says: (n) => `At most ${formatPercentOfToken(n)} (${formatShares(n)} shares) with one holder.`,
  },
  floorCentsPerShare: {
    group: "token",
    title: "The floor price",
    says: (cents) =>
      `An offer below ${formatCents(cents)} a share, which is ${formatCents(cents * (policy.tokenShares.value / 100n), { whole: true })} for 1%, is refused.`,
  },
  minimumAge: {
    group: "token",
    title: "Age",
    says: (years) => `Whoever signs a sale of shares is at least ${years} years old.`,
  },
  majorityByCountry: {
    group: "token",
    title: "Age, by country",
    says: (ages) =>
      `Later in: ${Object.entries(ages)
        .map(([code, age]) => `${countryName(code)} (${age})`)
        .sort()
        .join(", ")}.`,
  },
  payoutCapMultiples: {
    group: "offer",
    title: "Payout cap",
    says: (all) => `Each deal has a payout cap, chosen in the open: ${either(all, "times")}.`,
  },
  sunsetYears: {
    group: "offer",
    title: "Sunset",
    says: (all) => `Each deal has a sunset, chosen in the open: ${either(all, "years")}.`,
  },
  fundingDays: {
    group: "offer",
    title: "Time to fund an offer",
    says: (n) => `Every part of an offer is funded within ${days(n)}; then it goes out.`,
  },
  offerOpenDays: {
    group: "offer",
    title: "Time to answer",
    says: (n) => `An offer stays open for ${days(n)}.`,
  },
  coolingOffDays: {
    group: "offer",
    title: "Time to leave, for the student",
    says: (n) => `What was signed settles ${days(n)} later. Until then the student may leave.`,
  },
  investorLeaveDays: {
    group: "offer",
    title: "Time to leave, for the investor",
    says: (n) => `The investor may leave within the first ${days(n)}.`,
  },
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
  resaleFundingDays: {
    group: "resale",
    title: "Funding a purchase",
    says: (n) => `The buyer whom a holder names puts the money up within ${days(n)}.`,
  },
  ownerRefusalDays: {
    group: "resale",
    title: "The owner’s first refusal",
    says: (n) => `Then the owner of the token may buy the shares at that price, for ${days(n)}.`,
  },
  holdersRefusalDays: {
    group: "resale",
    title: "The holders’ first refusal",
    says: (n) => `Then the other holders may, for ${days(n)}, in proportion to what they hold.`,
  },
  ownerApprovalDays: {
    group: "resale",
    title: "The owner’s approval",
    says: (n) => `Then the owner approves or refuses the buyer, within ${days(n)}.`,
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
  withdrawalHoldHours: {
    group: "account",
    title: "After a new e-mail address",
    says: (n) => `Nothing is paid out for ${n} hours after an account’s e-mail address changes.`,
  },
};

export type RuleInWords = { name: Name; title: string; says: string; why: string; since: string };

function inWords<K extends Name>(name: K): RuleInWords & { group: Group } {
  const { group, title, says } = WORDS[name];
  const rule: Rules[K] = policy[name];
  return { group, name, title, says: says(rule.value), why: rule.why, since: rule.since };
}

/** Every number of `policy` in plain words with its reason and date, by group. */
export function rulesInWords(): { group: Group; rules: RuleInWords[] }[] {
  const all = (Object.keys(WORDS) as Name[]).map(inWords);
  return (Object.keys(GROUPS) as Group[]).map((group) => ({
    group,
    rules: all.filter((rule) => rule.group === group).map(({ group: _, ...rule }) => rule),
  }));
}
