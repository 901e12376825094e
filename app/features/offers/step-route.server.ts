import { redirectSaying } from "~/auth/flash.server";
import type { OfferView } from "./present";

/** Leads to the offer's own page, which says why: what was asked for can no longer be done. */
export const movedOn = (offerId: string) => redirectSaying(`/offers/${offerId}`, "offer-moved-on");

/** What a step's page found, or 404; an offer that can no longer be answered leads to its own page, which says so. */
export async function stillOpen<T extends { offer: OfferView }>(found: T | null): Promise<T> {
  if (!found) throw new Response("Not found", { status: 404 });
  if (!found.offer.canAnswer) throw await movedOn(found.offer.id);
  return found;
}
