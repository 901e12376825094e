import { DateTime, IANAZone } from "luxon";
import { err, ok, type Result } from "~/lib/result";

export type WindowProblem = "unknown_zone" | "not_a_time" | "no_such_time";

/**
 * The instant at which the clocks of a named IANA zone show a local time (`2026-12-01T17:00`). Refuses zones that do not
 * exist and times that the zone skips in spring; of a time that comes twice in autumn it takes the earlier.
 */
export function instantInZone(local: string, zone: string): Result<Date, WindowProblem> {
  if (!isNamedZone(zone)) return err("unknown_zone");
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::00(?:\.0+)?)?$/.exec(local);
  if (!found) return err("not_a_time");
  const minute = `${found[1]}T${found[2]}`;
  if (!DateTime.fromISO(minute, { zone: "UTC" }).isValid) return err("not_a_time");
  const time = DateTime.fromISO(minute, { zone });
  if (!time.isValid || time.toFormat("yyyy-MM-dd'T'HH:mm") !== minute) return err("no_such_time");
  const instants = time.getPossibleOffsets().map((possible) => possible.toMillis());
  return ok(new Date(Math.min(...instants)));
}

/** Whether that is the name of a time zone, such as `Europe/Vienna` or `UTC`; offsets such as `+01:00` are none. */
export function isNamedZone(zone: string): boolean {
  return /^(UTC|[A-Za-z_]+\/[A-Za-z0-9_+\-/]+)$/.test(zone) && IANAZone.isValidZone(zone);
}

const LONGEST_SLUG = 70;
/** Words that are addresses of their own beside `/cohorts/<slug>` and `/teach/cohorts/<slug>`. */
const TAKEN = new Set(["new", "compare"]);

/** The part of an address that a title gives: `[a-z0-9-]`, 3 to 70 characters. `nth` above 1 is put behind it. */
export function slugOfTitle(title: string, nth = 1): string {
  const plain = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, "");
  const base =
    plain.length < 3 || TAKEN.has(plain) ? ["cohort", plain].filter(Boolean).join("-") : plain;
  return nth === 1 ? base : `${base}-${nth}`;
}

export type CohortDates = {
  opensAt: Date;
  closesAt: Date;
  decisionsBy: Date;
  startsAt: Date;
  endsAt: Date;
};
export type DateProblem = {
  code:
    | "opens_too_early"
    | "closes_before_it_opens"
    | "closes_in_the_past"
    | "decides_before_closing"
    | "starts_before_closing"
    | "starts_before_decisions"
    | "ends_before_it_starts"
    | "too_far";
  field: string;
};

const FURTHEST_DAYS = 3 * 366;

/**
 * What is wrong with a cohort's dates: the window lies ahead, then come the decisions, then the course, all of it within about three years.
 * `before`: when applications closed until this change; a deadline that stays may have passed.
 */
export function dateProblem(dates: CohortDates, now: Date, before?: Date): DateProblem | null {
  const threeYearsMs = FURTHEST_DAYS * 86_400_000;
  if (dates.opensAt.getTime() < now.getTime() - threeYearsMs)
    return { code: "opens_too_early", field: "opensAt" };
  if (dates.closesAt <= dates.opensAt) return { code: "closes_before_it_opens", field: "closesAt" };
  if (dates.closesAt <= now && dates.closesAt.getTime() !== before?.getTime())
    return { code: "closes_in_the_past", field: "closesAt" };
  if (dates.startsAt < dates.closesAt) return { code: "starts_before_closing", field: "startsAt" };
  if (dates.decisionsBy < dates.closesAt)
    return { code: "decides_before_closing", field: "decisionsBy" };
  if (dates.startsAt < dates.decisionsBy)
    return { code: "starts_before_decisions", field: "startsAt" };
  if (dates.endsAt <= dates.startsAt) return { code: "ends_before_it_starts", field: "endsAt" };
  if (dates.endsAt.getTime() > now.getTime() + threeYearsMs)
    return { code: "too_far", field: "endsAt" };
  return null;
}
