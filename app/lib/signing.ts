import { ageOfMajority } from "~/policy";
import { addYears, utcDay } from "./dates";

/** A text that a person signs: fixed by its version, filled with the person's facts. */
export type AgreementText = { version: string; text: string };

const FURTHEST_BEHIND_UTC_MS = 12 * 3_600_000;

/** The day that has begun everywhere on Earth at that instant: a birthday on it has come wherever a person lives. */
export function dayBegunEverywhere(now: Date): string {
  return utcDay(new Date(now.getTime() - FURTHEST_BEHIND_UTC_MS));
}

/**
 * Whether a person born on that day and living there may sign on `day` what sells shares (T3). Days as YYYY-MM-DD; who
 * asks about now gives `dayBegunEverywhere(now)`.
 */
export function isOfAge(person: { dateOfBirth: string; country: string }, day: string): boolean {
  return addYears(person.dateOfBirth, ageOfMajority(person.country)) <= day;
}

const plainName = (name: string): string =>
  name.normalize("NFKC").trim().replace(/\s+/g, " ").toLocaleLowerCase("en");

/** Whether a typed name is the person's legal name; capitals and the width of spaces do not matter. */
export function isLegalName(typed: string, legalName: string): boolean {
  return plainName(typed) === plainName(legalName);
}
