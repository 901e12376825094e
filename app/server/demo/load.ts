import { DateTime } from "luxon";
import { holdingMail } from "#db/jobs.server";
import { planAfterwards } from "./afterwards";
import { Agenda, Chance } from "./agenda";
import { COHORTS, NEWCOMER, OPERATOR, RUNNING_COHORT, SECOND_OPERATOR, TEACHERS } from "./cast";
import { planCohort } from "./cohort";
import { Crowd } from "./crowd";
import { planOutcome } from "./gains";
import { planOpenCohort, planReviewedCohort } from "./present";
import { planScouting, SCOUTS } from "./scouting";
import { Steps } from "./steps";
import { arrive, type World } from "./world";

export const DEMO_SEED = 20_261_122;
const FIRST_MONTHS_AGO = 96;

/**
 * Loads the demo world of a seed and a date through the product's own commands: 6 teachers, about 150 students, 10 scouts
 * and 300 investments over eight years, with outcomes that follow a power law. Same seed and date, same world (but for
 * random ids). Expects an empty database; throws when a command refuses. Its letters wait in the outbox, without jobs.
 */
export async function loadDemo(options: {
  now: Date;
  seed?: number;
  /** Ends the story there, before `now`. */
  until?: Date;
  log?: (line: string) => void;
}): Promise<void> {
  const log = options.log ?? (() => {});
  const today = DateTime.fromJSDate(options.now, { zone: "utc" }).startOf("day");
  const seed = options.seed ?? DEMO_SEED;
  const chance = new Chance(seed);
  const named = COHORTS.flatMap(({ students }) => students.map(({ handle }) => handle));
  const world: World = {
    steps: new Steps("demo", options.now),
    agenda: new Agenda(),
    chance,
    crowd: new Crowd(chance, [...named, ...Object.keys(SCOUTS), NEWCOMER.handle]),
    people: new Map(),
    alumni: [],
    crowdOf: new Map(),
    settled: new Map(),
    verifiedUntil: new Map(),
    today,
    seed,
  };
  world.agenda.at(today.minus({ months: FIRST_MONTHS_AGO }).toJSDate(), () => open(world));
  for (const cohort of COHORTS)
    planCohort(world, cohort, today.minus({ months: cohort.monthsAgo }));
  const running = { ...RUNNING_COHORT, monthsAgo: 1 };
  const runningMade = planCohort(world, running, today.minus({ days: 35 }));
  planReviewedCohort(world);
  planOpenCohort(world, runningMade);
  planScouting(world);
  planOverdue(world);
  planAfterwards(world);
  let year = 0;
  const tell = (now: Date, done: number, of: number) => {
    world.steps.now = now;
    if (now.getUTCFullYear() !== year) {
      year = now.getUTCFullYear();
      log(`  ${year}: ${done} of ${of} events`);
    }
  };
  await holdingMail(() => world.agenda.run(options.until ?? options.now, tell));
}

/** The operators and the teachers are there first. */
async function open(world: World): Promise<void> {
  for (const operator of [OPERATOR, SECOND_OPERATOR])
    world.people.set(operator.handle, await world.steps.joinAsOperator(operator));
  for (const teacher of Object.values(TEACHERS)) await arrive(world, teacher);
}

/** Somebody has sold, has declared it seven weeks ago, and has not paid. */
function planOverdue(world: World): void {
  const sold = {
    afterMonths: 0,
    company: "Adit Surveys",
    proceeds: "240,000",
    basis: "16,000",
    costs: "9,000",
    document: true,
  };
  planOutcome(world, "ben", world.today.minus({ days: 63 }), sold, true);
}
