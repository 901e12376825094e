/** Journal entries by which shares change hands between holders, or go back to a token's owner (T7, T20). */
import {
  type Act,
  act,
  cash,
  type EntryInput,
  escrow,
  type LotPart,
  lotParts,
  type NewLot,
  newLots,
  type PostingInput,
  reserved,
  shares,
  tokenAsset,
  usd,
} from "./entries";

/** A token as entries of sales name it. */
export type SoldToken = { id: string; logId: string; handle: string; ownerId: string };
export type Party = { id: string; logId: string };

/** Reserved shares count under both limits: the buyer's, and the seller's, to whom they may come back. */
const waits = (resale: Resale, count: bigint): EntryInput["waiting"] => [
  { holder: resale.buyer.id, asset: tokenAsset(resale.token.id), shares: count },
  { holder: resale.seller.id, asset: tokenAsset(resale.token.id), shares: count },
];

type Resale = {
  id: string;
  token: Pick<SoldToken, "id" | "logId">;
  seller: Party;
  buyer: Party;
  shares: bigint;
};

const moveShares = (
  token: Pick<SoldToken, "id">,
  from: PostingInput["from"],
  to: PostingInput["to"],
  amount: bigint,
): PostingInput => ({ from, to, asset: tokenAsset(token.id), amount });

/**
 * A holder asked to sell to a named buyer: the seller's shares → the resale's `reserved`, where they count under the
 * buyer's limit and, until they are sold, stand in the seller's lots. Refused with `too_many_holders`,
 * `insufficient_balance`, `holder_limit`.
 */
export function resaleReserved(a: Act, resale: Resale): EntryInput {
  return {
    ...act(a),
    waiting: waits(resale, resale.shares),
    kind: "resale_reserved",
    about: { type: "resale", id: resale.id },
    data: {
      token: resale.token.logId,
      reserved: [{ holder: resale.buyer.logId, shares: String(resale.shares) }],
    },
    postings: [
      moveShares(resale.token, shares(resale.seller.id), reserved(resale.id), resale.shares),
    ],
  };
}

/** A buyer puts the money up: cash → the purchase's or parting's escrow. Refused with `insufficient_balance`. */
export function purchaseFunded(
  a: Act,
  purchase: { id: string; about: "purchase" | "parting"; buyerId: string; cents: bigint },
): EntryInput {
  return {
    ...act(a),
    kind: "resale_funded",
    about: { type: purchase.about, id: purchase.id },
    data: {},
    postings: [usd(cash(purchase.buyerId), escrow(purchase.id), purchase.cents)],
  };
}

export type Returned = {
  about: { type: "resale" | "parting"; id: string };
  cause: string;
  /** What was reserved and not sold; null where nothing was. */
  unsold: (Resale & { shares: bigint }) | null;
  escrows: { id: string; buyerId: string; cents: bigint }[];
};

/** What was not sold goes back: `reserved` → the seller's shares, each escrow → its buyer's cash. */
export function purchasesReturned(a: Act, returned: Returned): EntryInput {
  const { unsold } = returned;
  return {
    ...act(a),
    ...(unsold ? { waiting: waits(unsold, -unsold.shares) } : {}),
    kind: "resale_returned",
    about: returned.about,
    data: { cause: returned.cause },
    postings: [
      ...(unsold
        ? [moveShares(unsold.token, reserved(unsold.id), shares(unsold.seller.id), unsold.shares)]
        : []),
      ...returned.escrows
        .filter((one) => one.cents > 0n)
        .map((one) => usd(escrow(one.id), cash(one.buyerId), one.cents)),
    ],
  };
}

/** What a sale states, however it was agreed. */
export type SaleFacts = {
  token: SoldToken;
  seller: Party;
  buyer: Party;
  priceCents: bigint;
  /** What each of the seller's lots gives, and what those shares were carried at the day before (T24a). */
  taken: {
    lotId: string;
    shares: bigint;
    priceCents: bigint;
    basisCents: bigint;
    carriedCents: bigint;
  }[];
  /** One a taken lot, in the same order; none where the owner buys. */
  lots: NewLot[];
  /** What is distributable of it to holders of the seller's own token; 0 without one. */
  gainCents: bigint;
  ownParts: LotPart[];
  /** The seller's own token, if there is one: its owner account is held. */
  ownTokenId: string | null;
  unconnected: boolean;
  apart: boolean;
};

const saleData = (sale: SaleFacts) => ({
  tokenHandle: sale.token.handle,
  seller: sale.seller.logId,
  buyer: sale.buyer.logId,
  priceCents: String(sale.priceCents),
  taken: sale.taken.map((t) => ({
    lot: t.lotId,
    shares: String(t.shares),
    priceCents: String(t.priceCents),
    basisCents: String(t.basisCents),
    carriedCents: String(t.carriedCents),
  })),
  lots: newLots(sale.lots),
  gainCents: String(sale.gainCents),
  ownParts: lotParts(sale.ownParts),
  unconnected: sale.unconnected,
  apart: sale.apart,
});

const ownPostings = (sale: SaleFacts): PostingInput[] =>
  sale.ownParts.map((part) => usd(cash(sale.seller.id), cash(part.holderId), part.cents));

const ownLock = (sale: SaleFacts) =>
  sale.ownTokenId === null
    ? {}
    : { locks: [{ ...shares(sale.seller.id), asset: tokenAsset(sale.ownTokenId) }] };

const sharesOf = (sale: SaleFacts): bigint => sale.taken.reduce((sum, t) => sum + t.shares, 0n);

/**
 * A resale settles with one buyer: the money → the seller, the reserved shares → the buyer, and in the same entry what the
 * seller's own holders get of the gain (T9, T20). The token's owner pays from cash, any other buyer from escrow.
 * Refused with `shares_locked`, `insufficient_balance`, `holder_limit`.
 */
export function resaleSettled(
  a: Act,
  sale: SaleFacts & { resaleId: string; purchaseId: string | null; namedBuyer: Party },
): EntryInput {
  const from = sale.purchaseId === null ? cash(sale.buyer.id) : escrow(sale.purchaseId);
  const resale = { id: sale.resaleId, ...sale, buyer: sale.namedBuyer, shares: sharesOf(sale) };
  return {
    ...act(a),
    waiting: waits(resale, -sharesOf(sale)),
    kind: "resale",
    about: { type: "token", id: sale.token.id },
    data: saleData(sale),
    postings: [
      usd(from, cash(sale.seller.id), sale.priceCents),
      moveShares(sale.token, reserved(sale.resaleId), shares(sale.buyer.id), sharesOf(sale)),
      ...ownPostings(sale),
    ],
    ...ownLock(sale),
  };
}

/** The owner of a token has bought a holder out: the parting's escrow → the holder, the holder's shares → the owner (T7). */
export function parted(a: Act, sale: SaleFacts & { partingId: string }): EntryInput {
  return {
    ...act(a),
    kind: "parting",
    about: { type: "token", id: sale.token.id },
    data: saleData(sale),
    postings: [
      usd(escrow(sale.partingId), cash(sale.seller.id), sale.priceCents),
      moveShares(sale.token, shares(sale.seller.id), shares(sale.buyer.id), sharesOf(sale)),
      ...ownPostings(sale),
    ],
    ...ownLock(sale),
  };
}
