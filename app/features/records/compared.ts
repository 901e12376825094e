import { MOST_COMPARED } from "./find-query";

const LONGEST = 40;

/** Whose records are asked for, each once, in order; and what was asked beyond that. */
export type Compared = { handles: string[]; twice: string[]; tooMany: string[] };

/** Reads an address: `t` as often as there are teachers. An empty one is none, as a field left empty sends. */
export function readCompared(params: URLSearchParams): Compared {
  const asked = params
    .getAll("t")
    .map((handle) => handle.trim().replace(/^@/, "").toLowerCase().slice(0, LONGEST))
    .filter((handle) => handle !== "");
  const once = [...new Set(asked)];
  return {
    handles: once.slice(0, MOST_COMPARED),
    twice: once.filter((handle) => asked.indexOf(handle) !== asked.lastIndexOf(handle)),
    tooMany: once.slice(MOST_COMPARED),
  };
}

/** The address of records side by side. */
export function comparePath(handles: readonly string[]): string {
  const params = new URLSearchParams(handles.map((handle) => ["t", handle]));
  return handles.length === 0 ? "/compare" : `/compare?${params}`;
}

/** What is wrong with what was asked, a sentence each. `unknown`: handles without a record as a teacher. */
export function comparedProblems(
  { twice, tooMany }: Compared,
  unknown: readonly string[],
): string[] {
  return [
    ...unknown.map(
      (handle) => `“${handle}” is no teacher here. Take the handle from the address of a record.`,
    ),
    ...twice.map((handle) => `“${handle}” was asked for twice, and stands here once.`),
    ...(tooMany.length === 0
      ? []
      : [
          `At most ${MOST_COMPARED} stand side by side. Left out: ${tooMany.join(", ")}. Take one away first.`,
        ]),
  ];
}
