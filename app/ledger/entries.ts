import type { Json } from "./canonical";
import type { EntryKind } from "./kinds";

/** The asset of money, in cents. */
export const USD = "USD";
/** The owner of the `outside` account: the world beyond the platform. */
export const OUTSIDE = "00000000-0000-0000-0000-000000000000";
/** How many shares a token has, for ever (T1). */
export const TOKEN_SHARES = 10_000_000n;

/** The asset of a token's shares. */
export const tokenAsset = (tokenId: string): string => `TOKEN:${tokenId}`;

export type Purpose =
  | "cash"
  | "escrow"
  | "shares"
  | "reserved"
  | "claim"
  | "due"
  | "outside"
  | "mint";
export type AccountRef = { purpose: Purpose; owner: string };
export type PostingInput = {
  from: AccountRef;
  to: AccountRef;
  asset: string;
  amount: bigint;
};

/** Shares reserved for one holder, by the person's id. */
export type Waiting = { holder: string; asset: string; shares: bigint };

/** What `post` is asked to write. `input` is what the caller was asked, hashed for idempotency (L5). */
export type EntryInput = {
  kind: EntryKind;
  recordedAt: Date;
  /** Absent: takes effect when recorded. */
  effectiveAt?: Date;
  actorId: string | null;
  idempotencyKey: string;
  input: Json;
  about: { type: string; id: string };
  memo?: string;
  data: { [key: string]: Json };
  postings: PostingInput[];
  /** The entry that this one reverses (T31). */
  reverses?: { entryId: bigint; kind: EntryKind };
  /** Shares of a token that wait for a holder: more, or below zero fewer. They count under the holder's limit. */
  waiting?: Waiting[];
  /** Accounts to hold although nothing is posted to them, so that what was decided from them still stands. */
  locks?: (AccountRef & { asset: string })[];
};

/** Who does it, when, and under which key: the same for every entry. */
export type Act = {
  actorId: string | null;
  now: Date;
  idempotencyKey: string;
  input: Json;
};

/** What every entry takes from its act. */
export const act = ({ actorId, now, idempotencyKey, input }: Act) => ({
  actorId,
  recordedAt: now,
  idempotencyKey,
  input,
});
/** Accounts by purpose and owner, and a posting of money between them. */
export const cash = (owner: string): AccountRef => ({ purpose: "cash", owner });
export const escrow = (owner: string): AccountRef => ({ purpose: "escrow", owner });
export const shares = (owner: string): AccountRef => ({ purpose: "shares", owner });
export const reserved = (owner: string): AccountRef => ({
  purpose: "reserved",
  owner,
});
export const outside: AccountRef = { purpose: "outside", owner: OUTSIDE };
export const usd = (from: AccountRef, to: AccountRef, amount: bigint): PostingInput => ({
  from,
  to,
  asset: USD,
  amount,
});

/** A handle is taken: the person's chain in the public log begins. */
export function personOpened(a: Act, person: { id: string; handle: string }): EntryInput {
  return {
    ...act(a),
    kind: "person_opened",
    about: { type: "person", id: person.id },
    data: { handle: person.handle },
    postings: [],
  };
}

/** An operator confirmed what arrived: outside → cash. */
export function depositConfirmed(
  a: Act,
  deposit: { id: string; personId: string; arrivedCents: bigint },
): EntryInput {
  return {
    ...act(a),
    kind: "deposit",
    about: { type: "deposit", id: deposit.id },
    data: {},
    postings: [usd(outside, cash(deposit.personId), deposit.arrivedCents)],
  };
}

type Withdrawal = { id: string; personId: string; amountCents: bigint };
const withdrawal = (a: Act, kind: EntryKind, w: Withdrawal, posting: PostingInput): EntryInput => ({
  ...act(a),
  kind,
  about: { type: "withdrawal", id: w.id },
  data: {},
  postings: [posting],
});

/** A person asks for their cash: cash → the withdrawal's escrow. Refused with `insufficient_balance`. */
export const withdrawalRequested = (a: Act, w: Withdrawal): EntryInput =>
  withdrawal(a, "withdrawal_requested", w, usd(cash(w.personId), escrow(w.id), w.amountCents));

/** An operator has paid it: escrow → outside. */
export const withdrawalPaid = (a: Act, w: Withdrawal): EntryInput =>
  withdrawal(a, "withdrawal_paid", w, usd(escrow(w.id), outside, w.amountCents));

/** An operator refused it: escrow → cash. */
export const withdrawalRefused = (a: Act, w: Withdrawal): EntryInput =>
  withdrawal(a, "withdrawal_refused", w, usd(escrow(w.id), cash(w.personId), w.amountCents));

export type Part = { id: string; investorId: string; amountCents: bigint };

/** An investor's part of an offer is funded: cash → the part's escrow (T14). Refused with `insufficient_balance`. */
export function offerFunded(a: Act, part: Part): EntryInput {
  return {
    ...act(a),
    kind: "offer_funded",
    about: { type: "offer_part", id: part.id },
    data: {},
    postings: [usd(cash(part.investorId), escrow(part.id), part.amountCents)],
  };
}

/** An offer was declined or lapsed before it was signed: every part's escrow → its investor's cash. */
export function offerRefunded(
  a: Act,
  offer: { id: string; parts: Part[]; cause: "declined" | "lapsed" },
): EntryInput {
  return {
    ...act(a),
    kind: "offer_refunded",
    about: { type: "offer", id: offer.id },
    data: { cause: offer.cause },
    postings: offer.parts.map((part) =>
      usd(escrow(part.id), cash(part.investorId), part.amountCents),
    ),
  };
}

/** The owner signed the token agreement: mint → the owner's shares, all of them, once. */
export function tokenMinted(
  a: Act,
  token: { id: string; ownerId: string; ownerLogId: string },
): EntryInput {
  return {
    ...act(a),
    kind: "token_minted",
    about: { type: "token", id: token.id },
    data: { owner: token.ownerLogId },
    postings: [
      {
        from: { purpose: "mint", owner: token.id },
        to: shares(token.ownerId),
        asset: tokenAsset(token.id),
        amount: TOKEN_SHARES,
      },
    ],
  };
}

/** Whom the shares of a signed offer wait for. */
export type Reservation = { holderId: string; holderLogId: string; shares: bigint };

/** What waits for each holder from now on. */
export const wait = (tokenId: string, held: { holderId: string; shares: bigint }[]): Waiting[] =>
  held.map((h) => ({ holder: h.holderId, asset: tokenAsset(tokenId), shares: h.shares }));
/** What waits for each holder no longer. */
export const stopWaiting = (
  tokenId: string,
  held: { holderId: string; shares: bigint }[],
): Waiting[] => wait(tokenId, held).map((w) => ({ ...w, shares: -w.shares }));

/** The student signed: the owner's shares → the offer's `reserved`. Refused with `too_many_holders`, `cap_exceeded`, `holder_limit`. */
export function offerSigned(
  a: Act,
  offer: {
    id: string;
    tokenId: string;
    tokenLogId: string;
    ownerId: string;
    shares: bigint;
    reservations: Reservation[];
  },
): EntryInput {
  return {
    ...act(a),
    kind: "offer_signed",
    about: { type: "offer", id: offer.id },
    data: {
      token: offer.tokenLogId,
      reserved: offer.reservations.map((r) => ({
        holder: r.holderLogId,
        shares: String(r.shares),
      })),
    },
    postings: [
      {
        from: shares(offer.ownerId),
        to: reserved(offer.id),
        asset: tokenAsset(offer.tokenId),
        amount: offer.shares,
      },
    ],
    waiting: wait(offer.tokenId, offer.reservations),
  };
}

/**
 * Someone left within their time, or the investment was reversed: shares go back to the owner and every part's cash to its
 * investor (T16, T31). Parts with nothing in escrow are left out.
 */
export function offerLeft(
  a: Act,
  offer: {
    id: string;
    tokenId: string;
    ownerId: string;
    shares: bigint;
    parts: Part[];
    reservations: { holderId: string; shares: bigint }[];
    by: "student" | "investor" | "reversal";
  },
): EntryInput {
  return {
    ...act(a),
    kind: "offer_left",
    about: { type: "offer", id: offer.id },
    data: { by: offer.by },
    postings: [
      {
        from: reserved(offer.id),
        to: shares(offer.ownerId),
        asset: tokenAsset(offer.tokenId),
        amount: offer.shares,
      },
      ...offer.parts
        .filter((part) => part.amountCents > 0n)
        .map((part) => usd(escrow(part.id), cash(part.investorId), part.amountCents)),
    ],
    waiting: stopWaiting(offer.tokenId, offer.reservations),
  };
}

export type SettledPart = Part & {
  investorLogId: string;
  shares: bigint;
  stakeShares: bigint;
  apart: boolean;
};
export type NewLot = {
  lotId: string;
  holderId: string;
  holderLogId: string;
  shares: bigint;
  costCents: bigint;
  capCents: bigint | null;
  sunset: string | null;
  lockedUntil: string | null;
  finder: boolean;
};

/** New lots as entries state them. */
export const newLots = (lots: NewLot[]): Json =>
  lots.map((l) => ({
    lot: l.lotId,
    holder: l.holderLogId,
    shares: String(l.shares),
    costCents: String(l.costCents),
    capCents: l.capCents === null ? null : String(l.capCents),
    sunset: l.sunset,
    lockedUntil: l.lockedUntil,
    finder: l.finder,
  }));

/** A signed offer settles: cash to the owner and shares to each holder, in one entry. */
export function investmentSettled(
  a: Act,
  deal: {
    offerId: string;
    tokenId: string;
    tokenLogId: string;
    tokenHandle: string;
    ownerId: string;
    cohortSlug: string | null;
    parts: SettledPart[];
    lots: NewLot[];
  },
): EntryInput {
  return {
    ...act(a),
    kind: "investment",
    about: { type: "offer", id: deal.offerId },
    data: {
      token: deal.tokenLogId,
      tokenHandle: deal.tokenHandle,
      cohort: deal.cohortSlug,
      parts: deal.parts.map((p) => ({
        investor: p.investorLogId,
        paidCents: String(p.amountCents),
        shares: String(p.shares - p.stakeShares),
        stake: String(p.stakeShares),
        apart: p.apart,
      })),
      lots: newLots(deal.lots),
    },
    postings: [
      ...deal.parts.map((p) => usd(escrow(p.id), cash(deal.ownerId), p.amountCents)),
      ...deal.lots.map((l) => ({
        from: reserved(deal.offerId),
        to: shares(l.holderId),
        asset: tokenAsset(deal.tokenId),
        amount: l.shares,
      })),
    ],
    waiting: stopWaiting(deal.tokenId, deal.lots),
  };
}

export type LotPart = {
  lotId: string;
  holderId: string;
  holderLogId: string;
  cents: bigint;
};
/** Parts of a gain as entries state them. */
export const lotParts = (parts: LotPart[]): Json =>
  parts.map((p) => ({
    lot: p.lotId,
    holder: p.holderLogId,
    cents: String(p.cents),
  }));

/** The owner declared a sale of company equity; each lot's part is fixed now (T10). Holds the owner's shares account. */
export function gainDeclared(
  a: Act,
  gain: {
    id: string;
    tokenId: string;
    tokenLogId: string;
    ownerId: string;
    recordInstant: Date;
    proceedsCents: bigint;
    basisCents: bigint;
    costsCents: bigint;
    lossCents: bigint;
    distributableCents: bigint;
    grade: string;
    parts: LotPart[];
  },
): EntryInput {
  return {
    ...act(a),
    kind: "gain",
    effectiveAt: gain.recordInstant,
    about: { type: "gain", id: gain.id },
    data: {
      token: gain.tokenLogId,
      recordInstant: gain.recordInstant.toISOString(),
      proceedsCents: String(gain.proceedsCents),
      basisCents: String(gain.basisCents),
      costsCents: String(gain.costsCents),
      lossCents: String(gain.lossCents),
      distributableCents: String(gain.distributableCents),
      grade: gain.grade,
      parts: lotParts(gain.parts),
    },
    postings: [],
    locks: [{ ...shares(gain.ownerId), asset: tokenAsset(gain.tokenId) }],
  };
}

/** The owner pays parts of a declared gain: the owner's cash → each holder's. Refused with `insufficient_balance`. */
export function gainDistributed(
  a: Act,
  gain: {
    id: string;
    tokenId: string;
    tokenLogId: string;
    ownerId: string;
    parts: LotPart[];
  },
): EntryInput {
  return {
    ...act(a),
    kind: "distribution",
    about: { type: "gain", id: gain.id },
    data: { token: gain.tokenLogId, parts: lotParts(gain.parts) },
    postings: gain.parts.map((p) => usd(cash(gain.ownerId), cash(p.holderId), p.cents)),
    locks: [{ ...shares(gain.ownerId), asset: tokenAsset(gain.tokenId) }],
  };
}

/** An operator set the evidence grade of a gain (T12). */
export function evidenceGraded(a: Act, gain: { id: string; grade: string }): EntryInput {
  return {
    ...act(a),
    kind: "evidence",
    about: { type: "gain", id: gain.id },
    data: { grade: gain.grade },
    postings: [],
  };
}

/** A lot ended by its payout cap or its sunset: its shares go back to the owner (T6). */
export function lotEnded(
  a: Act,
  lot: {
    lotId: string;
    tokenId: string;
    ownerId: string;
    holderId: string;
    holderLogId: string;
    shares: bigint;
    cause: "cap" | "sunset";
  },
): EntryInput {
  return {
    ...act(a),
    kind: "lot_ended",
    about: { type: "token", id: lot.tokenId },
    data: {
      lot: lot.lotId,
      holder: lot.holderLogId,
      shares: String(lot.shares),
      cause: lot.cause,
    },
    postings: [
      {
        from: shares(lot.holderId),
        to: shares(lot.ownerId),
        asset: tokenAsset(lot.tokenId),
        amount: lot.shares,
      },
    ],
  };
}
