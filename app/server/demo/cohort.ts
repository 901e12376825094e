import type { DateTime } from "luxon";
import { type CastCohort, type CastStudent, QUESTIONS } from "./cast";
import { planExpectations } from "./expectations";
import { fortuneOf } from "./fortune";
import { planOutcome } from "./gains";
import { planLearning } from "./learning";
import type { MadeCohort, Terms } from "./steps";
import { arrive, idOf, keepVerified, operators, person, type World, when } from "./world";

const CAPS = ["none", "3", "5"] as const;
const SUNSETS = ["none", "10", "20"] as const;
/** Who has been in a cohort for so long may apply to another teacher's. */
const AGAIN_AFTER_MONTHS = 10;
const NAMED_WITHDRAW = ["4000", "6000", "8000"] as const;

/** One place in a cohort that is being planned, with what is agreed for it. */
type Place = {
  handle: string;
  /** Absent for who has been in an earlier cohort. */
  student?: CastStudent;
  scout?: string;
  terms: Terms & { percent: string };
};
type Planned = {
  cast: CastCohort;
  start: DateTime;
  places: Place[];
  made: () => MadeCohort;
};

function drawTerms({ chance }: World, handle: string, shared: boolean): Place["terms"] {
  const percent = chance.pick(shared ? ["0.5", "1", "1.5"] : ["1", "1.5", "2", "2.5", "3"]);
  const amount = String(chance.pick([12, 15, 18, 20, 24]) * 1000 * Number(percent));
  const payoutCap = chance.pick(CAPS);
  const sunset = chance.pick(SUNSETS);
  return { percent, amount, payoutCap: handle === "alice" ? "none" : payoutCap, sunset };
}

/** Former students of other teachers, each once, drawn from those whose first cohort is long enough ago. */
function drawAlumni(world: World, cast: CastCohort): string[] {
  const { chance, alumni } = world;
  const able = alumni.filter(
    ({ teachers, monthsAgo }) =>
      monthsAgo - cast.monthsAgo >= AGAIN_AFTER_MONTHS &&
      !teachers.includes(cast.teacher) &&
      !(cast.partner && teachers.includes(cast.partner)),
  );
  const drawn: string[] = [];
  for (let n = 0; n < (cast.others ?? 0) && able.length > 0; n++) {
    const [one] = able.splice(chance.below(able.length), 1);
    if (!one) break;
    alumni.splice(alumni.indexOf(one), 1);
    drawn.push(one.handle);
  }
  return drawn;
}

function drawPlaces(world: World, cast: CastCohort): Place[] {
  const shared = cast.partner !== undefined;
  const scouts = [...(cast.scouts ?? [])];
  const students = [...cast.students];
  const named = students.length;
  while (students.length < cast.places) students.push(world.crowd.next());
  const fresh = students.map((student, nth): Place => {
    const scout = nth >= named ? scouts.shift() : undefined;
    const terms = drawTerms(world, student.handle, shared);
    return { handle: student.handle, student, terms, ...(scout ? { scout } : {}) };
  });
  const back = [...(cast.again ?? []), ...drawAlumni(world, cast)];
  return [...fresh, ...back.map((handle) => ({ handle, terms: drawTerms(world, handle, shared) }))];
}

/**
 * A cohort from its opening to what its students' companies come to: applications, admissions, offers, signatures,
 * settlements, weeks of learning, later offers by the same teacher, and sales. `start` is its first day. Answers where the cohort will be.
 */
export function planCohort(world: World, cast: CastCohort, start: DateTime): () => MadeCohort {
  let made: MadeCohort | undefined;
  const planned: Planned = {
    cast,
    start,
    places: drawPlaces(world, cast),
    made: () => {
      if (!made) throw new Error("no cohort");
      return made;
    },
  };
  const { agenda, steps } = world;
  agenda.at(when(start, -46, 9), async () => {
    made = await openTheCohort(world, planned);
  });
  planLearning(
    {
      agenda,
      steps,
      seed: world.seed + cast.monthsAgo,
      timeZone: cast.timeZone,
      cohortId: () => idOf(made),
      teacher: () => person(world, cast.teacher),
      students: planned.places.map(
        ({ handle }) =>
          () =>
            person(world, handle),
      ),
    },
    start,
  );
  for (const [nth, place] of planned.places.entries()) planPlace(world, planned, place, nth);
  agenda.at(when(start, -20, 11), () =>
    steps.release(person(world, cast.teacher), planned.made().cohortId),
  );
  const teachers = [cast.teacher, ...(cast.partner ? [cast.partner] : [])];
  const crowd = planned.places.filter(({ student }) => student && !cast.students.includes(student));
  world.crowdOf.set(
    cast.title,
    crowd.map(({ handle }) => handle),
  );
  for (const { handle } of crowd)
    world.alumni.push({ handle, teachers, monthsAgo: cast.monthsAgo });
  return planned.made;
}

async function openTheCohort(world: World, { cast, start, places }: Planned) {
  const { steps } = world;
  const day = (days: number): string => start.plus({ days }).toISODate() ?? "";
  const teachers = [cast.teacher, ...(cast.partner ? [cast.partner] : [])];
  const needed = places.reduce((sum, { terms }) => sum + Number(terms.amount), 0);
  for (const handle of teachers) {
    await keepVerified(world, handle);
    await steps.deposit(person(world, handle), operators(world), String(needed + 10_000));
  }
  const made = await steps.openCohort(person(world, cast.teacher), {
    title: cast.title,
    skill: cast.skill,
    pitch: cast.pitch,
    capacity: String(places.length + 2),
    timeZone: cast.timeZone,
    opensAt: `${day(-45)}T09:00`,
    closesAt: `${day(-21)}T18:00`,
    startsAt: `${day(0)}T09:00`,
    endsAt: `${day(84)}T18:00`,
    questions: QUESTIONS,
    amount: cast.partner ? "20,000" : "40,000",
    percent: cast.partner ? "1" : "2",
    ...(cast.finderStake ? { finderStake: cast.finderStake } : {}),
  });
  if (cast.partner)
    await steps.teachTogether(
      person(world, cast.teacher),
      person(world, cast.partner),
      made.cohortId,
    );
  return made;
}

function planPlace(world: World, planned: Planned, place: Place, nth: number): void {
  const { agenda, steps, chance } = world;
  const { cast, start, made } = planned;
  const { handle, student, scout } = place;
  if (student && scout) {
    let referral = "";
    agenda.at(when(start, -44, 9, nth), async () => {
      const reasons = `Knows more about ${student.headline.toLowerCase()} than anybody I have asked.`;
      referral = await steps.refer(person(world, scout), student, reasons, made().cohortId);
    });
    agenda.at(when(start, -40, 11, nth), () => steps.confirmScout(person(world, handle), referral));
    const of = { scout, talent: handle, referral: () => referral };
    planExpectations(world, of, start.minus({ days: 44 }), nth % 2);
  }
  if (student) agenda.at(when(start, -40, 10, nth), () => arrive(world, student));
  const application = planDeal(world, planned, place, nth);
  if (!student) return;
  const named = cast.students.includes(student);
  if (named)
    agenda.at(when(start, 30 + nth, 12), () =>
      steps.withdraw(person(world, handle), operators(world), NAMED_WITHDRAW[nth % 3] ?? "4000"),
    );
  const drawn = fortuneOf(chance, student, cast.monthsAgo);
  const outcome = named ? student.outcome : drawn;
  const later = chance.below(100);
  const month = 12 + chance.below(9);
  const rise = 110 + chance.below(200);
  if (!named && later < 45 && month < cast.monthsAgo - 3)
    planLaterOffer(world, planned, place, {
      application,
      day: start.plus({ months: month, days: nth }),
      risePercent: rise,
    });
  if (outcome)
    planOutcome(world, handle, start.plus({ days: -8, months: outcome.afterMonths }), outcome);
}

/** Applies, is admitted, is offered money, signs, and it settles. Answers where the application's id will be. */
function planDeal(world: World, planned: Planned, place: Place, nth: number): () => string {
  const { agenda, steps } = world;
  const { cast, start, made } = planned;
  const { handle, terms } = place;
  let application = "";
  let offer = "";
  agenda.at(when(start, -30, 10, nth), async () => {
    application = await steps.apply(person(world, handle), made(), [
      "A hand of cardboard; I learnt to measure first.",
      "See my plan.",
    ]);
  });
  agenda.at(when(start, -20, 10, nth), () =>
    steps.decideLater(person(world, cast.teacher), made().cohortId, [application], "admit"),
  );
  agenda.at(when(start, -18, 10, nth), async () => {
    const { percent, amount } = terms;
    const parts = cast.partner ? [{ handle: cast.partner, amount, percent }] : [];
    const all = cast.partner ? { ...terms, parts } : terms;
    offer = await steps.offer(person(world, cast.teacher), application, all);
  });
  const { partner } = cast;
  if (partner)
    agenda.at(when(start, -17, 9, nth), () => steps.fundPart(person(world, partner), offer));
  agenda.at(when(start, -15, 10, nth), () => steps.sign(person(world, handle), offer));
  agenda.at(when(start, -8, 10, nth), async () => {
    await steps.settle(offer);
    if (place.student) world.settled.set(handle, offer);
  });
  return () => application;
}

/** A year or more later the same teacher buys another 1%, dearer. */
function planLaterOffer(
  world: World,
  { cast }: Planned,
  { handle, terms }: Place,
  later: { application: () => string; day: DateTime; risePercent: number },
): void {
  const { agenda, steps } = world;
  const perPercent = Number(terms.amount) / Number(terms.percent);
  const amount = String(Math.round((perPercent * later.risePercent) / 100 / 100) * 100);
  let offer = "";
  agenda.at(when(later.day, 0, 10), async () => {
    const teacher = person(world, cast.teacher);
    await keepVerified(world, cast.teacher);
    await steps.deposit(teacher, operators(world), amount);
    offer = await steps.offer(teacher, later.application(), { percent: "1", amount });
  });
  agenda.at(when(later.day, 2, 10), () => steps.sign(person(world, handle), offer));
  agenda.at(when(later.day, 9, 10, 5), () => steps.settle(offer));
}
