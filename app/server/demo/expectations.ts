import type { DateTime } from "luxon";
import type { Steps } from "./steps";
import { person, type World, when } from "./world";

type Said = {
  claim: string;
  chancePercent: string;
  afterMonths: number;
  /** Null: nobody has said so far. */
  outcome: "true" | "false" | "void" | null;
  evidence: string;
};

/** What scouts write down of people whom they refer, and what came of it; each set goes with one referral. */
const SETS: readonly (readonly Said[])[] = [
  [
    {
      claim: "Finishes all twelve weeks, with an update in each of them.",
      chancePercent: "85",
      afterMonths: 4,
      outcome: "true",
      evidence: "Twelve updates stand in the cohort’s space.",
    },
    {
      claim: "Has shown a working machine to ten people who had not heard of it.",
      chancePercent: "60",
      afterMonths: 6,
      outcome: "true",
      evidence: "An open evening in May; I counted fourteen.",
    },
    {
      claim: "Has sold something of their own making to somebody they did not know.",
      chancePercent: "30",
      afterMonths: 9,
      outcome: "false",
      evidence: "Three were given away, none was sold.",
    },
    {
      claim: "Works on the same question as when we met.",
      chancePercent: "70",
      afterMonths: 10,
      outcome: "false",
      evidence: "I changed to another question in the seventh week, and said why.",
    },
    {
      claim: "Answers every question of a stranger with a number.",
      chancePercent: "90",
      afterMonths: 11,
      outcome: "true",
      evidence: "Asked by four of us at the demo, each answered with one.",
    },
  ],
  [
    {
      claim: "Publishes drawings from which a stranger builds it again.",
      chancePercent: "40",
      afterMonths: 5,
      outcome: "false",
      evidence: "The drawings are out; nobody has built it yet.",
    },
    {
      claim: "Is asked to teach others what they know.",
      chancePercent: "75",
      afterMonths: 7,
      outcome: "true",
      evidence: "Two evenings at the open workshop.",
    },
    {
      claim: "Has a company with one other person in it.",
      chancePercent: "20",
      afterMonths: 12,
      outcome: "false",
      evidence: "No company. There is a shed.",
    },
    {
      claim: "Writes down what did not work before what did.",
      chancePercent: "95",
      afterMonths: 3,
      outcome: "true",
      evidence: "Read any of the updates.",
    },
    {
      claim: "Finds a mistake in something that everybody trusts.",
      chancePercent: "50",
      afterMonths: 8,
      outcome: "true",
      evidence: "A sign was wrong in a table that has been copied since 1961.",
    },
  ],
  [
    {
      claim: "Would take part even if nobody paid for it.",
      chancePercent: "90",
      afterMonths: 5,
      outcome: "void",
      evidence: "Nobody can tell: somebody did pay.",
    },
    {
      claim: "Builds a second machine after the first, without being asked.",
      chancePercent: "80",
      afterMonths: 6,
      outcome: "true",
      evidence: "It stands beside the first one, and turns faster.",
    },
    {
      claim: "Is still at it after the cohort ends.",
      chancePercent: "65",
      afterMonths: 8,
      outcome: null,
      evidence: "",
    },
  ],
];

/** One scout says five things of everybody, so that somebody's chances can be judged; others say three. */
const SAYS_MUCH = "marek";

type Referred = { scout: string; talent: string; referral: () => string };

/** The set of that number: a scout writes down what they expect on the day after the referral; the person says what came of it once its day has come. */
export function planExpectations(world: World, of: Referred, sentOn: DateTime, nth: number): void {
  const set = SETS[nth % SETS.length] ?? [];
  for (const said of of.scout === SAYS_MUCH ? set : set.slice(0, 3))
    planHypothesis(world, of, sentOn, said);
}

function planHypothesis(world: World, of: Referred, sentOn: DateTime, said: Said): void {
  const { agenda, steps } = world;
  const due = sentOn.plus({ months: said.afterMonths });
  const { claim, chancePercent, outcome, evidence } = said;
  let hypothesis = "";
  agenda.at(when(sentOn, 1, 10), async () => {
    const expected = { claim, chancePercent, dueOn: due.toISODate() ?? "" };
    hypothesis = await steps.expectOf(person(world, of.scout), of.referral(), expected);
  });
  if (!outcome) return;
  agenda.at(when(due, 2, 18), () =>
    steps.scoreHypothesis(person(world, of.talent), hypothesis, outcome, evidence),
  );
}

/** Makes a link for a scout on that day, by which somebody comes and confirms them a day later; of them something is expected. */
export function planLink(
  world: World,
  of: { scout: string; talent: Parameters<Steps["join"]>[0] & { headline: string; work: string } },
  day: DateTime,
  arrive: () => Promise<void>,
): void {
  const { agenda, steps } = world;
  let code = "";
  let referral = "";
  agenda.at(when(day, 0, 9), async () => {
    code = (await steps.makeLink(person(world, of.scout))).code;
  });
  agenda.at(when(day, 1, 9), async () => {
    await arrive();
    const [talent, scout] = [person(world, of.talent.handle), person(world, of.scout)];
    referral = await steps.confirmByLink(talent, scout, code);
  });
  const referred = { scout: of.scout, talent: of.talent.handle, referral: () => referral };
  planExpectations(world, referred, day.plus({ days: 1 }), 0);
}
