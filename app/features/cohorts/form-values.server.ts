import { DateTime } from "luxon";
import { formatCents } from "~/lib/money";
import { percentOfShares } from "~/lib/terms";
import type { Cohort } from "./queries.server";
import type { Template } from "./templates";

/** The local time of an instant in a zone, as a form has it: `2026-12-01T17:00`. */
export const localTime = (instant: Date, zone: string): string =>
  DateTime.fromJSDate(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");

/** A cohort as the form that changes it has it. */
export function valuesOf(cohort: Cohort): Record<string, string> {
  const at = (instant: Date) => localTime(instant, cohort.timeZone);
  return {
    title: cohort.title,
    skill: cohort.skill,
    pitch: cohort.pitch,
    capacity: String(cohort.capacity),
    timeZone: cohort.timeZone,
    opensAt: at(cohort.opensAt),
    closesAt: at(cohort.closesAt),
    decisionsBy: at(cohort.decisionsBy),
    startsAt: at(cohort.startsAt),
    endsAt: at(cohort.endsAt),
    reviewers: String(cohort.reviewersPerApplication),
    blindFirst: cohort.blindFirst ? "yes" : "",
    confirmDays: cohort.confirmHours === null ? "" : String(Math.ceil(cohort.confirmHours / 24)),
    ...termValues(cohort),
  };
}

const termValues = (cohort: Cohort): Record<string, string> => ({
  amount: formatCents(cohort.amountCents).replace("$", ""),
  percent: percentOfShares(cohort.shares),
  payoutCap: cohort.payoutCapMultiple === null ? "none" : String(cohort.payoutCapMultiple),
  sunset: cohort.sunsetYears === null ? "none" : String(cohort.sunsetYears),
  finderStake: String(cohort.finderStakeBps / 100),
});

const FROM_OPENING_DAYS = { closes: 28, decisions: 42, starts: 56 };

/** A schedule that begins in a week: four weeks to apply, two to decide, two more to make ready. At whole hours of the zone. */
function scheduleFrom(now: Date, zone: string, weeks: number): Record<string, string> {
  const opening = DateTime.fromJSDate(now, { zone }).startOf("day").plus({ days: 7, hours: 9 });
  const at = (days: number, hour: number) =>
    opening.plus({ days }).set({ hour }).toFormat("yyyy-MM-dd'T'HH:mm");
  const { closes, decisions, starts } = FROM_OPENING_DAYS;
  return {
    opensAt: at(0, 9),
    closesAt: at(closes, 18),
    decisionsBy: at(decisions, 18),
    startsAt: at(starts, 9),
    endsAt: at(starts + weeks * 7, 18),
  };
}

/** What the form of a new cohort begins with, from a template, in the reader's zone. */
export function valuesOfTemplate(template: Template, now: Date, zone: string) {
  return {
    pitch: template.pitch,
    capacity: String(template.capacity),
    timeZone: zone,
    ...scheduleFrom(now, zone, template.weeks),
  };
}

/**
 * What the form of a copy begins with: everything of the earlier cohort, and its schedule as many whole weeks later as put
 * the opening at least a week ahead, at the same local times, whatever the clocks do between them.
 */
export function valuesOfCopy(cohort: Cohort, now: Date): Record<string, string> {
  const { timeZone: zone } = cohort;
  const local = (instant: Date) => DateTime.fromJSDate(instant, { zone });
  const earliest = DateTime.fromJSDate(now, { zone }).plus({ weeks: 1 });
  const behind = earliest.diff(local(cohort.opensAt), "weeks").weeks;
  const weeks = Math.max(1, Math.ceil(behind));
  const later = (instant: Date) => local(instant).plus({ weeks }).toFormat("yyyy-MM-dd'T'HH:mm");
  return {
    ...valuesOf(cohort),
    opensAt: later(cohort.opensAt),
    closesAt: later(cohort.closesAt),
    decisionsBy: later(cohort.decisionsBy),
    startsAt: later(cohort.startsAt),
    endsAt: later(cohort.endsAt),
  };
}
