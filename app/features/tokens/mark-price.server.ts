import type { Tx } from "#db/client.server";
import { carriedValue, type LotMark } from "~/ledger/carried-value";
import { holdersCounted, type Price } from "~/ledger/connected";
import type { Act } from "~/ledger/entries";
import { marked } from "~/ledger/entries-of-facts";
import { type LotToSell, listLotsToSell } from "~/ledger/lots-to-sell.server";
import { type Posted, post } from "~/ledger/post.server";
import { getLogIds } from "~/ledger/read.server";
import { utcDay } from "~/lib/dates";
import { getConnections } from "./connections.server";

export type PricedEvent = {
  act: Act;
  token: { id: string };
  /** The investment or resale that set the price, just posted. */
  event: Posted;
  /** Who was paid: the holder who sold, or the token's owner. */
  sellerId: string;
  /** Who paid; the lots that they got in it are marked by nothing but their own price. */
  buyers: { personId: string; cents: bigint; shares: bigint }[];
  priceCents: bigint;
  shares: bigint;
};

/**
 * Posts the mark that a price sets, right after the entry that set it: where it counts for a holder, or is lower than what
 * some lot is carried at, which counts from anyone (T25). Nothing is posted otherwise. Answers for whom it counts.
 */
export async function markPrice(tx: Tx, priced: PricedEvent): Promise<string[]> {
  const { act, token, event } = priced;
  const all = await listLotsToSell(tx, token.id, null);
  const before = all.filter((lot) => lot.sinceEntryId < event.entryId);
  if (before.length === 0) return [];
  const holders = [...new Set(before.map((lot) => lot.holderId))];
  const price: Price = {
    priceCents: priced.priceCents,
    shares: priced.shares,
    seller: priced.sellerId,
    buyers: priced.buyers.map((buyer) => ({
      person: buyer.personId,
      paidCents: buyer.cents,
      shares: buyer.shares,
      isNew: !holders.includes(buyer.personId),
    })),
  };
  const people = [...holders, priced.sellerId, ...priced.buyers.map((buyer) => buyer.personId)];
  const connections = await getConnections(tx, { people, now: act.now });
  const counted = holdersCounted(connections, price, holders);
  const day = utcDay(event.recordedAt);
  const mark = { day, markClass: "price" as const, ...pricePart(priced), counts: false };
  if (counted.length === 0 && !before.some((lot) => isLowered(lot, mark))) return [];
  const logIds = await getLogIds(tx, "person", counted);
  const entry = marked(act, {
    tokenId: token.id,
    day,
    counts: counted.map((id) => logIds.get(id) ?? "").sort(),
    event: event.logId,
    ...pricePart(priced),
  });
  const posted = await post(tx, entry);
  if (!posted.ok) throw new Error(`a mark was refused: ${posted.error}`);
  return counted;
}

const pricePart = ({ priceCents, shares }: PricedEvent) => ({ priceCents, shares });

/** Whether a price that does not count for the holder lowers what the lot is carried at. */
function isLowered(lot: LotToSell, mark: LotMark): boolean {
  const now = carriedValue(lot, mark.day)?.cents ?? 0n;
  const then = carriedValue({ ...lot, marks: [...lot.marks, mark] }, mark.day)?.cents ?? 0n;
  return then < now;
}
