import type { ResaleState } from "#db/schema/resales";
import { addDaysToInstant } from "~/lib/dates";
import { policy } from "~/policy";

/** When a state that begins now ends by itself (T20). */
export function endsAt(state: "funding" | "owner" | "holders" | "approval", now: Date): Date {
  const days = {
    funding: policy.resaleFundingDays,
    owner: policy.ownerRefusalDays,
    holders: policy.holdersRefusalDays,
    approval: policy.ownerApprovalDays,
  }[state];
  return addDaysToInstant(now, days.value);
}

export type StepProblem = "resale_closed" | "not_yet" | "too_late";

const ORDER: readonly ResaleState[] = ["funding", "owner", "holders", "approval"];

/** Whether a step of that state may be taken now; at the very instant of its end it may no longer. */
export function stepProblem(
  resale: { state: ResaleState; until: Date | null },
  step: "funding" | "owner" | "holders" | "approval",
  now: Date,
): StepProblem | null {
  if (resale.state === "settled" || resale.state === "returned") return "resale_closed";
  if (resale.state !== step)
    return ORDER.indexOf(resale.state) < ORDER.indexOf(step) ? "not_yet" : "too_late";
  return resale.until !== null && now < resale.until ? null : "too_late";
}

/** What a holder who wants so many shares puts up: their part of the price, rounded up to the cent. */
export function costOfWanted(
  resale: { shares: bigint; priceCents: bigint },
  wanted: bigint,
): bigint {
  return (resale.priceCents * wanted + resale.shares - 1n) / resale.shares;
}

export type Wish = { buyerId: string; wanted: bigint; held: bigint };

/**
 * Divides shares over the holders who want them, in proportion to what they hold, nobody more than they want (T20). What
 * does not divide goes one share each to the largest remainders, ties to the earlier wish. Answers one number a wish.
 */
export function allot(shares: bigint, wishes: readonly Wish[]): bigint[] {
  const got = wishes.map(() => 0n);
  let left = shares;
  let open = wishes.map((_, i) => i).filter((i) => (wishes[i] as Wish).wanted > 0n);
  while (left > 0n && open.length > 0) {
    const held = open.reduce((sum, i) => sum + (wishes[i] as Wish).held, 0n);
    const round = open.map((i) => {
      const wish = wishes[i] as Wish;
      return { i, share: (left * wish.held) / held, rest: (left * wish.held) % held };
    });
    const floors = round.reduce((sum, one) => sum + one.share, 0n);
    let over = left - floors;
    for (const one of [...round].sort((a, b) =>
      a.rest > b.rest ? -1 : a.rest < b.rest ? 1 : a.i - b.i,
    )) {
      if (over === 0n) break;
      one.share += 1n;
      over -= 1n;
    }
    for (const { i, share } of round) {
      const want = (wishes[i] as Wish).wanted - (got[i] as bigint);
      const take = share < want ? share : want;
      got[i] = (got[i] as bigint) + take;
      left -= take;
    }
    const still = open.filter((i) => (got[i] as bigint) < (wishes[i] as Wish).wanted);
    if (still.length === open.length) break;
    open = still;
  }
  return got;
}
