import { countryName } from "~/features/people/countries";
import { formatCents, formatPercentOfToken, formatShares } from "~/lib/money";
import { policy } from "~/policy";
import { days, type Words } from "./words.server";

const either = (all: readonly number[], unit: string) =>
  `none${all.map((n, at) => `${at === all.length - 1 ? " or " : ", "}${n}`).join("")} ${unit}`;

/** What is said of tokens, offers and resales. */
export const WORDS_OF_DEALS = {
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
  maxHoldersOneToken: {
    group: "token",
    title: "Holders at once",
    says: (n) =>
      `At most ${n} people hold shares of one token or wait for them, those counted who were parted from it in the last ${policy.partingTailMonths.value} months. Those who are among them may buy more.`,
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
} satisfies Words;
