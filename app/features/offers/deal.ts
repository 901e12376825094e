import type { Deal } from "./agreement";
import type { OfferFile } from "./hold-offer.server";

/** What an offer's agreement says of it. */
export function dealOf(file: OfferFile): Deal {
  return {
    amountCents: file.offer.amountCents,
    shares: file.offer.shares,
    payoutCapMultiple: file.offer.payoutCapMultiple,
    sunsetYears: file.offer.sunsetYears,
    student: { legalName: file.student.legalName, handle: file.student.handle },
    cohortTitle: file.cohort.title,
    parts: file.parts.map((part) => ({
      investorName: part.investor.displayName,
      investorHandle: part.investor.handle,
      amountCents: part.amountCents,
      shares: part.shares,
    })),
  };
}
