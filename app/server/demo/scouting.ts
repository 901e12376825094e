import { QUESTIONS } from "./cast";
import { planExpectations, planLink } from "./expectations";
import type { MadeCohort, NewPerson, Someone } from "./steps";
import { arrive, keepVerified, operators, person, type World } from "./world";

const somebody = (
  name: string,
  handle: string,
  country: string,
  dateOfBirth: string,
  headline: string,
) => ({ name, handle, country, dateOfBirth, headline, work: `${headline}.` });

/** Everybody who refers talent, by handle. */
export const SCOUTS = {
  yuki: somebody(
    "Yuki Tanaka",
    "yuki",
    "JP",
    "1969-09-08",
    "Runs a repair shop that schools send their strangest pupils to",
  ),
  pavel: somebody(
    "Pavel Dvořák",
    "pavel",
    "CZ",
    "1987-01-17",
    "Organises a programming contest in a railway station",
  ),
  ruth: somebody("Ruth Abebe", "ruth", "KE", "1975-02-02", "Teaches chemistry to nurses at night"),
  samir: somebody(
    "Samir Khoury",
    "samir",
    "LB",
    "1983-06-21",
    "Keeps the oldest workshop of his street open",
  ),
  marek: somebody("Marek Zając", "marek", "PL", "1979-12-05", "Judges robots on Sundays"),
  "ines-costa": somebody(
    "Inês Costa",
    "ines-costa",
    "PT",
    "1991-03-30",
    "Answers questions on a forum for beginners",
  ),
  olu: somebody(
    "Olu Adewale",
    "olu",
    "NG",
    "1986-07-11",
    "Runs the only open laboratory of his city",
  ),
  beatriz: somebody("Beatriz Molina", "beatriz", "ES", "1972-05-27", "Photographs workshops"),
  nadine: somebody(
    "Nadine Roux",
    "nadine",
    "FR",
    "1968-08-19",
    "Repairs instruments for an observatory",
  ),
  tove: somebody(
    "Tove Lund",
    "tove",
    "DK",
    "1994-01-08",
    "Writes about people who make things at night",
  ),
} satisfies Record<string, NewPerson & { headline: string; work: string }>;
const WEN = somebody(
  "Wen Li",
  "wen",
  "SG",
  "1999-04-12",
  "Controllers for machines older than their owners",
);
const TARIQ = somebody(
  "Tariq Aziz",
  "tariq",
  "GB",
  "1999-04-12",
  "Programs that fit on a postcard",
);
/** Comes by a scout's link. */
const MIO = somebody("Mio Arai", "mio", "JP", "2001-05-05", "Springs out of paper");
/** People who have been referred and are not here. */
const AWAY = {
  jo: { name: "Jo Park", handle: "jo-park" },
  elif: { name: "Elif Kaya", handle: "elif-kaya" },
};
const MONTHS_AGO = 11;

/**
 * Ten scouts with their misses, and one cohort that Tomás and Maya run together: an offer to Wen in two parts, with a
 * finder's stake of 5% for Yuki.
 */
export function planScouting(world: World): void {
  planMisses(world);
  planLink(world, { scout: "yuki", talent: MIO }, world.today.minus({ days: 12 }), () =>
    arrive(world, MIO),
  );
  const { steps, agenda, today } = world;
  const start = today.minus({ months: MONTHS_AGO });
  const day = (days: number): string => start.plus({ days }).toISODate() ?? "";
  const at = (days: number, hour: number, act: () => Promise<void>): void =>
    agenda.at(start.plus({ days, hours: hour }).toJSDate(), act);
  const who = (handle: string): Someone => person(world, handle);
  let cohort: MadeCohort | undefined;
  const theCohort = (): MadeCohort => {
    if (!cohort) throw new Error("no cohort");
    return cohort;
  };
  const referred: Record<string, string> = {};
  const applied: Record<string, string> = {};
  let offer = "";

  at(-46, 9, async () => {
    const tomas = who("tomas");
    for (const handle of ["tomas", "maya"]) {
      await keepVerified(world, handle);
      await steps.deposit(who(handle), operators(world), "60,000");
    }
    cohort = await steps.openCohort(tomas, {
      title: "Small machines, small programs",
      skill: "Robotics and systems programming",
      pitch:
        "One machine, one program, two teachers who disagree.\n\nMaya looks at the hands, Tomás at the code. You get feedback from both, every week.",
      capacity: "4",
      timeZone: "Europe/Madrid",
      opensAt: `${day(-45)}T09:00`,
      closesAt: `${day(-21)}T18:00`,
      startsAt: `${day(0)}T09:00`,
      endsAt: `${day(84)}T18:00`,
      questions: QUESTIONS,
      amount: "20,000",
      percent: "1",
      finderStake: "5",
    });
    await steps.teachTogether(tomas, who("maya"), cohort.cohortId);
  });
  at(-44, 9, async () => {
    const { cohortId } = theCohort();
    const wen = "She rebuilt our lathe's controller over a weekend and wrote down why.";
    const tariq = "Wins the contest each year with the shortest program.";
    referred.wen = await steps.refer(who("yuki"), WEN, wen, cohortId);
    await steps.refer(who("yuki"), AWAY.jo, "Makes clocks out of bicycle parts.");
    referred.tariq = await steps.refer(who("pavel"), TARIQ, tariq, cohortId);
  });
  const of = (scout: string, talent: string) => ({
    ...{ scout, talent },
    referral: () => referred[talent] ?? "",
  });
  planExpectations(world, of("yuki", "wen"), start.minus({ days: 44 }), 2);
  planExpectations(world, of("pavel", "tariq"), start.minus({ days: 44 }), 1);
  at(-40, 9, async () => {
    await arrive(world, WEN);
    await arrive(world, TARIQ);
    for (const handle of ["wen", "tariq"])
      await steps.confirmScout(who(handle), referred[handle] ?? "");
  });
  at(-30, 14, async () => {
    const answers = ["A lathe that turned ovals. I kept one.", "I would mend one lift a week."];
    for (const handle of ["wen", "tariq"])
      applied[handle] = await steps.apply(who(handle), theCohort(), answers);
  });
  at(-20, 14, async () => {
    await steps.decide(who("maya"), applied.wen ?? "");
    await steps.decide(who("tomas"), applied.tariq ?? "", "decline");
  });
  at(-18, 14, async () => {
    const parts = [{ handle: "maya", amount: "10,000", percent: "0.5" }];
    const terms = { amount: "20,000", percent: "1", payoutCap: "5", parts } as const;
    offer = await steps.offer(who("tomas"), applied.wen ?? "", terms);
  });
  at(-17, 9, () => steps.fundPart(who("maya"), offer));
  at(-15, 14, () => steps.sign(who("wen"), offer));
  at(-8, 14, () => steps.settle(offer));
  agenda.at(today.minus({ days: 6 }).plus({ hours: 9 }).toJSDate(), async () => {
    await steps.refer(
      who("pavel"),
      AWAY.elif,
      "Braids cable for ships, by hand, faster than ours.",
    );
  });
}

const MISSES = [
  ["Ada Brook", "Draws circuits that other people can read."],
  ["Jon Field", "Has rebuilt the same engine four times."],
  ["Mina Stone", "Counts birds, and wrote the program that counts them."],
  ["Theo Marsh", "Makes locks that nobody has opened."],
] as const;

/** The scouts arrive before the first student, and each refers somebody who never comes. */
function planMisses(world: World): void {
  const { agenda, steps, today, chance } = world;
  const scouts = Object.values(SCOUTS);
  const beginning = today.minus({ months: 95 });
  agenda.at(beginning.toJSDate(), async () => {
    for (const one of scouts) await arrive(world, one);
  });
  for (const { handle } of scouts) {
    const [name, reasons] = chance.pick(MISSES);
    const months = 2 + chance.below(70);
    const talent = { name, handle: `${name.toLowerCase().replace(" ", "-")}-${handle}` };
    agenda.at(today.minus({ months }).plus({ hours: 13 }).toJSDate(), async () => {
      await steps.refer(person(world, handle), talent, reasons);
    });
  }
}
