import type { Tx } from "#db/client.server";
import { enqueueMail } from "#emails/outbox.server";
import type { Party } from "~/features/offers/hold-offer.server";
import { getParties } from "~/features/offers/hold-offer.server";
import { formatDate } from "~/lib/dates";
import { formatCents, formatPercentOfToken } from "~/lib/money";
import type { ResaleFile } from "./hold-resale.server";

const to = (party: Party) => ({ personId: party.id, email: party.email });

const facts = (file: ResaleFile) => ({
  seller: file.seller.displayName,
  buyer: file.buyer.displayName,
  owner: file.owner.displayName,
  shares: formatPercentOfToken(file.resale.shares),
  price: formatCents(file.resale.priceCents),
  path: `/people/${file.owner.handle}`,
});

/** To the buyer who is named: shares are offered, and until when the money is waited for. */
export async function tellAsked(tx: Tx, file: ResaleFile, now: Date): Promise<void> {
  if (!file.resale.until) return;
  await enqueueMail(tx, {
    to: to(file.buyer),
    template: "resale-asked",
    props: { ...facts(file), name: file.buyer.displayName, until: formatDate(file.resale.until) },
    now,
  });
}

/** To the owner of the token, who has something to answer. */
export async function tellOwner(
  tx: Tx,
  file: ResaleFile,
  template: "resale-first-refusal" | "resale-approval",
  until: Date,
  now: Date,
): Promise<void> {
  await enqueueMail(tx, {
    to: to(file.owner),
    template,
    props: { ...facts(file), name: file.owner.displayName, until: formatDate(until) },
    now,
  });
}

/** To the other holders, who may buy first. */
export async function tellHolders(
  tx: Tx,
  file: ResaleFile,
  holders: readonly Party[],
  until: Date,
  now: Date,
): Promise<void> {
  for (const holder of holders)
    await enqueueMail(tx, {
      to: to(holder),
      template: "resale-holders-first",
      props: { ...facts(file), name: holder.displayName, until: formatDate(until) },
      now,
    });
}

/** To seller, buyer and everybody who put money up: it is over. */
export async function tellClosed(
  tx: Tx,
  file: ResaleFile,
  template: "resale-settled" | "resale-returned",
  now: Date,
): Promise<void> {
  const ids = [file.seller.id, file.buyer.id, ...file.purchases.map((p) => p.buyerId)];
  const people = await getParties(tx, ids);
  for (const party of people.values())
    await enqueueMail(tx, {
      to: to(party),
      template,
      props: { ...facts(file), name: party.displayName },
      now,
    });
}

/** To each holder of the seller's own token who got a part of the seller's gain (T9). */
export async function tellOwnHolders(
  tx: Tx,
  seller: Party,
  parts: readonly { holderId: string; cents: bigint }[],
  now: Date,
): Promise<void> {
  const people = await getParties(
    tx,
    parts.map((part) => part.holderId),
  );
  for (const party of people.values()) {
    const cents = parts.reduce((sum, p) => (p.holderId === party.id ? sum + p.cents : sum), 0n);
    await enqueueMail(tx, {
      to: to(party),
      template: "gain-paid",
      props: {
        name: party.displayName,
        owner: seller.displayName,
        amount: formatCents(cents),
        path: "/wallet",
      },
      now,
    });
  }
}
