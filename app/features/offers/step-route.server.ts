import { redirect } from "@remix-run/node";
import type { OfferView } from "./present";

/** What a step's page found, or 404; an offer that can no longer be answered leads to its own page. */
export function stillOpen<T extends { offer: OfferView }>(found: T | null): T {
  if (!found) throw new Response("Not found", { status: 404 });
  if (!found.offer.canAnswer) throw redirect(`/offers/${found.offer.id}`);
  return found;
}
