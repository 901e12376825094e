import { type Asked, answerProblem } from "./kinds";
import { answerField } from "./rules";

/** One thing that an application needs, or is better with. `at`: where it is done. */
export type ChecklistItem = {
  name: string;
  state: "done" | "missing" | "may";
  note: string;
  at: string;
};

type Given = ReadonlyMap<string, { answer: string; file: unknown }>;
type Asking = readonly (Asked & { id: string })[];
type Common = { verified: boolean; headline: string };

const verifiedItem = ({ verified }: Common): ChecklistItem => ({
  name: "Your e-mail address is verified",
  ...(verified
    ? { state: "done", note: "" }
    : { state: "missing", note: "Nothing can be saved until then." }),
  at: "/account",
});
const profileItem = ({ headline }: Common): ChecklistItem => ({
  name: "Your profile says who you are in a line",
  state: headline.trim() ? "done" : "may",
  note: headline.trim() ? "" : "One profile goes with all your applications.",
  at: "/profile",
});

/**
 * What is there and what is missing before an application can be submitted: the same list for every cohort. `may`: it can be
 * submitted without.
 */
export function checklistOf(
  of: Common & {
    questions: Asking;
    given: Given;
    /** Works collected, and works that this application shows. */
    works: number;
    shown: number;
  },
): ChecklistItem[] {
  const { wrong, all, first } = answersMissing(of.questions, of.given);
  return [
    verifiedItem(of),
    {
      name: "Every question that must be is answered",
      state: first ? "missing" : "done",
      note: first ? `${wrong} of ${all} ${wrong === 1 ? "needs" : "need"} something.` : "",
      at: `#${first ? answerField(first) : ""}`,
    },
    profileItem(of),
    {
      name: "Works of yours are shown",
      state: of.shown > 0 ? "done" : "may",
      note:
        of.shown > 0
          ? ""
          : of.works > 0
            ? "Choose them below."
            : "Collect them once, show them in every application.",
      at: of.works > 0 ? "#works" : "/profile/works",
    },
  ];
}

/** What goes with every application of a person, whichever the cohort. `adult`: whether they may sign agreements (T1). */
export function commonChecklist(
  of: Common & { work: string; works: number; adult: boolean },
): ChecklistItem[] {
  return [
    verifiedItem(of),
    {
      name: "Your legal name, date of birth and country are on record",
      state: "done",
      note: of.adult
        ? "Teachers never see them. They stand in what you sign."
        : "Under 18 you can take a place, but sign nothing that sells shares.",
      at: "/account",
    },
    profileItem(of),
    {
      name: "Your profile tells of your work",
      state: of.work.trim() ? "done" : "may",
      note: of.work.trim() ? "" : "You choose who may read it.",
      at: "/profile",
    },
    {
      name: of.works > 0 ? "You have collected works to show" : "Works to show are collected",
      state: of.works > 0 ? "done" : "may",
      note: of.works > 0 ? "" : "Collect them once, show them in every application.",
      at: "/profile/works",
    },
  ];
}

/** How many of the questions still need something, of how many, and which is the first; null: none. */
export function answersMissing(questions: Asking, given: Given) {
  const wrong = questions.filter((question) => problemOf(question, given) !== null);
  return { wrong: wrong.length, all: questions.length, first: wrong[0]?.id ?? null };
}

const problemOf = (question: Asked & { id: string }, given: Given): string | null => {
  const one = given.get(question.id);
  return answerProblem(question, one && { answer: one.answer, hasFile: Boolean(one.file) });
};
