import type { PartingState } from "#db/schema/resales";
import { addDaysToInstant } from "~/lib/dates";
import { policy } from "~/policy";

/** Until when a parting offered now may be disputed (T7). */
export const disputeUntil = (offeredAt: Date): Date =>
  addDaysToInstant(offeredAt, policy.partingDisputeDays.value);

/** Whether a parting is to be settled now: nobody has disputed it, and the time for it is over. */
export const partingDue = (
  parting: { state: PartingState; disputeUntil: Date },
  now: Date,
): boolean => parting.state === "offered" && now >= parting.disputeUntil;
