/** Where a token's 10,000,000 shares went, from its public entries. Pure: others can fold the same from the log. */
import type { BodyOf, PublicBody } from "./bodies";
import { TOKEN_SHARES } from "./entries";

type NewLot = BodyOf<"investment">["data"]["lots"][number];

/** A lot as the log has it, with what is left of it. Ids are log ids. */
export type TokenLot = Omit<NewLot, "shares"> & {
  acquiredAt: string;
  cohort: string | null;
  sharesBought: bigint;
  sharesLeft: bigint;
  reversed: boolean;
};

/** How shares moved: out of a lot or, with null, out of the owner's hands, and into the like. */
export type ShareMove = {
  /** The entry, by its log id. */
  entry: string;
  kind: "investment" | "resale" | "parting" | "lot_ended" | "reversal";
  /** What the reversed entry was; null for any other. */
  reverses: "investment" | "resale" | "parting" | "lot_ended" | null;
  at: string;
  from: string | null;
  to: string | null;
  shares: bigint;
  /** Paid for these shares; null where nothing is paid. */
  priceCents: bigint | null;
};

/** A token's public history. `owner` by log id. */
export type TokenBook = {
  owner: string;
  mintedAt: string;
  lots: ReadonlyMap<string, TokenLot>;
  moves: readonly ShareMove[];
};

class Fold {
  readonly lots = new Map<string, TokenLot>();
  readonly moves: ShareMove[] = [];
  readonly #byEntry = new Map<string, ShareMove[]>();

  #move(
    body: PublicBody,
    kind: ShareMove["kind"],
    moves: Omit<ShareMove, "entry" | "at" | "kind">[],
  ) {
    const made = moves
      .filter(({ shares }) => shares > 0n)
      .map((move) => ({ entry: body.id, at: body.recordedAt, kind, ...move }));
    for (const { from, to, shares } of made) {
      this.#add(from, -shares);
      this.#add(to, shares);
    }
    this.moves.push(...made);
    this.#byEntry.set(body.id, made);
  }

  #add(lotId: string | null, shares: bigint) {
    if (lotId === null) return;
    const lot = this.lots.get(lotId);
    if (!lot) throw new RangeError(`shares of an unknown lot: ${lotId}`);
    lot.sharesLeft += shares;
    if (lot.sharesLeft < 0n) throw new RangeError(`more shares than there are: ${lotId}`);
  }

  #open(lots: readonly NewLot[], acquiredAt: string, cohortOf: (i: number) => string | null) {
    for (const [i, { shares, ...lot }] of lots.entries())
      this.lots.set(lot.lot, {
        ...lot,
        acquiredAt,
        cohort: cohortOf(i),
        sharesBought: BigInt(shares),
        sharesLeft: 0n,
        reversed: false,
      });
  }

  apply(body: PublicBody): void {
    if (body.kind === "investment") this.#invest(body);
    else if (body.kind === "resale" || body.kind === "parting") this.#sell(body);
    else if (body.kind === "lot_ended") {
      const { lot, shares } = body.data;
      const move = {
        from: lot,
        to: null,
        shares: BigInt(shares),
        priceCents: null,
        reverses: null,
      };
      this.#move(body, "lot_ended", [move]);
    } else if (body.kind === "reversal") this.#reverse(body);
  }

  #invest(body: BodyOf<"investment">) {
    const { lots, cohort } = body.data;
    this.#open(lots, body.recordedAt, () => cohort);
    this.#move(
      body,
      "investment",
      lots.map(({ lot, shares, costCents, finder }) => ({
        ...{ from: null, to: lot, shares: BigInt(shares), reverses: null },
        priceCents: finder ? null : BigInt(costCents),
      })),
    );
  }

  #sell(body: BodyOf<"resale"> | BodyOf<"parting">) {
    const { taken, lots } = body.data;
    this.#open(lots, body.recordedAt, (i) => this.lots.get(taken[i]?.lot ?? "")?.cohort ?? null);
    this.#move(
      body,
      body.kind,
      taken.map(({ lot, shares, priceCents }, i) => ({
        ...{ from: lot, to: lots[i]?.lot ?? null, shares: BigInt(shares), reverses: null },
        priceCents: BigInt(priceCents),
      })),
    );
  }

  #reverse(body: BodyOf<"reversal">) {
    const before = this.#byEntry.get(body.reverses ?? "") ?? [];
    this.#move(
      body,
      "reversal",
      before.map(({ kind, from, to, shares }) => ({
        ...{ from: to, to: from, shares, priceCents: null },
        reverses: kind === "reversal" ? null : kind,
      })),
    );
    for (const { to } of before) {
      const lot = this.lots.get(to ?? "");
      if (lot) lot.reversed = true;
    }
  }
}

/**
 * Folds a token's public entries, in the log's order, to its lots and every movement of its shares. Null where the token's
 * minting is not among them. Throws RangeError where they contradict each other.
 */
export function tokenBookOf(bodies: Iterable<PublicBody>): TokenBook | null {
  const fold = new Fold();
  let minted: BodyOf<"token_minted"> | null = null;
  for (const body of bodies) {
    if (body.kind === "token_minted") minted = body;
    fold.apply(body);
  }
  if (!minted) return null;
  const { lots, moves } = fold;
  return { owner: minted.data.owner, mintedAt: minted.recordedAt, lots, moves };
}

/** What the owner still has, and each holder, by log id, largest first, ties by the earlier first lot; shares that wait for a sale stand with who gives them. */
export function holdingsOf({ lots }: Pick<TokenBook, "lots">): {
  ownerShares: bigint;
  holders: { holder: string; shares: bigint; lots: TokenLot[] }[];
} {
  const held = [...lots.values()].filter(({ sharesLeft }) => sharesLeft > 0n);
  const byHolder = new Map<string, TokenLot[]>();
  for (const lot of held) byHolder.set(lot.holder, [...(byHolder.get(lot.holder) ?? []), lot]);
  const sum = (of: readonly TokenLot[]) => of.reduce((total, lot) => total + lot.sharesLeft, 0n);
  return {
    ownerShares: TOKEN_SHARES - sum(held),
    holders: [...byHolder]
      .map(([holder, own]) => ({ holder, shares: sum(own), lots: own }))
      .sort((a, b) => (a.shares > b.shares ? -1 : a.shares < b.shares ? 1 : 0)),
  };
}
