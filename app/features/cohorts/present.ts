import { formatDate, formatDeadline, formatFromNow, formatInstant } from "~/lib/dates";
import { formatCents, formatPercentOfToken, formatShares } from "~/lib/money";
import { windowPhase } from "~/lib/window";
import type { CohortWithTeacher } from "./queries.server";

/** A cohort's standard terms in plain words. */
export function termsInWords(
  cohort: Pick<
    CohortWithTeacher,
    "amountCents" | "shares" | "payoutCapMultiple" | "sunsetYears" | "finderStakeBps"
  >,
): string[] {
  const { payoutCapMultiple: cap, sunsetYears: years } = cohort;
  return [
    `${formatCents(cohort.amountCents)} for ${formatPercentOfToken(cohort.shares)} of your token (${formatShares(cohort.shares)} of its 10,000,000 shares).`,
    cap === null
      ? "No payout cap: the shares get their part of every gain, however large."
      : `A payout cap of ${cap} times: once the shares have been paid ${formatCents(BigInt(cap) * cohort.amountCents)} in all, they go back to you.`,
    years === null
      ? "No sunset: the shares stay with the teacher."
      : `A sunset of ${years} years: then the shares go back to you, whatever they brought.`,
    ...(cohort.finderStakeBps > 0
      ? [
          `A finder’s stake of ${cohort.finderStakeBps / 100}%: if a scout referred you and you confirmed it, that much of the shares goes to the scout, out of the teachers’ shares. You sell no more for it.`,
        ]
      : []),
  ];
}

/** A cohort as lists and its page show it: texts only. */
export function presentCohort(cohort: CohortWithTeacher, now: Date) {
  return {
    slug: cohort.slug,
    title: cohort.title,
    skill: cohort.skill,
    capacity: String(cohort.capacity),
    teacherName: cohort.teacherName,
    teacherHandle: cohort.teacherHandle,
    phase: windowPhase(cohort, now),
    opens: formatDeadline(cohort.opensAt, cohort.timeZone, now),
    closes: formatDeadline(cohort.closesAt, cohort.timeZone, now),
    closed: formatInstant(cohort.closesAt, cohort.timeZone),
    window: {
      opens: instantInParts(cohort.opensAt, cohort.timeZone, now),
      closes: instantInParts(cohort.closesAt, cohort.timeZone, now),
    },
    runs: `${formatDate(cohort.startsOn)} to ${formatDate(cohort.endsOn)}`,
    terms: termsInWords(cohort),
  };
}

/** An instant as a figure with a note: its date and time; its zone and how long that is from now. */
function instantInParts(instant: Date, zone: string, now: Date): { value: string; note: string } {
  const value = formatInstant(instant, zone).slice(0, -zone.length - 1);
  return { value, note: `${zone}, ${formatFromNow(instant, now)}` };
}

export type CohortView = ReturnType<typeof presentCohort>;
