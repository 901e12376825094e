import { useLateCode as spendLateCode } from "~/features/applications/use-late-code.server";
import { addWork } from "~/features/applications/works.server";
import { addCriterion, editCriterion } from "~/features/cohorts/edit-rubric.server";
import { makeLateCode, newLateCode } from "~/features/cohorts/make-late-code.server";
import { answerSister, askSister } from "~/features/cohorts/sisters.server";
import { abstainReview } from "~/features/reviews/abstain-review.server";
import {
  commentOnApplication,
  tagApplication,
} from "~/features/reviews/discuss-application.server";
import { scoreApplication } from "~/features/reviews/score-application.server";
import type { MadeCohort, Someone, Steps } from "./steps";
import { person, type World } from "./world";

type Criterion = {
  title: string;
  help: string;
  weight: string;
  anchors: readonly [string, string, string, string, string];
};

/** What applications are judged by, with what each score means in words. */
export const RUBRIC: readonly Criterion[] = [
  {
    title: "What they have made",
    help: "Things that exist, however small; not what they plan.",
    weight: "3",
    anchors: [
      "Nothing that can be looked at",
      "One thing, begun",
      "One thing that works once",
      "Several things that others have used",
      "Something that others now build on",
    ],
  },
  {
    title: "How they speak of failure",
    help: "What did not work, and what they did then.",
    weight: "2",
    anchors: [
      "Others were to blame",
      "It is named, and no more",
      "A cause is named",
      "A cause was looked for and found",
      "What was found has changed what they do",
    ],
  },
  {
    title: "A question of their own",
    help: "",
    weight: "1",
    anchors: [
      "None",
      "A field",
      "A topic",
      "A question",
      "A question that can be answered in a year",
    ],
  },
];

/** Puts the rubric in the place of the one that a cohort begins with; its criteria are those of `made` from then on. */
export async function writeRubric(steps: Steps, teacher: Someone, made: MadeCohort): Promise<void> {
  const { cohortId } = made;
  const [first = "", ...more] = made.criterionIds;
  if (more.length > 0) throw new Error("a cohort begins with one criterion");
  const ids: string[] = [];
  for (const [nth, { title, help, weight, anchors }] of RUBRIC.entries()) {
    const named = Object.fromEntries(anchors.map((text, at) => [`anchor${at + 1}`, text]));
    const criterion = { title, help, weight, ...named };
    const call = steps.call(teacher, { cohortId, criterionId: first, criterion });
    ids.push(
      nth === 0
        ? steps.must(await editCriterion(call)).criterionId
        : steps.must(await addCriterion(call)).criterionId,
    );
  }
  made.criterionIds = ids;
}

/** A teacher asks that two cohorts share a space, and the other's teacher agrees. */
export async function becomeSisters(
  steps: Steps,
  asks: { teacher: Someone; cohortId: string },
  answers: { teacher: Someone; slug: string },
): Promise<void> {
  const asked = { cohortId: asks.cohortId, slug: answers.slug };
  const { requestId } = steps.must(await askSister(steps.call(asks.teacher, asked)));
  const answer = { requestId, decision: "accept" };
  steps.must(await answerSister(steps.call(answers.teacher, answer)));
}

/** Scores an application by each criterion in turn. */
export async function score(
  steps: Steps,
  reviewer: Someone,
  of: { applicationId: string; cohort: MadeCohort; scores: readonly string[]; note: string },
): Promise<void> {
  const scores = Object.fromEntries(
    of.cohort.criterionIds.map((id, nth) => [id, of.scores[nth % of.scores.length] ?? "3"]),
  );
  const input = { applicationId: of.applicationId, scores, note: of.note };
  steps.must(await scoreApplication(steps.call(reviewer, input)));
}

/** What two reviewers add to an application: a word to each other, a tag, and one who would rather not judge another. */
export async function discuss(
  world: World,
  of: { teacher: string; reviewer: string; talkedAbout: string; leftOut: string },
): Promise<void> {
  const { steps } = world;
  const [teacher, reviewer] = [person(world, of.teacher), person(world, of.reviewer)];
  const applicationId = of.talkedAbout;
  const body = "The second answer is the first one that I would build. Do you read it as I do?";
  steps.must(await commentOnApplication(steps.call(reviewer, { applicationId, body })));
  const tagged = { applicationId, tag: "build it" };
  steps.must(await tagApplication(steps.call(teacher, tagged)));
  const reason = "I taught them for a week, years ago, and liked them.";
  steps.must(await abstainReview(steps.call(reviewer, { applicationId: of.leftOut, reason })));
}

/** Lets somebody apply after the deadline with a code, which they use. */
export async function letLate(
  steps: Steps,
  of: { teacher: Someone; student: Someone; cohort: MadeCohort; validUntil: string },
): Promise<void> {
  const { cohortId } = of.cohort;
  const made = { cohortId, code: newLateCode(), label: "Tariq, who was in hospital", maxUses: "2" };
  const { validUntil } = of;
  steps.must(await makeLateCode(steps.call(of.teacher, { ...made, validUntil })));
  steps.must(await spendLateCode(steps.call(of.student, { cohortId, code: made.code })));
}

/** Puts two works into somebody's collection, and answers their ids. */
export async function collectWorks(steps: Steps, student: Someone): Promise<string[]> {
  const ids: string[] = [];
  for (const work of WORKS) ids.push(steps.must(await addWork(steps.call(student, work))).workId);
  return ids;
}

const NOTES = `Loom 3, measured by hand
Day 1: eats a thread every 40 strokes.
Day 2: eats a thread every 41 strokes.
Day 3: it was the comb.
`;
const WORKS = [
  {
    title: "A loom that eats its own thread",
    description: "Wood, two motors from a printer, and every step of how it failed.",
    url: "https://example.org/noor/loom",
  },
  {
    title: "Notes of three days",
    description: "Each line was measured before it was written.",
    file: { name: "loom-3.txt", bytes: new TextEncoder().encode(NOTES) },
  },
];
