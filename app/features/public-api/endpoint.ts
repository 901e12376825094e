import { z } from "~/lib/zod";

type Shape = z.ZodRawShape;
/** An address that finds what it answers with: a link to the same place of the site, absolute. */
export type At = { now: Date; site: string };

/** One address of the API: what it takes, what it answers, and how it is found. Null: there is no such thing (404). */
export type Endpoint = {
  /** Under `/api/v1`, with parameters in braces. */
  path: string;
  title: string;
  about: string;
  params: z.ZodObject;
  query: z.ZodObject;
  answer: z.ZodType;
  find: (
    asked: { params: Record<string, unknown>; query: Record<string, unknown> },
    at: At,
  ) => Promise<unknown>;
};

/** An endpoint whose `find` is held to its schemas by the compiler. */
export function endpoint<P extends Shape, Q extends Shape, A extends z.ZodType>(of: {
  path: string;
  title: string;
  about: string;
  params: P;
  query: Q;
  answer: A;
  find: (
    asked: { params: z.output<z.ZodObject<P>>; query: z.output<z.ZodObject<Q>> },
    at: At,
  ) => Promise<z.input<A> | null>;
}): Endpoint {
  return {
    ...of,
    params: z.strictObject(of.params),
    query: z.strictObject(of.query),
    find: of.find as unknown as Endpoint["find"],
  };
}

/** The page of a list after a place, and the address of the page after it; `placeOf` names a place for the cursor. */
export function pageOf<T>(
  items: readonly T[],
  limit: number,
  nextOf: (last: T) => string,
): { items: T[]; next: string | null } {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, next: items.length > limit && last !== undefined ? nextOf(last) : null };
}
