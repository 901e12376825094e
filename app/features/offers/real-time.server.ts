import { getClock } from "~/auth/clock.server";
import { systemClock } from "~/lib/clock";

/** The machine's instant at which the product's clock will show `instant`: jobs start by the machine's. */
export function realInstant(instant: Date): Date {
  const offsetMs = getClock().now().getTime() - systemClock.now().getTime();
  return new Date(instant.getTime() - offsetMs);
}
