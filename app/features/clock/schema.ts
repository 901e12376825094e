import { z } from "~/lib/zod";

/** How the clock is moved: by so many hours or days, or to the beginning of a day (UTC). */
export const moveSchema = z.discriminatedUnion("how", [
  z.object({ how: z.literal("hours"), hours: z.coerce.number().int().min(1).max(8_760) }),
  z.object({ how: z.literal("days"), days: z.coerce.number().int().min(1).max(7_300) }),
  z.object({ how: z.literal("date"), date: z.iso.date("Choose a date.") }),
]);

export type Move = z.output<typeof moveSchema>;

const HOUR_MS = 3_600_000;
const LONGEST_MS = 7_300 * 24 * HOUR_MS;

/** By how many milliseconds a move takes the clock forward from `now`; null where it would not, or by over 20 years. */
export function stepOf(move: Move, now: Date): number | null {
  const byMs =
    move.how === "hours"
      ? move.hours * HOUR_MS
      : move.how === "days"
        ? move.days * 24 * HOUR_MS
        : Date.parse(`${move.date}T00:00:00.000Z`) - now.getTime();
  return byMs > 0 && byMs <= LONGEST_MS ? byMs : null;
}
