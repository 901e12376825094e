import type { DateTime } from "luxon";
import { commentOnUpdate } from "~/features/learning/comment-on-update.server";
import { giveFeedback } from "~/features/learning/give-feedback.server";
import { postAnnouncement } from "~/features/learning/post-announcement.server";
import { rateFeedback } from "~/features/learning/rate-feedback.server";
import { recordHours } from "~/features/learning/record-hours.server";
import { replyToFeedback } from "~/features/learning/reply-to-feedback.server";
import { weekAt } from "~/features/learning/rules";
import { showWork } from "~/features/learning/show-work.server";
import { writeNote } from "~/features/learning/write-note.server";
import { writeUpdate } from "~/features/learning/write-update.server";
import { type Agenda, Chance } from "./agenda";
import type { Someone, Steps } from "./steps";

/** A cohort whose weeks are to be filled; who and what it is is asked for when the time has come. */
export type LearningCohort = {
  agenda: Agenda;
  steps: Steps;
  seed: number;
  timeZone: string;
  cohortId: () => string;
  teacher: () => Someone;
  students: readonly (() => Someone)[];
};

const UPDATES = [
  {
    did: "Took the first version apart and measured every part of it. Two of the five measurements from the drawings were wrong.",
    learnt: "Measuring takes longer than building, and saves more.",
    blocked: "",
    next: "Draw it again from what is there, not from what should be there.",
  },
  {
    did: "Built the second version. It works for **eleven minutes**, then something slips.",
    learnt: "It fails at the same place each time, which is the best news of the week.",
    blocked: "I cannot see the place while it runs.",
    next: "- film it from below\n- run it ten times and write down each time",
  },
  {
    did: "Showed it to three people who did not want to be polite. Two could not use it at all.",
    learnt: "The names I gave to things mean nothing to anybody else.",
    blocked: "I like those names.",
    next: "Rename everything, and ask the same three people again.",
  },
];
const FEEDBACK = [
  "You measured before you built: keep that. Write the two wrong measurements on the wall, with how you found them.\n\nWhat would have told you a week earlier?",
  "“Something slips” is where I stopped reading. **What** slips, on what, at what load? Film it as you plan, and show me ten lines of numbers rather than one good run.",
  "Two of three is a result. You describe what they did not understand; I would like to read what they *tried*. That is where the next version is.",
];
const REPLIES = [
  "A second ruler would have told me. I have bought one.",
  "It is the clamp, at about four newtons. The ten runs are in the link of my next update.",
  "They pressed everything that was round. I had not noticed that anything was round.",
];
const STRENGTHS = ["Patience with instruments", "Says what did not work first", "Draws well"];
const SESSION_TOPICS = [
  "Lab: measuring",
  "Reading each other's work",
  "One hour with each student",
];
const WEEKS = [0, 3, 7] as const;
/** So many students write every time; the others now and then. */
const ALL_WEEKS = 4;

/** The learning space of a cohort that ran from `start`: updates, feedback with answers and ratings, hours, a note. */
export function planLearning(cohort: LearningCohort, start: DateTime): void {
  const { agenda, steps } = cohort;
  const chance = new Chance(cohort.seed);
  const at = (days: number, hours: number, minutes = 0): Date =>
    start.plus({ days, hours, minutes }).toJSDate();
  const call = (who: Someone, input: object) =>
    steps.call(who, { cohortId: cohort.cohortId(), ...input });
  agenda.at(at(0, 9), async () => {
    const body = "Lab opens at nine. Bring the thing that does not work; we begin with it.";
    steps.must(await postAnnouncement(call(cohort.teacher(), { title: "The first week", body })));
  });
  for (const week of [0, 2, 4, 6, 8, 10]) {
    const hours = chance.pick(["2", "2.5", "3", "4"]);
    const topic = chance.pick(SESSION_TOPICS);
    agenda.at(at(week * 7 + 3, 18), async () => {
      const heldOn = steps.now.toISOString().slice(0, 10);
      steps.must(await recordHours(call(cohort.teacher(), { heldOn, hours, topic })));
    });
  }
  for (const [nth, student] of cohort.students.entries())
    for (const [index, week] of WEEKS.slice(
      0,
      nth < ALL_WEEKS ? WEEKS.length : 1 + (nth % 2),
    ).entries())
      planUpdate(cohort, chance, student, { index, at: (h) => at(week * 7 + 4, 16 + h, nth) });
  const [first, second] = cohort.students;
  if (!first) return;
  let workId = "";
  agenda.at(at(40, 11), async () => {
    const work = { title: "Drawings of version two", url: "", description: "All nine sheets." };
    ({ workId } = steps.must(await showWork(call(first(), work))));
  });
  agenda.at(at(42, 9), async () => {
    const body = "Sheet four contradicts sheet seven. Which of them did you build?";
    steps.must(await giveFeedback(steps.call(cohort.teacher(), { on: "work", id: workId, body })));
  });
  agenda.at(at(60, 11), async () => {
    const note = { studentId: first().id, strengths: chance.pick(STRENGTHS), body: "" };
    steps.must(await writeNote(call(cohort.teacher(), note)));
  });
  if (second) planUpdate(cohort, chance, first, { index: 0, at: (h) => at(75, h) }, second);
}

/** One update; feedback on it within days, an answer, a rating. */
function planUpdate(
  { agenda, steps, cohortId, timeZone, teacher }: LearningCohort,
  chance: Chance,
  student: () => Someone,
  when: { index: number; at: (hours: number) => Date },
  peer?: () => Someone,
): void {
  const hours = 4 + chance.below(60);
  const helpfulness = chance.pick(["3", "4", "4", "5", "5"]);
  const ask = chance.below(4) === 0 ? "revise" : "none";
  let updateId = "";
  let feedbackId = "";
  agenda.at(when.at(0), async () => {
    const input = {
      cohortId: cohortId(),
      week: weekAt(steps.now, timeZone),
      intent: "publish",
      ...UPDATES[when.index % UPDATES.length],
    };
    ({ updateId } = steps.must(await writeUpdate(steps.call(student(), input))));
  });
  if (peer)
    agenda.at(when.at(2), async () => {
      const body = "Mine slipped at the same place. Come and look.";
      steps.must(await commentOnUpdate(steps.call(peer(), { updateId, body })));
    });
  agenda.at(when.at(hours), async () => {
    const body = FEEDBACK[when.index % FEEDBACK.length];
    const input = { on: "update", id: updateId, body, ask };
    ({ feedbackId } = steps.must(await giveFeedback(steps.call(teacher(), input))));
  });
  agenda.at(when.at(hours + 20), async () => {
    const rating = { feedbackId, helpfulness };
    steps.must(await rateFeedback(steps.call(student(), rating)));
    const body = REPLIES[when.index % REPLIES.length];
    steps.must(await replyToFeedback(steps.call(student(), { feedbackId, body })));
  });
}

/** Before a cohort begins: its teacher has written to everybody, and its first student's update waits for feedback. */
export function planFirstWords(cohort: LearningCohort, told: Date, written: Date): void {
  const { agenda, steps, cohortId, timeZone, teacher } = cohort;
  agenda.at(told, async () => {
    const body =
      "You can write here before we begin: what you are trying now is the best introduction.";
    const input = { cohortId: cohortId(), title: "Welcome", body };
    steps.must(await postAnnouncement(steps.call(teacher(), input)));
  });
  for (const student of cohort.students)
    agenda.at(written, async () => {
      const input = {
        cohortId: cohortId(),
        week: weekAt(steps.now, timeZone),
        intent: "publish",
        did: "Braided reed by hand until my hands knew it. Forty metres.",
        learnt: "The third strand carries the load; the other two only keep it there.",
        next: "Find out how far apart they may be.",
      };
      steps.must(await writeUpdate(steps.call(student(), input)));
    });
}
