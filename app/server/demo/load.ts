import { DateTime } from "luxon";
import { storeDocument } from "~/features/gains/store-document.server";
import { editProfile } from "~/features/people/edit-profile.server";
import { centsForInput } from "~/lib/money";
import { Agenda, Chance } from "./agenda";
import {
  type CastCohort,
  type CastStudent,
  COHORTS,
  NEWCOMER,
  OPEN_COHORT,
  OPERATOR,
  type Outcome,
  QUESTIONS,
  SECOND_OPERATOR,
  TEACHERS,
} from "./cast";
import { planFirstWords, planLearning } from "./learning";
import { planScouting } from "./scouting";
import { type MadeCohort, type Operators, type Someone, Steps } from "./steps";

export const DEMO_SEED = 20_261_122;
const CAPS = ["none", "3", "5"] as const;
const SUNSETS = ["none", "10", "20"] as const;
/** The smallest document that is one. */
const PAPER = new TextEncoder().encode("%PDF-1.4\n% closing statement\n%%EOF\n");

type World = {
  steps: Steps;
  agenda: Agenda;
  chance: Chance;
  people: Map<string, Someone>;
  today: DateTime;
  seed: number;
};

/**
 * Loads the demo world of a seed and a date through the product's own commands: 2 teachers, 22 students, 22 investments
 * over five years with gains, and one cohort open today. Same seed and date, same world (but for random ids). Expects an
 * empty database; throws when a command refuses.
 */
export async function loadDemo(options: {
  now: Date;
  seed?: number;
  log?: (line: string) => void;
}): Promise<void> {
  const log = options.log ?? (() => {});
  const today = DateTime.fromJSDate(options.now, { zone: "utc" }).startOf("day");
  const seed = options.seed ?? DEMO_SEED;
  const world: World = {
    steps: new Steps("demo", options.now),
    agenda: new Agenda(),
    chance: new Chance(seed),
    people: new Map(),
    today,
    seed,
  };
  const beginning = today.minus({ months: 63 });
  world.agenda.at(beginning.toJSDate(), () => arrive(world));
  for (const cohort of COHORTS) planCohort(world, cohort);
  planOpenCohort(world);
  planScouting(world);
  let year = 0;
  await world.agenda.run(options.now, (now, done, of) => {
    world.steps.now = now;
    if (now.getUTCFullYear() !== year) {
      year = now.getUTCFullYear();
      log(`  ${year}: ${done} of ${of} events`);
    }
  });
}

async function arrive({ steps, people }: World): Promise<void> {
  people.set("ines", await steps.joinAsOperator(OPERATOR));
  people.set("otto", await steps.joinAsOperator(SECOND_OPERATOR));
  for (const teacher of Object.values(TEACHERS)) {
    const someone = await steps.join(teacher);
    people.set(teacher.handle, someone);
    steps.must(
      await editProfile(
        steps.call(someone, {
          headline: teacher.headline,
          work: teacher.work,
          explorationPlan: "",
        }),
      ),
    );
  }
}

const person = ({ people }: World, handle: string): Someone => {
  const someone = people.get(handle);
  if (!someone) throw new Error(`${handle} has not arrived`);
  return someone;
};

/** The two operators that money in and out takes. */
const operators = (world: World): Operators => [person(world, "ines"), person(world, "otto")];

const idOf = (cohort: MadeCohort | undefined): string => {
  if (!cohort) throw new Error("no cohort");
  return cohort.cohortId;
};

/** One hour of one day, so many days after another: acts of one day keep their order. */
const when = (day: DateTime, days: number, hour: number, minute = 0): Date =>
  day.plus({ days, hours: hour, minutes: minute }).toJSDate();

async function joinStudent({ steps, people }: World, cast: CastStudent): Promise<void> {
  const someone = await steps.join(cast);
  people.set(cast.handle, someone);
  const profile = {
    headline: cast.headline,
    work: `${cast.headline}. Notes and drawings on request.`,
    explorationPlan: cast.plan,
  };
  steps.must(await editProfile(steps.call(someone, profile)));
}

function planCohort(world: World, cast: CastCohort): void {
  const { agenda, steps, chance, today } = world;
  const start = today.minus({ months: cast.monthsAgo });
  const day = (days: number): string => start.plus({ days }).toISODate() ?? "";
  let made: MadeCohort | undefined;
  agenda.at(when(start, -46, 9), async () => {
    const teacher = person(world, cast.teacher);
    await steps.verify(teacher, person(world, "ines"));
    await steps.deposit(teacher, operators(world), "400,000");
    made = await steps.openCohort(teacher, {
      title: cast.title,
      skill: cast.skill,
      pitch: cast.pitch,
      capacity: "6",
      timeZone: "Europe/Paris",
      opensAt: `${day(-45)}T09:00`,
      closesAt: `${day(-21)}T18:00`,
      startsOn: day(0),
      endsOn: day(84),
      questions: QUESTIONS,
      amount: "40,000",
      percent: "2",
    });
  });
  const handles = [...cast.students.map((s) => s.handle), ...(cast.again ?? [])];
  const spaceOf = {
    agenda,
    steps,
    seed: world.seed + cast.monthsAgo,
    timeZone: "Europe/Paris",
    cohortId: () => idOf(made),
    teacher: () => person(world, cast.teacher),
    students: handles.map((handle) => () => person(world, handle)),
  };
  planLearning(spaceOf, start);
  for (const [index, student] of cast.students.entries())
    agenda.at(when(start, -40, 10, index), () => joinStudent(world, student));
  for (const [index, handle] of handles.entries()) {
    const outcome = cast.students.find((s) => s.handle === handle)?.outcome;
    const percent = chance.pick(["1", "1.5", "2", "2.5", "3"]);
    const terms = {
      percent,
      amount: String(chance.pick([12, 15, 18, 20, 24]) * 1000 * Number(percent)),
      payoutCap: chance.pick(CAPS),
      sunset: chance.pick(SUNSETS),
    };
    let application = "";
    let offer = "";
    agenda.at(when(start, -30, 10, index), async () => {
      if (!made) throw new Error("no cohort");
      application = await steps.apply(person(world, handle), made, [
        "A hand of cardboard; I learnt to measure first.",
        "See my plan.",
      ]);
    });
    agenda.at(when(start, -20, 10, index), () =>
      steps.decide(person(world, cast.teacher), application),
    );
    agenda.at(when(start, -18, 10, index), async () => {
      offer = await steps.offer(
        person(world, cast.teacher),
        application,
        handle === "alice" ? { ...terms, payoutCap: "none" } : terms,
      );
    });
    agenda.at(when(start, -15, 10, index), () => steps.sign(person(world, handle), offer));
    agenda.at(when(start, -8, 10, index), () => steps.settle(offer));
    agenda.at(when(start, 30 + index, 12), () =>
      steps.withdraw(
        person(world, handle),
        operators(world),
        String(chance.pick([4, 6, 8]) * 1000),
      ),
    );
    if (outcome)
      planOutcome(world, handle, start.plus({ days: -8, months: outcome.afterMonths }), outcome);
  }
}

/** A company is sold, declared two weeks later, paid the week after, and looked at by the operator. */
function planOutcome(world: World, handle: string, closing: DateTime, outcome: Outcome): void {
  const { agenda, steps } = world;
  const { afterMonths: _, document, grade, ...sale } = outcome;
  let gain = { gainId: "", toPayCents: "0" };
  agenda.at(when(closing, 14, 14), async () => {
    const owner = person(world, handle);
    const paper = document
      ? steps.must(
          await storeDocument(
            steps.call(owner, { fileName: "closing-statement.pdf", bytes: PAPER }),
          ),
        )
      : {};
    gain = await steps.declare(owner, {
      ...sale,
      closingDate: closing.toISODate() ?? "",
      ...paper,
    });
  });
  agenda.at(when(closing, 21, 14), async () => {
    if (BigInt(gain.toPayCents) === 0n) return;
    await steps.deposit(person(world, handle), operators(world), centsForInput(gain.toPayCents));
    await steps.pay(person(world, handle), gain.gainId);
  });
  if (grade) {
    const reason =
      grade === "tax_transcript"
        ? "Transcript of the tax office matches."
        : "The buyer's counsel confirmed the closing.";
    agenda.at(when(closing, 40, 11), () =>
      steps.grade(person(world, "ines"), gain.gainId, grade, reason),
    );
  }
}

/** One cohort takes applications today, and one of its students has an offer to read. */
function planOpenCohort(world: World): void {
  const { agenda, steps, today } = world;
  const day = (days: number): string => today.plus({ days }).toISODate() ?? "";
  let cohort: MadeCohort | undefined;
  let application = "";
  agenda.at(when(today, -14, 9), async () => {
    const maya = person(world, "maya");
    await steps.verify(maya, person(world, "ines"));
    await steps.deposit(maya, operators(world), "250,000");
    cohort = await steps.openCohort(maya, {
      ...OPEN_COHORT,
      capacity: "8",
      timeZone: "Europe/Stockholm",
      opensAt: `${day(-13)}T09:00`,
      closesAt: `${day(21)}T18:00`,
      startsOn: day(35),
      endsOn: day(119),
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
  agenda.at(when(today, -9, 10), () => joinStudent(world, NEWCOMER));
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
