export type WindowPhase = "upcoming" | "open" | "closed";

/** Where a span of time stands: it is open from `opensAt` on and closed from `closesAt` on. */
export function windowPhase(span: { opensAt: Date; closesAt: Date }, now: Date): WindowPhase {
  if (now < span.opensAt) return "upcoming";
  return now < span.closesAt ? "open" : "closed";
}
