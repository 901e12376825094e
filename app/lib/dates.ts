/** Days are UTC and written YYYY-MM-DD; instants are Dates. Nothing here reads the present time. */
export type Day = string;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Leap days shared out; what is told in years is told roughly. */
const YEAR_MS = 365.25 * DAY_MS;

/** The UTC day of an instant. */
export function utcDay(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

/** 00:00 UTC of a day. Throws RangeError on anything but a real day. */
export function startOfDayInstant(day: Day): Date {
  const instant = new Date(`${day}T00:00:00.000Z`);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(day) ||
    Number.isNaN(instant.getTime()) ||
    utcDay(instant) !== day
  )
    throw new RangeError(`Not a day: ${day}`);
  return instant;
}

/** 24:00 UTC of a day, which is 00:00 of the next: the record instant of a company sale. */
export function endOfDayInstant(day: Day): Date {
  return new Date(startOfDayInstant(day).getTime() + DAY_MS);
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (startOfDayInstant(to).getTime() - startOfDayInstant(from).getTime()) / DAY_MS;
}

/** The day so many days later (earlier, if negative). */
export function addDays(day: Day, days: number): Day {
  return utcDay(new Date(startOfDayInstant(day).getTime() + days * DAY_MS));
}

/** The same date so many months later, the month's last day where it has no such date. */
export function addMonths(day: Day, months: number): Day {
  const from = startOfDayInstant(day);
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + months;
  const lastDate = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return utcDay(new Date(Date.UTC(year, month, Math.min(from.getUTCDate(), lastDate))));
}

/** The same date so many years later; 29 Feb becomes 28 Feb where there is none. */
export function addYears(day: Day, years: number): Day {
  return addMonths(day, years * 12);
}

/** The instant so many days of 24 hours later. */
export function addDaysToInstant(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}

/** Whole months from one day to a later one, as birthdays count them; 0 if it is not later. */
export function wholeMonthsBetween(from: Day, to: Day): number {
  const [a, b] = [startOfDayInstant(from), startOfDayInstant(to)];
  const years = b.getUTCFullYear() - a.getUTCFullYear();
  const months = years * 12 + b.getUTCMonth() - a.getUTCMonth();
  return Math.max(0, addMonths(from, months) > to ? months - 1 : months);
}

/** A date as read, in UTC: `22 Nov 2026`. */
export function formatDate(date: Day | Date): string {
  const instant = typeof date === "string" ? startOfDayInstant(date) : date;
  return `${instant.getUTCDate()} ${MONTHS[instant.getUTCMonth()]} ${instant.getUTCFullYear()}`;
}

/** Whether the runtime knows a time zone by this name. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** An instant as read in a zone: `6 Dec 2026, 17:00 Europe/Berlin`. */
export function formatInstant(date: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(date);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const month = MONTHS[Number(part("month")) - 1];
  return `${part("day")} ${month} ${part("year")}, ${part("hour")}:${part("minute")} ${zone}`;
}

/** Deadlines nearer than this say their hours too: in "6 days" nobody knows the week that was promised. */
const HOURS_MATTER_DAYS = 10;

/** How long from now, never more than is left: `in 13 days`, `in 6 days and 23 hours`, `in 3 hours`, `2 minutes ago`, `6 years ago`. */
export function formatFromNow(date: Date, now: Date): string {
  const distance = date.getTime() - now.getTime();
  const size = Math.abs(distance);
  const [unit, length] =
    size >= 2 * YEAR_MS
      ? (["year", YEAR_MS] as const)
      : size >= 2 * DAY_MS
        ? (["day", DAY_MS] as const)
        : size >= 2 * HOUR_MS
          ? (["hour", HOUR_MS] as const)
          : (["minute", MINUTE_MS] as const);
  const count = Math.floor(size / length);
  if (count === 0) return distance >= 0 ? "in under a minute" : "just now";
  const named = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
  const hours = Math.floor((size % DAY_MS) / HOUR_MS);
  const exact = distance > 0 && unit === "day" && count < HOURS_MATTER_DAYS && hours > 0;
  const text = exact ? `${named(count, unit)} and ${named(hours, "hour")}` : named(count, unit);
  return distance >= 0 ? `in ${text}` : `${text} ago`;
}

/** A deadline as read: date, time, zone and how long that is from now. */
export function formatDeadline(date: Date, zone: string, now: Date): string {
  return `${formatInstant(date, zone)} (${formatFromNow(date, now)})`;
}

/** A deadline as it leaves a loader: the instant (ISO), the zone in which it was set, how long it is from now. */
export type Deadline = { at: string; zone: string; left: string };

/** A deadline for `components/ui/deadline` to show; the reader's own zone is added there. */
export function deadlineOf(date: Date, zone: string, now: Date): Deadline {
  return { at: date.toISOString(), zone, left: formatFromNow(date, now) };
}

/**
 * The same instant as a reader in another zone has it on the clock: `11:00 America/New_York`, with its day where that
 * differs. Null where both clocks show the same.
 */
export function inReadersZone(date: Date, zone: string, readersZone: string): string | null {
  const dayAndTime = (one: string) => formatInstant(date, one).slice(0, -one.length - 1);
  const [set, read] = [dayAndTime(zone), dayAndTime(readersZone)];
  if (set === read) return null;
  const [setDay, readDay] = [set, read].map((text) => text.split(", ")[0]);
  return setDay === readDay
    ? formatInstant(date, readersZone).slice(`${readDay}, `.length)
    : formatInstant(date, readersZone);
}

/** An instant as a field of a form shows it in a zone: `2026-12-06T17:00`. */
export function localTime(date: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(date);
  return parts.replace(" ", "T");
}
