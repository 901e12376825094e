/** A token's public history as the files of the Open Cap Table Format 1.2.0, but for the manifest. Pure. */
import { TOKEN_SHARES } from "~/ledger/entries";
import type { ShareMove, TokenBook, TokenLot } from "~/ledger/token-book";
import { formatCents } from "~/lib/money";
import { ratioString } from "~/lib/ratio";

type Item = Record<string, unknown>;
/** A security of the format: some shares of one holder. */
type Security = { id: string; shares: bigint; terms: Terms };
type Terms = { stakeholder: string; cents: bigint | null; of: bigint; comments: string[] };

export type OcfPerson = { id: string; handle: string; name: string };
export type OcfFile = { name: string; content: Item };
export type OcfToken = { id: string; book: TokenBook; people: readonly OcfPerson[] };

const USD = (amount: string) => ({ amount, currency: "USD" });
/** A price per share in dollars, ten decimals at most. */
const perShare = (cents: bigint, shares: bigint) => USD(ratioString(cents, shares * 100n, 10));
const dayOf = (instant: string): string => instant.slice(0, 10);

const WHY: Record<Exclude<ShareMove["kind"], "reversal">, string> = {
  investment: "Investment",
  resale: "Resale between holders, approved by the owner",
  parting: "The owner parted ways with the holder and bought the shares out",
  lot_ended: "The payout cap was reached, or the sunset came: the shares went back to the owner",
};

function termsOf({ holder, costCents, sharesBought, ...lot }: TokenLot): Terms {
  return {
    stakeholder: holder,
    cents: lot.finder ? null : BigInt(costCents),
    of: sharesBought,
    comments: [
      `Lot ${lot.lot} of the public log`,
      lot.capCents === null ? "No payout cap" : `Payout cap ${formatCents(BigInt(lot.capCents))}`,
      lot.sunset === null ? "No sunset" : `Sunset ${lot.sunset}`,
      ...(lot.lockedUntil === null ? [] : [`Locked until ${lot.lockedUntil}`]),
      ...(lot.finder ? ["A finder's stake: not paid for"] : []),
    ],
  };
}

/** Writes the format's transactions: every movement takes securities, oldest first, and issues what comes of them. */
class Writer {
  readonly items: Item[] = [];
  /** By lot; the owner's own under null. */
  readonly #held = new Map<string | null, Security[]>();
  readonly #owner: Terms;
  #securities = 0;
  #transactions = 0;

  constructor(
    readonly token: string,
    readonly book: TokenBook,
  ) {
    const comments = ["The owner's own shares"];
    this.#owner = { stakeholder: book.owner, cents: null, of: TOKEN_SHARES, comments };
    this.#issue(null, TOKEN_SHARES, this.#owner, book.mintedAt);
    for (const move of book.moves) this.#move(move);
  }

  #write(type: string, at: string, item: Item): void {
    this.#transactions += 1;
    const id = `${this.token}-tx-${this.#transactions}`;
    this.items.push({ id, object_type: type, date: dayOf(at), ...item });
  }

  #name(): { id: string; custom: string } {
    this.#securities += 1;
    return { id: `${this.token}-security-${this.#securities}`, custom: `S-${this.#securities}` };
  }

  #issue(
    lot: string | null,
    shares: bigint,
    terms: Terms,
    at: string,
    name = this.#name(),
  ): Security {
    const security = { id: name.id, shares, terms };
    const { cents, of } = terms;
    this.#write("TX_STOCK_ISSUANCE", at, {
      security_id: name.id,
      custom_id: name.custom,
      stakeholder_id: terms.stakeholder,
      stock_class_id: `${this.token}-shares`,
      quantity: String(shares),
      share_price: cents === null ? USD("0") : perShare(cents, of),
      stock_legend_ids: [],
      security_law_exemptions: [],
      comments: terms.comments,
    });
    this.#held.set(lot, [...(this.#held.get(lot) ?? []), security]);
    return security;
  }

  /** Where shares go back to somebody, the security says whose lot they are of. */
  #termsOf(lot: string | null): Terms {
    const known = lot === null ? undefined : this.book.lots.get(lot);
    return known ? termsOf(known) : this.#owner;
  }

  #move(move: ShareMove): void {
    for (let left = move.shares; left > 0n; ) {
      const [from, ...rest] = this.#held.get(move.from) ?? [];
      if (!from) throw new RangeError("more shares move than there are");
      const taken = left < from.shares ? left : from.shares;
      this.#held.set(move.from, rest);
      this.#take(move, from, taken);
      left -= taken;
    }
  }

  #take(move: ShareMove, from: Security, taken: bigint): void {
    const balance = from.shares > taken ? this.#name() : null;
    const result = this.#name();
    this.#end(move, { from, taken, balance: balance?.id ?? null, result: result.id });
    this.#issue(move.to, taken, this.#termsOf(move.to), move.at, result);
    if (!balance) return;
    const others = this.#held.get(move.from) ?? [];
    const rest = this.#issue(move.from, from.shares - taken, from.terms, move.at, balance);
    // What is left of the oldest stays the oldest.
    this.#held.set(move.from, [rest, ...others]);
  }

  /** How a security ends: sold on, bought out, ended, or taken back. */
  #end(
    move: ShareMove,
    it: { from: Security; taken: bigint; balance: string | null; result: string },
  ): void {
    const { from, taken, balance, result } = it;
    const of = {
      security_id: from.id,
      ...(balance === null ? {} : { balance_security_id: balance }),
    };
    const quantity = String(taken);
    if (move.to === null && move.kind === "parting") {
      const price = perShare(move.priceCents ?? 0n, move.shares);
      this.#write("TX_STOCK_REPURCHASE", move.at, { ...of, quantity, price });
    } else if (move.to === null && move.kind === "lot_ended")
      this.#write("TX_STOCK_CANCELLATION", move.at, {
        ...of,
        quantity,
        reason_text: WHY.lot_ended,
      });
    else if (move.to === null && move.kind === "reversal" && balance === null)
      this.#write("TX_STOCK_RETRACTION", move.at, {
        security_id: from.id,
        reason_text: "Reversed by two operators; the public log has the entry",
      });
    else
      this.#write("TX_STOCK_TRANSFER", move.at, {
        ...of,
        quantity,
        resulting_security_ids: [result],
        consideration_text: considerationOf(move),
      });
  }
}

function considerationOf(move: ShareMove): string {
  if (move.kind === "reversal")
    return `Reversed: ${move.reverses?.replace("_", " ") ?? "an entry"}`;
  const paid = move.priceCents === null ? "nothing paid" : `${formatCents(move.priceCents)} paid`;
  return `${WHY[move.kind]}: ${paid}`;
}

const issuerOf = ({ id, book }: OcfToken, owner: OcfPerson): Item => ({
  id,
  object_type: "ISSUER",
  legal_name: owner.name,
  formation_date: dayOf(book.mintedAt),
  country_of_formation: "US",
  initial_shares_authorized: String(TOKEN_SHARES),
  comments: [
    "A personal token: the issuer is a person, not a company, and is called here by the name that they show",
    "A person has no formation: the date is the day on which the token was minted, the country that of the token's currency",
  ],
});

/**
 * The files of a token, by name, and its issuer for the manifest. Ids are the same at each export: a later one begins with all
 * transactions of an earlier one. Throws RangeError where somebody who holds or held shares is not among `people`.
 */
export function ocfFilesOf(token: OcfToken): { issuer: Item; files: Record<string, OcfFile> } {
  const { id, book, people } = token;
  const known = new Map(people.map((person) => [person.id, person]));
  const personOf = (personId: string): OcfPerson => {
    const person = known.get(personId);
    if (!person) throw new RangeError(`nobody is known as ${personId}`);
    return person;
  };
  const holders = [...new Set([...book.lots.values()].map(({ holder }) => holder))];
  const everybody = [...new Set([book.owner, ...holders])].map(personOf);
  const shares = {
    id: `${id}-shares`,
    object_type: "STOCK_CLASS",
    name: "Shares of the token",
    class_type: "COMMON",
    default_id_prefix: "S-",
    initial_shares_authorized: String(TOKEN_SHARES),
    votes_per_share: "0",
    seniority: "1",
    comments: ["No votes. A share has its part of each capital gain that the owner realises"],
  };
  const file = (name: string, type: string, items: Item[]): OcfFile => ({
    name: `${name}.ocf.json`,
    content: { file_type: type, items },
  });
  return {
    issuer: issuerOf(token, personOf(book.owner)),
    files: {
      stakeholders_files: file(
        "Stakeholders",
        "OCF_STAKEHOLDERS_FILE",
        everybody.map((person) => ({
          id: person.id,
          object_type: "STAKEHOLDER",
          name: { legal_name: person.name },
          stakeholder_type: "INDIVIDUAL",
          issuer_assigned_id: person.handle,
        })),
      ),
      stock_classes_files: file("StockClasses", "OCF_STOCK_CLASSES_FILE", [shares]),
      transactions_files: file("Transactions", "OCF_TRANSACTIONS_FILE", new Writer(id, book).items),
    },
  };
}
