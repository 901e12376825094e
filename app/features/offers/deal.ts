import type { Deal } from "./agreement";
import type { OfferFile } from "./hold-offer.server";
import { holdingsOf } from "./holdings";

/** The scout's shares of an offer: what is carved out of all parts together. */
export const finderShares = (file: OfferFile): bigint =>
  holdingsOf({ ...file.offer, parts: file.parts }).find((holding) => holding.finder)?.shares ?? 0n;

/** What an offer's agreement says of it. */
export function dealOf(file: OfferFile): Deal {
  return {
    amountCents: file.offer.amountCents,
    shares: file.offer.shares,
    payoutCapMultiple: file.offer.payoutCapMultiple,
    sunsetYears: file.offer.sunsetYears,
    student: { legalName: file.student.legalName, handle: file.student.handle },
    finder: file.finder && {
      name: file.finder.displayName,
      handle: file.finder.handle,
      stakeBps: file.offer.finderStakeBps,
      shares: finderShares(file),
    },
    cohortTitle: file.cohort.title,
    parts: file.parts.map((part) => ({
      investorName: part.investor.displayName,
      investorHandle: part.investor.handle,
      amountCents: part.amountCents,
      shares: part.shares,
    })),
  };
}
