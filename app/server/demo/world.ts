import type { DateTime } from "luxon";
import { editProfile } from "~/features/people/edit-profile.server";
import type { Agenda, Chance } from "./agenda";
import type { CastStudent, TeacherHandle } from "./cast";
import type { Crowd } from "./crowd";
import type { MadeCohort, Operators, Someone, Steps } from "./steps";

/** A student who has been through a cohort and may apply to another teacher's. */
export type Alumnus = { handle: string; teachers: readonly TeacherHandle[]; monthsAgo: number };

/** A demo world in the making. Chances are drawn while it is planned, none while it runs. */
export type World = {
  steps: Steps;
  agenda: Agenda;
  chance: Chance;
  crowd: Crowd;
  people: Map<string, Someone>;
  alumni: Alumnus[];
  /** Students of the crowd by the title of their first cohort, in order. */
  crowdOf: Map<string, string[]>;
  /** The offer by which each student was first invested in, once it has settled. */
  settled: Map<string, string>;
  /** Until when each investor is verified, in milliseconds of the world's clock. */
  verifiedUntil: Map<string, number>;
  today: DateTime;
  seed: number;
};

const DAY_MS = 86_400_000;
/** A verification lasts a year; it is renewed when less than a month of it is left. */
const VERIFIED_DAYS = 335;

/** A person who has arrived. Throws before. */
export const person = ({ people }: Pick<World, "people">, handle: string): Someone => {
  const someone = people.get(handle);
  if (!someone) throw new Error(`${handle} has not arrived`);
  return someone;
};

/** The two operators that money in and out takes. */
export const operators = (world: Pick<World, "people">): Operators => [
  person(world, "ines"),
  person(world, "otto"),
];

export const idOf = (cohort: MadeCohort | undefined): string => {
  if (!cohort) throw new Error("no cohort");
  return cohort.cohortId;
};

/** One hour of one day, so many days after another: acts of one day keep their order. */
export const when = (day: DateTime, days: number, hour: number, minute = 0): Date =>
  day.plus({ days, hours: hour, minutes: minute }).toJSDate();

/** Sees to it that an investor is verified now. */
export async function keepVerified(world: World, handle: string): Promise<void> {
  const now = world.steps.now.getTime();
  if ((world.verifiedUntil.get(handle) ?? 0) > now) return;
  await world.steps.verify(person(world, handle), person(world, "ines"));
  world.verifiedUntil.set(handle, now + VERIFIED_DAYS * DAY_MS);
}

/** Somebody signs up and writes a profile. */
export async function arrive(
  { steps, people }: World,
  someone: CastStudent | (Parameters<Steps["join"]>[0] & { headline: string; work: string }),
): Promise<void> {
  const joined = await steps.join(someone);
  people.set(someone.handle, joined);
  const profile = {
    headline: someone.headline,
    work: "work" in someone ? someone.work : `${someone.headline}. Notes and drawings on request.`,
    explorationPlan: "plan" in someone ? someone.plan : "",
  };
  steps.must(await editProfile(steps.call(joined, profile)));
}
