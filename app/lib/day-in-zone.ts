import { DateTime } from "luxon";

/** The day that it is in a zone at an instant, as YYYY-MM-DD. */
export function dayInZone(instant: Date, zone: string): string {
  return DateTime.fromJSDate(instant, { zone }).toFormat("yyyy-MM-dd");
}
