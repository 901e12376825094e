import { QUESTION_LENGTH } from "~/lib/search-words";

/** In which order teachers are listed. */
export const SORTS = {
  rank: "Rank",
  median: "Median outcome",
  feedback: "Feedback given",
  name: "Name",
} as const;
export type Sort = keyof typeof SORTS;

/** Years since the first investment, and numbers of investments, from which a list may begin. */
export const YEARS = [1, 2, 3, 5, 8] as const;
export const SIZES = [1, 10, 25, 50, 100] as const;
/** How many teachers stand on one page. */
export const PAGE_LENGTH = 20;
/** How many records stand side by side. */
export const MOST_COMPARED = 4;
const LONGEST_SKILL = 120;

/** What is asked of the list of teachers. `years`, `size`: 0 asks for nothing. */
export type TeacherQuery = {
  q: string;
  skill: string;
  open: boolean;
  years: number;
  size: number;
  sort: Sort;
  page: number;
};

export const EVERYBODY: TeacherQuery = {
  q: "",
  skill: "",
  open: false,
  years: 0,
  size: 0,
  sort: "rank",
  page: 1,
};

const oneOf = (choices: readonly number[], text: string | null): number =>
  choices.find((choice) => String(choice) === text) ?? 0;

/** Reads an address; whatever it says that cannot be asked for is taken as not asked. */
export function readTeacherQuery(params: URLSearchParams): TeacherQuery {
  const text = (name: string, most: number) => (params.get(name) ?? "").trim().slice(0, most);
  const sort = text("sort", 10);
  const page = /^[1-9]\d{0,5}$/.exec(text("page", 10))?.[0];
  return {
    q: text("q", QUESTION_LENGTH),
    skill: text("skill", LONGEST_SKILL),
    open: params.get("open") === "1",
    years: oneOf(YEARS, params.get("years")),
    size: oneOf(SIZES, params.get("size")),
    sort: Object.hasOwn(SORTS, sort) ? (sort as Sort) : "rank",
    page: Number(page ?? 1),
  };
}

/** The address of a query, with what differs from the whole list alone. */
export function teachersPath(query: Partial<TeacherQuery>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...EVERYBODY, ...query }))
    if (value !== EVERYBODY[name as keyof TeacherQuery])
      params.set(name, value === true ? "1" : String(value));
  const text = params.toString();
  return text === "" ? "/teachers" : `/teachers?${text}`;
}

/** Whether something narrows the list. */
export function isNarrowed({ q, skill, open, years, size }: TeacherQuery): boolean {
  return q !== "" || skill !== "" || open || years > 0 || size > 0;
}
