import { QUESTION_LENGTH } from "~/lib/search-words";

/** What the record of one at least of a cohort's teachers must hold: so many investments, or confirmed cash that has reached what was paid in. */
export const RECORDS = {
  "1": "One investment or more",
  "10": "10 investments or more",
  "25": "25 investments or more",
  whole: "DPI of 1× or more",
} as const;
export const CAPS = {
  none: "No payout cap",
  "3": "Cap of 3 times",
  "5": "Cap of 5 times",
} as const;
export const SUNSETS = {
  none: "No sunset",
  "10": "Sunset of 10 years",
  "20": "Sunset of 20 years",
} as const;
/** The most of a token that the standard terms ask for, in shares: 0.5%, 1%, 2%, 5%. */
export const PARTS = {
  "50000": "0.5% or less",
  "100000": "1% or less",
  "200000": "2% or less",
  "500000": "5% or less",
} as const;

/** How many cohorts stand on one page, and side by side. */
export const PAGE_LENGTH = 20;
export const MOST_COMPARED = 4;
const LONGEST_SKILL = 120;
const LONGEST_SLUG = 80;

/** What is asked of the list of cohorts; an empty text asks for nothing. Days are `YYYY-MM-DD`. */
export type CohortQuery = {
  q: string;
  skill: string;
  record: "" | keyof typeof RECORDS;
  cap: "" | keyof typeof CAPS;
  sunset: "" | keyof typeof SUNSETS;
  part: "" | keyof typeof PARTS;
  /** It begins on that day or later; it ends on that day or earlier. */
  from: string;
  until: string;
  open: boolean;
  page: number;
};

export const ALL_COHORTS: CohortQuery = {
  ...{ q: "", skill: "", record: "", cap: "", sunset: "", part: "", from: "", until: "" },
  ...{ open: false, page: 1 },
};

const keyIn = <T extends object>(choices: T, text: string): keyof T | "" =>
  Object.hasOwn(choices, text) ? (text as keyof T) : "";

/** A real day as it is typed; empty for anything else. */
function dayOf(text: string): string {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && at.toJSON()?.startsWith(text) ? text : "";
}

/** Reads an address; whatever it says that cannot be asked for is taken as not asked. */
export function readCohortQuery(params: URLSearchParams): CohortQuery {
  const text = (name: string, most = 10) => (params.get(name) ?? "").trim().slice(0, most);
  return {
    q: text("q", QUESTION_LENGTH),
    skill: text("skill", LONGEST_SKILL),
    record: keyIn(RECORDS, text("record")),
    cap: keyIn(CAPS, text("cap")),
    sunset: keyIn(SUNSETS, text("sunset")),
    part: keyIn(PARTS, text("part")),
    from: dayOf(text("from")),
    until: dayOf(text("until")),
    open: params.get("open") === "1",
    page: Number(/^[1-9]\d{0,5}$/.exec(text("page"))?.[0] ?? 1),
  };
}

/** The address of a query, with what differs from the whole list alone. */
export function cohortsPath(query: Partial<CohortQuery>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...ALL_COHORTS, ...query }))
    if (value !== ALL_COHORTS[name as keyof CohortQuery])
      params.set(name, value === true ? "1" : String(value));
  const text = params.toString();
  return text === "" ? "/cohorts" : `/cohorts?${text}`;
}

/** Whether something narrows the list. */
export const isNarrowed = ({ page: _, ...query }: CohortQuery): boolean =>
  Object.values(query).some((value) => value !== "" && value !== false);

/** Which cohorts are asked for side by side, each once, in order; what was asked beyond that; whether only lines that differ. */
export type Compared = { slugs: string[]; tooMany: string[]; differing: boolean };

/** Reads an address: `c` as often as there are cohorts; an empty one is none, as a field left empty sends. */
export function readCompared(params: URLSearchParams): Compared {
  const asked = params
    .getAll("c")
    .map((slug) => slug.trim().toLowerCase().slice(0, LONGEST_SLUG))
    .filter((slug) => slug !== "");
  const once = [...new Set(asked)];
  return {
    slugs: once.slice(0, MOST_COMPARED),
    tooMany: once.slice(MOST_COMPARED),
    differing: params.get("only") === "differing",
  };
}

/** The address of cohorts side by side; `differing`: of the lines alone in which they differ. */
export function comparePath(slugs: readonly string[], differing = false): string {
  const params = new URLSearchParams(slugs.map((slug) => ["c", slug]));
  if (differing) params.set("only", "differing");
  return slugs.length === 0 ? "/cohorts/compare" : `/cohorts/compare?${params}`;
}
