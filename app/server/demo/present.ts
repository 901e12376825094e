import { NEWCOMER, OPEN_COHORT, QUESTIONS, REVIEWED_COHORT, REVIEWED_QUESTIONS } from "./cast";
import { planFirstWords } from "./learning";
import { becomeSisters, collectWorks, discuss, letLate, score, writeRubric } from "./set-up";
import type { MadeCohort } from "./steps";
import { arrive, idOf, keepVerified, operators, person, type World, when } from "./world";

/** One cohort takes applications today, and one of its students has an offer to read; it shares its space with the one that runs. */
export function planOpenCohort(world: World, running: () => MadeCohort): void {
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
      finderStake: "5",
    });
    await writeRubric(steps, maya, cohort);
    const amara = person(world, "amara");
    await steps.teachTogether(maya, amara, cohort.cohortId, { role: "reviewer" });
  });
  agenda.at(when(today, -10, 9), async () => {
    const [maya, elena] = [person(world, "maya"), person(world, "elena")];
    const asks = { teacher: maya, cohortId: idOf(cohort) };
    await becomeSisters(steps, asks, { teacher: elena, slug: running().slug });
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
    const noor = person(world, "noor");
    application = await steps.apply(
      noor,
      cohort,
      ["A loom that ate its own thread. I drew every step of how.", NEWCOMER.plan],
      await collectWorks(steps, noor),
    );
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
    const lukas = person(world, "lukas");
    await writeRubric(steps, lukas, cohort);
    for (const handle of REVIEWERS)
      await steps.teachTogether(lukas, person(world, handle), cohort.cohortId, {
        role: "reviewer",
      });
  });
  const applications: string[] = [];
  for (let nth = 0; nth < APPLICANTS; nth++) {
    const student = crowd.next();
    const given = chance.pick(["2", "3", "3", "4", "5"]);
    agenda.at(when(today, -30 + nth, 10), () => arrive(world, student));
    agenda.at(when(today, -28 + nth, 15), async () => {
      if (!cohort) throw new Error("no cohort");
      applications[nth] = await steps.apply(person(world, student.handle), cohort, [
        "That there are infinitely many primes; I distrust the word “suppose”.",
        `${student.headline}: I would build it as a toy first.`,
      ]);
    });
    const read = (days: number, reviewer: string, scores: string[], note: string) =>
      agenda.at(when(today, days, 9, nth), async () => {
        if (!cohort) throw new Error("no cohort");
        const applicationId = applications[nth] ?? "";
        await score(steps, person(world, reviewer), { applicationId, cohort, scores, note });
      });
    const second = SECOND_SCORES[nth];
    if (nth < READ_SO_FAR) read(-3, "lukas", [given], "Read twice. Answers what was asked.");
    if (second) read(-2, "tomas", second, "");
  }
  agenda.at(when(today, -1, 11), () =>
    discuss(world, {
      ...{ teacher: "lukas", reviewer: "tomas" },
      ...{ talkedAbout: applications[0] ?? "", leftOut: applications[4] ?? "" },
    }),
  );
  agenda.at(when(today, -1, 12), async () => {
    const decided = [
      ["admit", [2, 3], ""],
      ["waitlist", [0], ""],
      ["decline", [1], "Your first answer names the step; say next time why it holds."],
      ["hold", [4], ""],
    ] as const;
    for (const [kind, nths, feedback] of decided) {
      const ids = nths.map((nth) => applications[nth] ?? "");
      await steps.decideLater(person(world, "lukas"), idOf(cohort), ids, kind, feedback);
    }
  });
  planLateApplication(world, () => cohort);
}

/** Who reads beside the teacher, and how the first of them has scored so far. */
const REVIEWERS = ["tomas", "amara"];
const SECOND_SCORES = [
  ["3", "4", "4"],
  ["2", "2", "3"],
  ["5", "4", "5"],
];

/** One who was ill applies three days after the deadline, with a code. */
function planLateApplication(
  { agenda, steps, today, people }: World,
  made: () => MadeCohort | undefined,
) {
  agenda.at(when(today, -4, 9), async () => {
    const cohort = made();
    if (!cohort) throw new Error("no cohort");
    const [teacher, student] = [person({ people }, "lukas"), person({ people }, "tariq")];
    const validUntil = `${today.plus({ days: 2 }).toISODate()}T18:00`;
    await letLate(steps, { teacher, student, cohort, validUntil });
    await steps.apply(student, cohort, [
      "Euclid’s, of course; and I distrust “let”.",
      "Stairs, on which each step is one case.",
    ]);
  });
}
