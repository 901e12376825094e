/** How two summaries of a record differ, number by number. */
import type { Json } from "../canonical";

/** Rates of two solvers may differ by this much, or in the last digits that a double holds; nothing else may differ. */
const RATE_TOLERANCE = 1e-9;
const DOUBLE_TOLERANCE = 1e-13;
const RATE = /(?:^|\.)irr\.(?:rate|rates\.\d+)$/;
const MOST_CHARACTERS = 80;

export type Difference = { path: string; stated: string; computed: string };

/** What others wrote, fit for a line of a terminal. */
function shown(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, "?");
  return plain.length > MOST_CHARACTERS ? `${plain.slice(0, MOST_CHARACTERS)}…` : plain;
}

const written = (value: Json | undefined): string =>
  shown(
    value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value),
  );

function isSameRate(stated: Json | undefined, computed: Json | undefined): boolean {
  if (typeof stated !== "string" || typeof computed !== "string") return false;
  if (!/^-?(?:0|[1-9]\d{0,30})\.\d{12}$/.test(stated)) return false;
  const [a, b] = [Number(stated), Number(computed)];
  return Math.abs(a - b) <= Math.max(RATE_TOLERANCE, DOUBLE_TOLERANCE * Math.abs(b));
}

type Branch = Json[] | { [key: string]: Json };
const isBranch = (value: Json | undefined): value is Branch =>
  typeof value === "object" && value !== null;
const memberOf = (branch: Branch, key: string): Json | undefined =>
  Object.hasOwn(branch, key) ? (branch as { [key: string]: Json })[key] : undefined;

/** Every place in which what is stated is not what was computed, in the order of the computed summary. */
export function differencesOf(
  stated: Json | undefined,
  computed: Json | undefined,
  path = "",
): Difference[] {
  if (isBranch(stated) && isBranch(computed) && Array.isArray(stated) === Array.isArray(computed)) {
    const keys = new Set([...Object.keys(computed), ...Object.keys(stated)]);
    return [...keys].flatMap((key) =>
      differencesOf(memberOf(stated, key), memberOf(computed, key), path ? `${path}.${key}` : key),
    );
  }
  if (stated === computed || (RATE.test(path) && isSameRate(stated, computed))) return [];
  return [{ path: shown(path), stated: written(stated), computed: written(computed) }];
}
