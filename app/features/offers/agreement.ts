import { formatBps, formatCents } from "~/lib/money";
import type { AgreementText } from "~/lib/signing";
import { policy } from "~/policy";
import { capInWords, sharesInWords, sunsetInWords } from "./words";

export const INVESTMENT_AGREEMENT_VERSION = "investment-2026-11";

export type Deal = {
  amountCents: bigint;
  shares: bigint;
  payoutCapMultiple: number | null;
  sunsetYears: number | null;
  student: { legalName: string; handle: string };
  /** The scout whose stake is carved out of the investors' shares; null: none. */
  finder: { name: string; handle: string; stakeBps: number; shares: bigint } | null;
  cohortTitle: string;
  parts: readonly {
    investorName: string;
    investorHandle: string;
    amountCents: bigint;
    shares: bigint;
  }[];
};

/** The investment agreement of one offer: the same deal gives the same text, to the byte. */
export function investmentAgreement(deal: Deal): AgreementText {
  const parts = deal.parts
    .map(
      (part) =>
        `   ${part.investorName} (on Belay: ${part.investorHandle}) pays ${formatCents(part.amountCents)} for ${sharesInWords(part.shares)}.`,
    )
    .join("\n");
  const { finder } = deal;
  const stake = finder
    ? `\n   Out of these shares ${finder.name} (on Belay: ${finder.handle}) gets a finder's stake of ${formatBps(finder.stakeBps)}: ${sharesInWords(finder.shares)}, without paying for it. The investors get so much less; the owner sells no more. The owner consents to this.`
    : "";
  const text = `INVESTMENT AGREEMENT (${INVESTMENT_AGREEMENT_VERSION})

${deal.student.legalName} (the owner; on Belay: ${deal.student.handle}) sells existing shares of the owner's token under the token agreement. The offer was made to a member of the cohort "${deal.cohortTitle}".

1. For ${formatCents(deal.amountCents)} in all the owner sells ${sharesInWords(deal.shares)}:
${parts}${stake}

2. ${capInWords(deal)}

3. ${sunsetInWords(deal.sunsetYears)}

4. The shares get their part of the owner's capital gains as the token agreement says, and nothing else. If there is never a gain, nothing is owed and nothing is paid back.

5. With this signature the shares are reserved. The offer settles ${policy.coolingOffDays.value} days later. Until then the owner may leave without a reason; the investor may in the first ${policy.investorLeaveDays.value} days. When anyone leaves, all cash and all shares go back.

6. The owner's place in the cohort, its feedback and its certificate do not depend on this agreement.

7. The owner agrees that this investment stands in the investor's public record: the handle, the amount, the shares, and what they bring.
`;
  return { version: INVESTMENT_AGREEMENT_VERSION, text };
}
