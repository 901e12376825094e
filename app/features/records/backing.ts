import type { HeldLot } from "~/ledger/positions.server";
import { signedCents } from "~/ledger/returns";
import { addDays, endOfDayInstant } from "~/lib/dates";
import type { PaymentState } from "~/lib/gain-words";
import { policy } from "~/policy";

/** Somebody whose money stands behind a token. Cents and shares as text. */
export type Backer = {
  name: string;
  handle: string;
  shares: string;
  paidCents: string;
  backCents: string;
  /** The day of their first lot. */
  since: string;
  /** Came in as a scout: these shares were not paid for. */
  finder: boolean;
};

type Lot = Pick<
  HeldLot,
  "holderId" | "holderName" | "holderHandle" | "sharesLeft" | "paidCents" | "acquiredDay" | "finder"
> & { flows: readonly Pick<HeldLot["flows"][number], "kind" | "cents">[] };

/** Those who hold a token's shares now, all lots of each together, by shares; the largest first, then by name. */
export function backersOf(lots: readonly Lot[]): Backer[] {
  const held = lots.filter((lot) => lot.sharesLeft > 0n);
  const holders = [...new Set(held.map((lot) => lot.holderId))].map((holderId) => {
    const own = held.filter((lot) => lot.holderId === holderId);
    const sum = (of: (lot: Lot) => bigint) => own.reduce((total, lot) => total + of(lot), 0n);
    return {
      name: own[0]?.holderName ?? "",
      handle: own[0]?.holderHandle ?? "",
      shares: sum((lot) => lot.sharesLeft),
      paidCents: String(sum((lot) => lot.paidCents)),
      backCents: String(
        sum((lot) => lot.flows.reduce((part, flow) => part + signedCents(flow), 0n)),
      ),
      since: own.map((lot) => lot.acquiredDay).sort()[0] ?? "",
      finder: own.every((lot) => lot.finder),
    };
  });
  return holders
    .sort((a, b) =>
      a.shares === b.shares ? (a.name < b.name ? -1 : 1) : a.shares > b.shares ? -1 : 1,
    )
    .map((holder) => ({ ...holder, shares: String(holder.shares) }));
}

type DeclaredGain = {
  closingDate: string;
  declaredAt: string;
  dueAt: string;
  paidAt: string | null;
  state: PaymentState;
};

/** How a token's owner has kept what they owe (T11): of the sales declared and the payments that came due, how many in time. */
export function keptObligations(gains: readonly DeclaredGain[]) {
  const inTime = gains.filter((gain) => {
    const last = endOfDayInstant(addDays(gain.closingDate, policy.declareWithinDays.value));
    return new Date(gain.declaredAt) <= last;
  });
  const owed = gains.filter((gain) => gain.state === "paid" || gain.state === "overdue");
  const paidInTime = owed.filter((gain) => gain.paidAt !== null && gain.paidAt <= gain.dueAt);
  return {
    declared: gains.length,
    declaredInTime: inTime.length,
    owed: owed.length,
    paidInTime: paidInTime.length,
    overdue: gains.filter((gain) => gain.state === "overdue").length,
  };
}
