import type { AgreementText } from "~/lib/signing";
import { policy } from "~/policy";

export const TOKEN_AGREEMENT_VERSION = "token-2026-11";

/** The token agreement (T1–T5) for one person: the same facts give the same text, to the byte. */
export function tokenAgreement(person: {
  legalName: string;
  handle: string;
  country: string;
}): AgreementText {
  const shares = policy.tokenShares.value.toLocaleString("en-US");
  const text = `TOKEN AGREEMENT (${TOKEN_AGREEMENT_VERSION})

Between ${person.legalName} (the owner; on Belay: ${person.handle}; living in ${person.country}) and everyone who holds shares of the owner's token.

1. The owner has one personal token. It has ${shares} shares, for ever. At first all of them are the owner's. The owner sells existing shares; no further ones are ever made.

2. Whoever holds shares of the token gets the same part of each capital gain that the owner realises by selling equity in a company, shares of another person's token or a like instrument, once the gain is cash or freely tradable. A gain is the proceeds less the basis and the direct costs. Losses of the same calendar year that are shown by a document are set off first.

3. The shares give nothing else. There is no part in wages, home, gifts or inheritances; no vote; no say over what the owner does or leaves; no debt, no interest, no lien. Who realises no gain owes nothing. What is due is due only out of cash received.

4. The owner declares each such sale truthfully within ${policy.declareWithinDays.value} days of its closing, and pays the holders within ${policy.payWithinDays.value} days of the declaration.

5. At most 20% of the shares may be out of the owner's hands, at most 10% with one holder. The owner decides who may hold: every sale of shares by the owner needs the owner's signature, every resale the owner's approval.

6. Each sale of shares states its own payout cap and its own end. A lot that has ended goes back to the owner.

7. The owner signs this and every sale in person, being of age where they live.
`;
  return { version: TOKEN_AGREEMENT_VERSION, text };
}
