import type { CohortState } from "#db/schema/cohorts";

/** Where a cohort stands: told by its state and, once it is public, by its instants. */
export type Stage = "draft" | "upcoming" | "open" | "reviewing" | "running" | "over" | "cancelled";

type Timed = { state: CohortState; opensAt: Date; closesAt: Date; startsAt: Date; endsAt: Date };

/** Where a cohort stands at an instant. Each stage begins with its own instant, to the millisecond. */
export function stageOf(cohort: Timed, now: Date): Stage {
  if (cohort.state !== "published") return cohort.state;
  if (now < cohort.opensAt) return "upcoming";
  if (now < cohort.closesAt) return "open";
  if (now < cohort.startsAt) return "reviewing";
  return now < cohort.endsAt ? "running" : "over";
}

/** What may be done to a cohort, in some stages. */
export type Act =
  | "edit"
  | "edit_questions"
  | "edit_rubric"
  | "publish"
  | "cancel"
  | "staff"
  | "apply"
  | "late"
  | "decide";

const ALL_BUT_END: readonly Stage[] = ["draft", "upcoming", "open", "reviewing", "running"];

/** In which stages each act is allowed; what is fixed within them is told by `changeProblem`. */
export const ALLOWED: Record<Act, readonly Stage[]> = {
  edit: ALL_BUT_END,
  edit_questions: ["draft", "upcoming", "open"],
  edit_rubric: ["draft", "upcoming", "open", "reviewing"],
  publish: ["draft"],
  cancel: ["draft", "upcoming", "open", "reviewing"],
  staff: ALL_BUT_END,
  apply: ["open"],
  late: ["upcoming", "open", "reviewing"],
  decide: ["open", "reviewing", "running"],
};

/** Whether a cohort allows an act now. */
export const allows = (cohort: Timed, act: Act, now: Date): boolean =>
  ALLOWED[act].includes(stageOf(cohort, now));

/** A stage as people read it. */
export const STAGE_WORDS: Record<Stage, string> = {
  draft: "draft",
  upcoming: "opens later",
  open: "open for applications",
  reviewing: "in review",
  running: "running",
  over: "over",
  cancelled: "cancelled",
};

/** What a stage allows, in a sentence to its teachers. */
export const STAGE_SENTENCES: Record<Stage, string> = {
  draft: "Only you and your partners see this. Everything can be changed until you publish it.",
  upcoming:
    "Everybody can see it. Everything can still be changed; whoever saved a draft is told of new dates.",
  open: "People apply. The terms and the opening are fixed, the deadline can only move later, and new questions go to those who have applied too.",
  reviewing:
    "Applications are closed. You score and decide; the dates ahead can still move, and applicants are told.",
  running: "The cohort runs. Its end and its description can still be changed.",
  over: "The cohort is over. It stays as it is, in the record of its teachers.",
  cancelled: "The cohort is cancelled. Whoever had applied was told.",
};

/** What of a cohort can be changed by its form. */
export type Changeable = {
  timeZone: string;
  capacity: number;
  opensAt: Date;
  closesAt: Date;
  decisionsBy: Date;
  startsAt: Date;
  endsAt: Date;
  amountCents: bigint;
  shares: bigint;
  payoutCapMultiple: number | null;
  sunsetYears: number | null;
  finderStakeBps: number;
  blindFirst: boolean;
};
export type ChangeProblem = {
  code: "not_now" | "fixed_now" | "only_later" | "fewer_than_taken";
  field?: string;
};

const TERMS = [
  ["amountCents", "amount"],
  ["shares", "percent"],
  ["payoutCapMultiple", "payoutCap"],
  ["sunsetYears", "sunset"],
  ["finderStakeBps", "finderStake"],
] as const;
const INSTANTS = ["opensAt", "closesAt", "decisionsBy", "startsAt", "endsAt"] as const;

/**
 * What forbids a change of a cohort now: once applications are open people rely on the terms, the opening and the deadline
 * (which may only move later), once they are closed reviewers on what is hidden from them; what has passed stays; there are never fewer places than are taken.
 */
export function changeProblem(
  before: Timed & Changeable,
  after: Changeable,
  facts: { now: Date; taken: number },
): ChangeProblem | null {
  if (!allows(before, "edit", facts.now)) return { code: "not_now" };
  if (after.capacity < facts.taken) return { code: "fewer_than_taken", field: "capacity" };
  const stage = stageOf(before, facts.now);
  if (stage === "draft" || stage === "upcoming") return null;
  const term = TERMS.find(([name]) => before[name] !== after[name]);
  if (term) return { code: "fixed_now", field: term[1] };
  if (before.timeZone !== after.timeZone) return { code: "fixed_now", field: "timeZone" };
  if (before.blindFirst !== after.blindFirst && before.closesAt <= facts.now)
    return { code: "fixed_now", field: "blindFirst" };
  const moved = INSTANTS.filter((name) => before[name].getTime() !== after[name].getTime());
  const past = moved.find((name) => before[name] <= facts.now);
  if (past) return { code: "fixed_now", field: past };
  if (after.closesAt < before.closesAt) return { code: "only_later", field: "closesAt" };
  return null;
}

/** Whether applicants have to be told of a change: an instant of the schedule moved. */
export const isRescheduled = (before: Changeable, after: Changeable): boolean =>
  INSTANTS.some((name) => before[name].getTime() !== after[name].getTime());
