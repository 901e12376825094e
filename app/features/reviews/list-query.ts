import { z } from "~/lib/zod";

const STATES = [
  "submitted",
  "admitted",
  "declined",
  "waitlisted",
  "revise",
  "deferred",
  "withdrawn",
] as const;

/** What a list of applications is narrowed to, and its order. Whatever an address says wrongly is left out. */
export const listQuery = z.object({
  state: z.enum(STATES).optional().catch(undefined),
  /** Of those assigned to the asker: all, or by whether they have scored or abstained. */
  mine: z.enum(["all", "waiting", "done"]).optional().catch(undefined),
  tag: z.string().trim().max(40).optional().catch(undefined),
  /** A part of a name. */
  q: z.string().trim().max(80).optional().catch(undefined),
  /** A decision that is not out yet; teachers alone. */
  decision: z
    .enum(["none", "any", "admit", "waitlist", "decline", "revise", "defer", "hold"])
    .optional()
    .catch(undefined),
  sort: z.enum(["submitted", "score", "raw"]).optional().catch(undefined),
});
export type ListQuery = z.output<typeof listQuery>;

const NAMES = ["state", "mine", "tag", "q", "decision", "sort"] as const;

/** Reads an address's search part. */
export function readListQuery(search: URLSearchParams): ListQuery {
  const given = NAMES.map((name) => [name, search.get(name) || undefined]);
  return listQuery.parse(Object.fromEntries(given));
}

/** A query as an address's search part, without "?"; the same query gives the same text. */
export function writeListQuery(query: ListQuery, more: Record<string, string> = {}): string {
  const search = new URLSearchParams();
  for (const name of NAMES) {
    const value = query[name];
    if (value) search.set(name, value);
  }
  for (const [name, value] of Object.entries(more)) search.set(name, value);
  return search.toString();
}
