import { deadlineOf, formatDate } from "~/lib/dates";
import { formatBps, formatCents, formatPercentOfToken, formatShares } from "~/lib/money";
import { windowPhase } from "~/lib/window";
import type { CohortWithTeacher, Question } from "./queries.server";
import { type Stage, stageOf } from "./stages";

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
          `A finder’s stake of ${formatBps(cohort.finderStakeBps)}: if a scout referred you and you confirmed it, that much of the shares goes to the scout, out of the teachers’ shares. You sell no more for it.`,
        ]
      : []),
  ];
}

/** How its places stand: how many are left while somebody may still get one, afterwards how many were taken. */
export function placesInWords(cohort: { capacity: number }, stage: Stage, taken: number): string {
  return ["running", "over", "cancelled"].includes(stage)
    ? `${taken} taken`
    : `${Math.max(0, cohort.capacity - taken)} left`;
}

/** A day that no line ends in the middle of. */
const unbrokenDate = (day: string) => formatDate(day).replaceAll(" ", "\u00a0");

/** A cohort as lists and its page show it: texts, and instants for `Deadline`. */
export function presentCohort(cohort: CohortWithTeacher, now: Date) {
  const at = (instant: Date) => deadlineOf(instant, cohort.timeZone, now);
  return {
    slug: cohort.slug,
    title: cohort.title,
    skill: cohort.skill,
    capacity: String(cohort.capacity),
    teacherName: cohort.teacherName,
    teacherHandle: cohort.teacherHandle,
    stage: stageOf(cohort, now),
    phase: windowPhase(cohort, now),
    opens: at(cohort.opensAt),
    closes: at(cohort.closesAt),
    cancelled: cohort.cancelledAt && {
      on: formatDate(cohort.cancelledAt),
      reason: cohort.cancelReason ?? "",
    },
    schedule: [
      { name: "Applications open", at: at(cohort.opensAt) },
      { name: "Applications close", at: at(cohort.closesAt) },
      { name: "Applicants hear by", at: at(cohort.decisionsBy) },
      { name: "The cohort begins", at: at(cohort.startsAt) },
      { name: "The cohort ends", at: at(cohort.endsAt) },
    ],
    runs: [cohort.startsOn, cohort.endsOn].map(unbrokenDate).join(" to "),
    terms: termsInWords(cohort),
  };
}

export type CohortView = ReturnType<typeof presentCohort>;

const KIND_NOTES: Record<Question["kind"], string> = {
  short: "a line",
  long: "",
  one: "one choice",
  many: "any choices",
  link: "a link",
  number: "a number",
  date: "a date",
  file: "a file",
};

/** A question as a list of them shows it: its prompt, and in a few words what is expected. */
export function presentQuestion(question: Question) {
  const { id, prompt, kind, maxWords, required } = question;
  const notes = [
    KIND_NOTES[kind],
    maxWords === null ? "" : `at most ${maxWords.toLocaleString("en-US")} words`,
    required ? "" : "may stay empty",
  ].filter(Boolean);
  return { id, prompt, note: notes.length > 0 ? `(${notes.join(", ")})` : "" };
}
