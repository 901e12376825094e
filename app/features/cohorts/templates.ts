import type { NewCriterion, NewQuestion } from "./write-form.server";

const asked = (
  kind: NewQuestion["kind"],
  prompt: string,
  more: Partial<NewQuestion> = {},
): NewQuestion => ({
  ...{ kind, prompt, help: "", required: true, maxWords: null, options: [] },
  ...more,
});

const scored = (
  title: string,
  weight: number,
  anchors: readonly [low: string, middle: string, high: string],
): NewCriterion => ({
  ...{ title, help: "", weight },
  anchors: [anchors[0], "", anchors[1], "", anchors[2]],
});

/** A question for a long text, which must be answered. */
export const LONG_QUESTION: Omit<NewQuestion, "prompt"> = {
  ...{ kind: "long", help: "", required: true, maxWords: null, options: [] },
};

/** What is scored where a teacher names nothing else: the whole, once. */
export const DEFAULT_RUBRIC: readonly NewCriterion[] = [
  {
    ...{ title: "Overall", help: "", weight: 1 },
    anchors: ["Not for this cohort", "", "", "", "I want to work with this person"],
  },
];

export type Template = {
  name: string;
  title: string;
  about: string;
  /** How many weeks such a cohort usually runs. */
  weeks: number;
  capacity: number;
  pitch: string;
  questions: readonly NewQuestion[];
  criteria: readonly NewCriterion[];
};

const TIME = asked("one", "How much time can you give it each week?", {
  options: ["Under 10 hours", "10 to 20 hours", "More than 20 hours"],
});

/** What a cohort can begin from. Names are part of addresses and never those of a cohort: they begin with a dash. */
export const TEMPLATES: readonly Template[] = [
  {
    name: "-studio",
    title: "Studio",
    about: "Twelve weeks of making one thing, with feedback every week.",
    weeks: 12,
    capacity: 12,
    pitch:
      "Twelve weeks, one thing that you make, and somebody who looks at it with you every week.\n\n**For whom:** …\n\n**What you bring:** …\n\n**What happens:** …",
    questions: [
      asked("long", "What have you made that did not work, and what did you do about it?", {
        maxWords: 300,
      }),
      asked("long", "What would you make in these twelve weeks?", { maxWords: 400 }),
      asked("link", "Where can we see something that you have made?", {
        required: false,
        help: "A page, a video, a repository. Leave it empty if nothing is public.",
      }),
      TIME,
    ],
    criteria: [
      scored("Has made things", 2, ["Nothing yet", "Finished something", "Finished hard things"]),
      scored("Learns from what fails", 2, ["Blames others", "Says what failed", "Changed course"]),
      scored("Clear plan", 1, ["No plan", "A plan", "A first step this week"]),
    ],
  },
  {
    name: "-research",
    title: "Research apprenticeship",
    about:
      "A small group around an open question, with reading, experiments and a result to publish.",
    weeks: 24,
    capacity: 6,
    pitch:
      "Half a year on a question that nobody has answered, with a mentor who has published.\n\n**The question:** …\n\n**What you know already:** …\n\n**What comes of it:** …",
    questions: [
      asked("short", "Which open question keeps you awake?", { maxWords: 40 }),
      asked("long", "What is known about it, and what would you try first?", { maxWords: 500 }),
      asked("many", "Which of these have you done?", {
        required: false,
        options: [
          "Read a paper to the end",
          "Reproduced a result",
          "Run an experiment of my own",
          "Published something",
        ],
      }),
      asked("file", "Something that you have written", {
        required: false,
        help: "A report, a thesis, notes of an experiment.",
      }),
      TIME,
    ],
    criteria: [
      scored("Question", 2, ["Vague", "Worth asking", "Sharp, and nobody has it"]),
      scored("Rigour", 2, ["Claims", "Reasons", "Tests what could prove them wrong"]),
      scored("Stamina", 1, ["Starts much", "Finishes", "Finishes what is hard"]),
    ],
  },
  {
    name: "-founders",
    title: "Founders",
    about: "Ten weeks for people who start companies, or want to, before there is an idea.",
    weeks: 10,
    capacity: 20,
    pitch:
      "Ten weeks before there is a company: find a problem, talk to those who have it, build the first thing that they pay for.\n\n**For whom:** …\n\n**What happens:** …",
    questions: [
      asked("long", "What have you built or organised that others used?", { maxWords: 300 }),
      asked("long", "Which problem do you know from the inside?", { maxWords: 300 }),
      asked("long", "Tell us about something that you changed your mind about.", { maxWords: 200 }),
      asked("link", "A video of you, a minute long", {
        required: false,
        help: "Say what you want to do. No editing: nobody scores the film.",
      }),
      asked("date", "From when could you work on it full time?", { required: false }),
    ],
    criteria: [
      scored("Gets things done", 3, ["Plans", "Has shipped", "Ships again and again"]),
      scored("Knows a problem", 2, ["Has read of it", "Has met it", "Lives with it"]),
      scored("Honest thinking", 2, ["Repeats others", "Reasons", "Changes their mind for reasons"]),
    ],
  },
  {
    name: "-blank",
    title: "Blank",
    about: "Two questions and one criterion: everything else is yours.",
    weeks: 12,
    capacity: 12,
    pitch: "What happens, for whom it is, what you expect.",
    questions: [
      asked("long", "What have you made that did not work?", { maxWords: 300 }),
      asked("long", "What would you try if money were no matter?", { maxWords: 300 }),
    ],
    criteria: DEFAULT_RUBRIC,
  },
];

/** The template of that name; undefined where there is none. */
export const findTemplate = (name: string): Template | undefined =>
  TEMPLATES.find((template) => template.name === name);
