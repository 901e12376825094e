import { addDays, type Day, startOfDayInstant, utcDay } from "~/lib/dates";
import { dayInZone } from "~/lib/day-in-zone";

/** The Monday of a day's week. Weeks are named by it. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((startOfDayInstant(day).getUTCDay() + 6) % 7));
}

/** The week that it is in a zone at an instant. */
export const weekAt = (instant: Date, zone: string): Day => mondayOf(dayInZone(instant, zone));

/** What the rules of weeks need to know of a cohort and of a student's place in it. */
export type WeekFacts = { timeZone: string; startsOn: Day; endsOn: Day; enrolledAt: Date };
export type WeekProblem = "not_a_week" | "week_ahead" | "week_before_place" | "week_after_end";

/**
 * Why nobody writes an update for that week, or null: a student may from the week in which they got their place to the
 * cohort's last, up to the week that it is now where the cohort is.
 */
export function weekProblem(week: Day, facts: WeekFacts, now: Date): WeekProblem | null {
  if (mondayOf(week) !== week) return "not_a_week";
  if (week > weekAt(now, facts.timeZone)) return "week_ahead";
  if (week < weekAt(facts.enrolledAt, facts.timeZone)) return "week_before_place";
  return week > mondayOf(facts.endsOn) ? "week_after_end" : null;
}

/** Whether an update is expected for that week: the cohort runs, and the student has their place. */
export function isExpected(week: Day, facts: WeekFacts, now: Date): boolean {
  return weekProblem(week, facts, now) === null && week >= mondayOf(facts.startsOn);
}

/** Whether hours may be said to have been taught on that day: not later than today, nor before the cohort was opened. */
export function isTeachingDay(
  day: Day,
  cohort: { timeZone: string; createdAt: Date },
  now: Date,
): boolean {
  return day <= dayInZone(now, cohort.timeZone) && day >= utcDay(cohort.createdAt);
}

/** The middle of some numbers; the mean of the two in the middle when they are even in number; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const before = sorted[Math.ceil(sorted.length / 2) - 1];
  return middle === undefined || before === undefined ? null : (middle + before) / 2;
}

/** The mean of some numbers; null of none. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A number with at most one decimal: `2`, `2.5`. */
export const oneDecimal = (value: number): string => value.toFixed(1).replace(/\.0$/, "");

/** Minutes as hours: `90` → `1.5`. */
export const hoursOf = (minutes: number): string => oneDecimal(minutes / 60);

/** How long something took: `40 minutes`, `5 hours`, `2.5 days`. */
export function formatSpan(ms: number): string {
  const [unit, length] =
    ms >= 2 * 86_400_000
      ? (["day", 86_400_000] as const)
      : ms >= 2 * 3_600_000
        ? (["hour", 3_600_000] as const)
        : (["minute", 60_000] as const);
  const count = unit === "day" ? oneDecimal(ms / length) : String(Math.round(ms / length));
  return `${count} ${unit}${count === "1" ? "" : "s"}`;
}

const HOURS = /^(\d{1,2})(?:\.(\d{1,2}))?$/;

/** Hours as typed (`1.5`) in minutes, from five minutes to twelve hours; null for anything else. */
export function minutesOfHours(text: string): number | null {
  const found = HOURS.exec(text.trim());
  if (!found) return null;
  const minutes = Math.round(Number(`${found[1]}.${found[2] ?? "0"}`) * 60);
  return minutes >= 5 && minutes <= 720 ? minutes : null;
}
