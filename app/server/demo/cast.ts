import type { NewPerson } from "./steps";

/** How a student's story goes on after the investment. Money in dollars; `afterMonths` from the settlement. */
export type Outcome = {
  afterMonths: number;
  company: string;
  proceeds: string;
  basis: string;
  costs: string;
  document: boolean;
  grade?: "counterparty" | "tax_transcript";
};
export type CastStudent = NewPerson & { headline: string; plan: string; outcome?: Outcome };
export type TeacherHandle = "maya" | "tomas" | "amara" | "kenji" | "elena" | "lukas";
export type CastCohort = {
  teacher: TeacherHandle;
  /** Who teaches with them and pays half of each investment. */
  partner?: TeacherHandle;
  title: string;
  skill: string;
  pitch: string;
  timeZone: string;
  monthsAgo: number;
  /** Students with a story of their own; the crowd fills the places that are left. */
  students: CastStudent[];
  places: number;
  /** Handles of students of an earlier cohort who take part again. */
  again?: string[];
  /** How many others of an earlier cohort of another teacher take part again. */
  others?: number;
  /** Percent of the shares bought that go to the scout of a student. */
  finderStake?: string;
  /** Scouts who each refer one student of the crowd. */
  scouts?: string[];
};

export const OPERATOR: NewPerson = {
  name: "Ines Okafor",
  handle: "ines",
  country: "PT",
  dateOfBirth: "1981-02-11",
};
/** Money in and out takes two. */
export const SECOND_OPERATOR: NewPerson = {
  name: "Otto Brandt",
  handle: "otto",
  country: "DE",
  dateOfBirth: "1976-09-23",
};
export const TEACHERS: Record<TeacherHandle, NewPerson & { headline: string; work: string }> = {
  maya: {
    name: "Maya Lindqvist",
    handle: "maya",
    country: "SE",
    dateOfBirth: "1978-06-30",
    headline: "Taught robotics for twenty years; built two companies that make hands for machines",
    work: "I teach people to build machines that meet the real world: motors, control, and the patience to measure. I read every weekly update the day it comes.",
  },
  tomas: {
    name: "Tomás Rivera",
    handle: "tomas",
    country: "ES",
    dateOfBirth: "1974-11-03",
    headline: "Compilers, then databases, then people who write them",
    work: "I run small cohorts on systems programming. We read each other's code aloud, and nobody leaves without having found a bug in something famous.",
  },
  amara: {
    name: "Amara Diallo",
    handle: "amara",
    country: "FR",
    dateOfBirth: "1969-01-25",
    headline: "Thirty years of instruments: from a glass-blower's bench to two that fly",
    work: "You learn an instrument by building one that is worse, and then knowing exactly why. I answer within two days, with numbers.",
  },
  kenji: {
    name: "Kenji Watanabe",
    handle: "kenji",
    country: "JP",
    dateOfBirth: "1981-08-14",
    headline: "Drew worlds for other people's games; now helps people draw their own",
    work: "Twelve weeks, one world, no assets that you did not make. I play every build on the day it arrives.",
  },
  elena: {
    name: "Elena Popescu",
    handle: "elena",
    country: "RO",
    dateOfBirth: "1976-04-07",
    headline: "Chemist of things that hold energy; two patents that pay, nine that do not",
    work: "Chemistry at the scale of a kitchen, safely, with a notebook that a stranger could follow. I read the notebook first.",
  },
  lukas: {
    name: "Lukas Steiner",
    handle: "lukas",
    country: "CH",
    dateOfBirth: "1990-10-19",
    headline: "Proves things for a living; first cohort this year",
    work: "I have taught at a school for ten years and have never invested in anybody. You can see that on my record: it is empty.",
  },
};
export const TEACHERS_IN_ORDER = Object.keys(TEACHERS) as TeacherHandle[];

const student = (
  name: string,
  handle: string,
  country: string,
  headline: string,
  plan: string,
  outcome?: Outcome,
): CastStudent => ({
  name,
  handle,
  country,
  headline,
  plan,
  ...(outcome ? { outcome } : {}),
});
const sale = (
  afterMonths: number,
  company: string,
  proceeds: string,
  basis: string,
  costs: string,
  grade?: Outcome["grade"],
  document = true,
): Outcome => ({
  afterMonths,
  company,
  proceeds,
  basis,
  costs,
  document,
  ...(grade ? { grade } : {}),
});

/** The cohorts that have ended, oldest first. Most outcomes are nothing, a few are large. */
export const COHORTS: CastCohort[] = [
  {
    teacher: "amara",
    title: "Instruments from nothing",
    skill: "Scientific instruments",
    timeZone: "Europe/Paris",
    monthsAgo: 93,
    pitch:
      "Twelve weeks, one instrument that measures something nobody in the room can measure.\n\nWe begin with a ruler, and distrust it.",
    students: [],
    places: 15,
  },
  {
    teacher: "kenji",
    title: "Worlds in a browser",
    skill: "Graphics",
    timeZone: "Asia/Tokyo",
    monthsAgo: 84,
    pitch:
      "One world that runs on a five-year-old telephone.\n\n- a build every Friday\n- I play it on Saturday and write to you on Sunday",
    students: [],
    places: 15,
    others: 3,
  },
  {
    teacher: "elena",
    title: "Chemistry at kitchen scale",
    skill: "Chemistry",
    timeZone: "Europe/Bucharest",
    monthsAgo: 73,
    pitch:
      "Everything that can be done with what a shop sells, and a notebook.\n\nNobody mixes anything in the first three weeks.",
    students: [],
    places: 15,
    others: 5,
    finderStake: "3",
    scouts: ["ruth", "samir"],
  },
  {
    teacher: "maya",
    title: "Machines that touch",
    skill: "Robotics",
    monthsAgo: 60,
    timeZone: "Europe/Stockholm",
    places: 14,
    others: 6,
    pitch:
      "Twelve weeks to build one machine that picks up something it has never seen.\n\n- two hours of lab with me each week\n- one honest review of your work every Friday\n- a demo in front of people who will not clap out of politeness",
    students: [
      student(
        "Alice Moreau",
        "alice",
        "FR",
        "Hands for machines that sort what we throw away",
        "I would spend two years on gripping wet cloth. Nobody can do it.",
        sale(44, "Grasp Robotics", "34,000,000", "12,000", "988,000", "tax_transcript"),
      ),
      student(
        "Ben Adeyemi",
        "ben",
        "GB",
        "Legged machines for old mines",
        "I would walk a robot through every closed mine in Wales and draw them.",
      ),
      student(
        "Chiara Conti",
        "chiara",
        "IT",
        "Soft motors",
        "I would make a muscle out of paper.",
        sale(31, "Molle Attuatori", "460,000", "18,000", "22,000"),
      ),
      student(
        "Dev Patel",
        "dev-patel",
        "IN",
        "Cheap force sensors",
        "I would measure how people shake hands, ten thousand times.",
      ),
    ],
  },
  {
    teacher: "tomas",
    title: "Systems, slowly",
    skill: "Systems programming",
    monthsAgo: 49,
    timeZone: "Europe/Madrid",
    places: 14,
    others: 8,
    partner: "elena",
    pitch:
      "We write a small database in ten weeks and break it in the last two.\n\nYou will read more code than you write.",
    again: ["alice"],
    students: [
      student(
        "Emil Novak",
        "emil",
        "CZ",
        "Storage engines that forget on purpose",
        "I would store one byte for a thousand years.",
        sale(29, "Deciduous Storage", "1,960,000", "40,000", "120,000", "counterparty"),
      ),
      student(
        "Farah Haddad",
        "farah",
        "JO",
        "Debuggers for people who print",
        "I would watch a hundred people debug and never interrupt.",
        sale(20, "Breakpoint Tea", "10,000", "64,000", "1,000"),
      ),
      student(
        "Goran Ilic",
        "goran",
        "RS",
        "Networks for boats",
        "I would sail to Iceland with a mesh of radios.",
      ),
    ],
  },
  {
    teacher: "maya",
    title: "Machines that touch, again",
    skill: "Robotics",
    monthsAgo: 37,
    timeZone: "Europe/Stockholm",
    places: 15,
    others: 10,
    finderStake: "5",
    scouts: ["ruth", "marek"],
    pitch:
      "The second time, with better motors and the same impatience for slides.\n\nBring something broken.",
    students: [
      student(
        "Hana Sato",
        "hana",
        "JP",
        "Machines that fold",
        "I would fold a map of Tokyo at scale one to one hundred.",
        sale(23, "Orime", "265,000", "9,000", "6,000", undefined, false),
      ),
      student("Iker Etxeberria", "iker", "ES", "Welding by touch", "I would learn to weld blind."),
      student(
        "Jonas Weber",
        "jonas",
        "DE",
        "Bearings without oil",
        "I would make a wheel that turns for a year from one push.",
        sale(17, "Leichtlauf", "118,000", "15,000", "8,000", "counterparty"),
      ),
      student(
        "Kemi Balogun",
        "kemi",
        "NG",
        "Farm robots for small fields",
        "I would weed one hectare by machine, with nothing bought.",
      ),
    ],
  },
  {
    teacher: "amara",
    partner: "kenji",
    title: "Instruments that show",
    skill: "Scientific instruments",
    timeZone: "Europe/Paris",
    monthsAgo: 31,
    pitch:
      "Amara builds what measures, Kenji what shows it. You do both.\n\nTwelve weeks, one instrument, one picture that changes somebody's mind.",
    students: [],
    places: 14,
    others: 10,
    finderStake: "5",
    scouts: ["nadine", "samir"],
  },
  {
    teacher: "tomas",
    title: "Compilers by hand",
    skill: "Compilers",
    monthsAgo: 25,
    timeZone: "Europe/Madrid",
    places: 14,
    others: 12,
    finderStake: "4",
    scouts: ["ines-costa", "olu"],
    pitch:
      "One language, one compiler, no libraries.\n\nAt the end it compiles itself or it does not.",
    students: [
      student(
        "Lena Fischer",
        "lena",
        "AT",
        "A language for shift plans",
        "I would interview every nurse in one hospital.",
        sale(4, "Dienstplan", "74,000", "4,000", "2,000", "counterparty"),
      ),
      student(
        "Mateo Silva",
        "mateo",
        "BR",
        "Compilers that explain",
        "I would rewrite every error message of one compiler.",
      ),
      student(
        "Nadia Petrova",
        "nadia",
        "BG",
        "Proofs for small programs",
        "I would prove a bank's rounding right.",
      ),
      student(
        "Omar Nasser",
        "omar",
        "MA",
        "Fast parsers",
        "I would read every log file of one data centre.",
      ),
    ],
  },
  {
    teacher: "maya",
    title: "Hands and eyes",
    skill: "Robotics and vision",
    monthsAgo: 13,
    timeZone: "Europe/Stockholm",
    places: 13,
    others: 12,
    finderStake: "5",
    scouts: ["marek", "beatriz"],
    pitch: "Cameras lie. We spend twelve weeks finding out when.\n\nSmall group, four places.",
    students: [
      student(
        "Petra Horvat",
        "petra",
        "HR",
        "Seeing glass",
        "I would make a machine that can find a clean window.",
      ),
      student(
        "Quentin Roy",
        "quentin",
        "CA",
        "Depth from one eye",
        "I would film snow for a winter.",
      ),
      student(
        "Sven Aalto",
        "sven",
        "FI",
        "Cameras under ice",
        "I would film one lake from below until it thaws.",
      ),
      student(
        "Rosa Jimenez",
        "rosa",
        "MX",
        "Sorting seeds",
        "I would sort one field's seeds by hand first.",
      ),
    ],
  },
];

/** Runs today, five weeks in. */
export const RUNNING_COHORT: Omit<CastCohort, "monthsAgo"> = {
  teacher: "elena",
  title: "Batteries you can repair",
  skill: "Electrochemistry",
  timeZone: "Europe/Bucharest",
  pitch:
    "A cell that opens with one screw and closes again.\n\nWe take forty dead batteries apart before we build one.",
  students: [],
  places: 10,
  others: 3,
};
/** Its applications have closed; the teacher reads them today. */
export const REVIEWED_COHORT = {
  title: "Proofs you can hold",
  skill: "Mathematics",
  pitch:
    "One theorem, proved three times: on paper, by machine, and in wood.\n\nMy first cohort. I would rather take four people than twelve.",
};
export const REVIEWED_QUESTIONS = [
  "Which proof do you like, and which step of it do you distrust?",
  "What would you build so that a child believes it?",
];

/** Has an offer to read today. */
export const NEWCOMER: CastStudent = student(
  "Noor van Dijk",
  "noor",
  "NL",
  "Machines that braid",
  "I would braid a bridge out of reed, one that a person can cross, and find out where it breaks.",
);
export const OPEN_COHORT = {
  title: "Machines that braid",
  skill: "Robotics and textiles",
  pitch:
    "Rope, reed, hair, cable: everything that holds is braided. Twelve weeks on machines that can do it.\n\n- one lab afternoon with me each week\n- feedback on every weekly update within two days\n- I invest in some of you, and your place does not depend on it",
};
export const QUESTIONS = [
  "What have you made that did not work, and what did you do then?",
  "What would you try if money were no matter?",
];
