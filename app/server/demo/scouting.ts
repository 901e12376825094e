import type { DateTime } from "luxon";
import { editProfile } from "~/features/people/edit-profile.server";
import type { Agenda } from "./agenda";
import { QUESTIONS } from "./cast";
import type { MadeCohort, NewPerson, Someone, Steps } from "./steps";

type Stage = {
  steps: Steps;
  agenda: Agenda;
  people: Map<string, Someone>;
  today: DateTime;
};

export const SCOUTS: { yuki: NewPerson; pavel: NewPerson } = {
  yuki: { name: "Yuki Tanaka", handle: "yuki", country: "JP", dateOfBirth: "1969-09-08" },
  pavel: { name: "Pavel Dvořák", handle: "pavel", country: "CZ", dateOfBirth: "1987-01-17" },
};
const WEN: NewPerson = { name: "Wen Li", handle: "wen", country: "SG" };
const TARIQ: NewPerson = { name: "Tariq Aziz", handle: "tariq", country: "GB" };
/** People who have been referred and are not here. */
const AWAY = {
  jo: { name: "Jo Park", handle: "jo-park" },
  elif: { name: "Elif Kaya", handle: "elif-kaya" },
};
const MONTHS_AGO = 11;

/**
 * Two scouts with their hits and misses, and one cohort that Tomás and Maya run together: an offer to Wen in two parts,
 * with a finder's stake of 5% for Yuki. Needs the people and operators of `loadDemo`; leaves its chances alone.
 */
export function planScouting(stage: Stage): void {
  const { steps, agenda, people, today } = stage;
  const start = today.minus({ months: MONTHS_AGO });
  const day = (days: number): string => start.plus({ days }).toISODate() ?? "";
  const at = (days: number, hour: number, act: () => Promise<void>): void =>
    agenda.at(start.plus({ days, hours: hour }).toJSDate(), act);
  const who = (handle: string): Someone => {
    const person = people.get(handle);
    if (!person) throw new Error(`${handle} has not arrived`);
    return person;
  };
  const arrive = async (person: NewPerson, headline: string): Promise<void> => {
    const someone = await steps.join(person);
    people.set(person.handle, someone);
    const profile = { headline, work: `${headline}.`, explorationPlan: "" };
    steps.must(await editProfile(steps.call(someone, profile)));
  };
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
    await steps.verify(tomas, who("ines"));
    await steps.deposit(tomas, [who("ines"), who("otto")], "60,000");
    cohort = await steps.openCohort(tomas, {
      title: "Small machines, small programs",
      skill: "Robotics and systems programming",
      pitch:
        "One machine, one program, two teachers who disagree.\n\nMaya looks at the hands, Tomás at the code. You get feedback from both, every week.",
      capacity: "4",
      timeZone: "Europe/Madrid",
      opensAt: `${day(-45)}T09:00`,
      closesAt: `${day(-21)}T18:00`,
      startsOn: day(0),
      endsOn: day(84),
      questions: QUESTIONS,
      amount: "20,000",
      percent: "1",
      finderStake: "5",
    });
    await steps.teachTogether(tomas, who("maya"), cohort.cohortId);
  });
  at(-44, 9, async () => {
    await arrive(SCOUTS.yuki, "Runs a repair shop that schools send their strangest pupils to");
    await arrive(SCOUTS.pavel, "Organises a programming contest in a railway station");
    const { cohortId } = theCohort();
    const wen = "She rebuilt our lathe's controller over a weekend and wrote down why.";
    const tariq = "Wins the contest each year with the shortest program.";
    referred.wen = await steps.refer(who("yuki"), WEN, wen, cohortId);
    await steps.refer(who("yuki"), AWAY.jo, "Makes clocks out of bicycle parts.");
    referred.tariq = await steps.refer(who("pavel"), TARIQ, tariq, cohortId);
  });
  at(-40, 9, async () => {
    await arrive(WEN, "Controllers for machines older than their owners");
    await arrive(TARIQ, "Programs that fit on a postcard");
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
