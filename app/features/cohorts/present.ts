import { deadlineOf, formatDate } from "~/lib/dates";
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

/** A day that no line ends in the middle of. */
const unbrokenDate = (day: string) => formatDate(day).replaceAll(" ", "\u00a0");

/** A cohort as lists and its page show it: texts, and instants for `Deadline`. */
export function presentCohort(cohort: CohortWithTeacher, now: Date) {
  return {
    slug: cohort.slug,
    title: cohort.title,
    skill: cohort.skill,
    capacity: String(cohort.capacity),
    teacherName: cohort.teacherName,
    teacherHandle: cohort.teacherHandle,
    phase: windowPhase(cohort, now),
    opens: deadlineOf(cohort.opensAt, cohort.timeZone, now),
    closes: deadlineOf(cohort.closesAt, cohort.timeZone, now),
    runs: [cohort.startsOn, cohort.endsOn].map(unbrokenDate).join(" to "),
    terms: termsInWords(cohort),
  };
}

export type CohortView = ReturnType<typeof presentCohort>;
