import { scoreApplication } from "~/features/reviews/score-application.server";
import { NEWCOMER, OPEN_COHORT, QUESTIONS, REVIEWED_COHORT, REVIEWED_QUESTIONS } from "./cast";
import { planFirstWords } from "./learning";
import type { MadeCohort } from "./steps";
import { arrive, idOf, keepVerified, operators, person, type World, when } from "./world";

/** One cohort takes applications today, and one of its students has an offer to read. */
export function planOpenCohort(world: World): void {
  const { agenda, steps, today } = world;
  const day = (days: number): string => today.plus({ days }).toISODate() ?? "";
  let cohort: MadeCohort | undefined;
  let application = "";
  agenda.at(when(today, -14, 9), async () => {
    const maya = person(world, "maya");
    await keepVerified(world, "maya");
    await steps.deposit(maya, operators(world), "250,000");
    cohort = await steps.openCohort(maya, {
      ...OPEN_COHORT,
      capacity: "8",
      timeZone: "Europe/Stockholm",
      opensAt: `${day(-13)}T09:00`,
      closesAt: `${day(21)}T18:00`,
      startsAt: `${day(35)}T09:00`,
      endsAt: `${day(119)}T18:00`,
      questions: QUESTIONS,
      amount: "45,000",
      percent: "1.5",
      payoutCap: "5",
      sunset: "20",
    });
  });
  const spaceOf = {
    agenda,
    steps,
    seed: world.seed,
    timeZone: "Europe/Stockholm",
    cohortId: () => idOf(cohort),
    teacher: () => person(world, "maya"),
    students: [() => person(world, NEWCOMER.handle)],
  };
  planFirstWords(spaceOf, when(today, -3, 12), when(today, -2, 17));
  agenda.at(when(today, -9, 10), () => arrive(world, NEWCOMER));
  agenda.at(when(today, -8, 10), async () => {
    if (!cohort) throw new Error("no cohort");
    application = await steps.apply(person(world, "noor"), cohort, [
      "A loom that ate its own thread. I drew every step of how.",
      NEWCOMER.plan,
    ]);
  });
  agenda.at(when(today, -4, 10), () => steps.decide(person(world, "maya"), application));
  agenda.at(when(today, -3, 10), async () => {
    await steps.offer(person(world, "maya"), application, {
      amount: "45,000",
      percent: "1.5",
      payoutCap: "5",
      sunset: "20",
    });
  });
}

const APPLICANTS = 11;
const READ_SO_FAR = 5;

/** Applications to one cohort have closed five days ago; its teacher, who is new, has read some of them. */
export function planReviewedCohort(world: World): void {
  const { agenda, steps, today, crowd, chance } = world;
  const day = (days: number): string => today.plus({ days }).toISODate() ?? "";
  let cohort: MadeCohort | undefined;
  agenda.at(when(today, -34, 9), async () => {
    await keepVerified(world, "lukas");
    await steps.deposit(person(world, "lukas"), operators(world), "120,000");
    cohort = await steps.openCohort(person(world, "lukas"), {
      ...REVIEWED_COHORT,
      capacity: "4",
      timeZone: "Europe/Zurich",
      opensAt: `${day(-33)}T09:00`,
      closesAt: `${day(-5)}T18:00`,
      startsAt: `${day(20)}T09:00`,
      endsAt: `${day(104)}T18:00`,
      questions: REVIEWED_QUESTIONS,
      amount: "25,000",
      percent: "1.5",
    });
  });
  for (let nth = 0; nth < APPLICANTS; nth++) {
    const student = crowd.next();
    const score = chance.pick(["2", "3", "3", "4", "5"]);
    let application = "";
    agenda.at(when(today, -30 + nth, 10), () => arrive(world, student));
    agenda.at(when(today, -28 + nth, 15), async () => {
      if (!cohort) throw new Error("no cohort");
      application = await steps.apply(person(world, student.handle), cohort, [
        "That there are infinitely many primes; I distrust the word “suppose”.",
        `${student.headline}: I would build it as a toy first.`,
      ]);
    });
    if (nth < READ_SO_FAR)
      agenda.at(when(today, -3, 9, nth), async () => {
        const note = "Read twice. Answers what was asked.";
        const scores = Object.fromEntries((cohort?.criterionIds ?? []).map((id) => [id, score]));
        const input = { applicationId: application, scores, note };
        steps.must(await scoreApplication(steps.call(person(world, "lukas"), input)));
      });
  }
}
