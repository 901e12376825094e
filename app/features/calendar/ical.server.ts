import ical, { ICalAlarmType, ICalEventStatus } from "ical-generator";
import type { Dated } from "~/features/applications/dates.server";
import { formatInstant } from "~/lib/dates";

const DAY_S = 86_400;
const HOUR_S = 3_600;

/**
 * Dates as an iCalendar text (RFC 5545): an event of no length at each instant, in UTC, which every calendar shows in its reader's
 * own zone; what has to be done by then rings a day before. What was cancelled says so (STATUS, 3.8.1.11), for those who had it already.
 */
export function icalText(
  dates: readonly Dated[],
  of: { siteUrl: string; host: string; now: Date },
): string {
  const calendar = ical({
    name: "Belay: your deadlines",
    prodId: { company: "Belay", product: "Deadlines", language: "EN" },
    ttl: 4 * HOUR_S,
  });
  for (const { key, at, title, path, zone, deadline, cancelled, changedAt, changes } of dates) {
    const event = calendar.createEvent({
      id: `${key}@${of.host}`,
      start: at,
      stamp: changedAt,
      lastModified: changedAt,
      sequence: Math.max(0, changes),
      summary: title,
      status: cancelled ? ICalEventStatus.CANCELLED : null,
      description: `${formatInstant(at, zone)}\n${of.siteUrl}${path}`,
      url: `${of.siteUrl}${path}`,
    });
    if (deadline && at > of.now)
      event.createAlarm({ type: ICalAlarmType.display, trigger: DAY_S, description: title });
  }
  // No calendar is without a component (RFC 5545, 3.6).
  if (dates.length === 0) calendar.timezone({ name: "UTC", generator: () => UTC_ZONE });
  return `${calendar.toString()}\r\n`;
}

const UTC_ZONE = [
  "BEGIN:VTIMEZONE",
  "TZID:UTC",
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0000",
  "TZOFFSETTO:+0000",
  "END:STANDARD",
  "END:VTIMEZONE",
].join("\r\n");
