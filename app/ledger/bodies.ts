/**
 * The bodies of public entries as they stand in the public log: one closed schema a kind. Cents and
 * shares are strings; ids are log ids, used nowhere else.
 */
import { startOfDayInstant } from "~/lib/dates";
import { EVIDENCE_GRADES } from "~/lib/gain-words";
import { z } from "~/lib/zod";

const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
/** No more digits than the book's own numbers have. */
const size = z.string().regex(/^(0|[1-9]\d{0,18})$/);
const amount = z.string().regex(/^[1-9]\d{0,18}$/);
const handle = z.string().regex(/^[a-z0-9-]{3,30}$/);
/** Days that were asked for lately: a book names the same ones again and again. */
const realDays = new Set<string>();
const MOST_DAYS_KEPT = 20_000;

/** Whether it is a real day, `2026-11-22`. */
export const isDay = (text: string): boolean => {
  if (realDays.has(text)) return true;
  try {
    startOfDayInstant(text);
  } catch {
    return false;
  }
  if (realDays.size < MOST_DAYS_KEPT) realDays.add(text);
  return true;
};
const day = z.string().refine(isDay);
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/)
  .refine((text) => isDay(text.slice(0, 10)));
const account = z
  .string()
  .regex(
    /^(cash|escrow|shares|reserved|claim|due|outside|mint)\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  );
const asset = z.string().regex(/^(USD|TOKEN:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);
const posting = z.strictObject({ amount, asset, from: account, to: account });
const isAscending = (people: readonly string[]): boolean =>
  people.every((one, i) => i === 0 || (people[i - 1] as string) < one);
const people = z.array(id).refine(isAscending);

const lotParts = z.array(z.strictObject({ lot: id, holder: id, cents: size }));
const newLots = z.array(
  z.strictObject({
    lot: id,
    holder: id,
    shares: amount,
    costCents: size,
    capCents: size.nullable(),
    sunset: day.nullable(),
    lockedUntil: day.nullable(),
    finder: z.boolean(),
  }),
);
const investment = z.strictObject({
  token: id,
  tokenHandle: handle,
  cohort: z
    .string()
    .regex(/^[a-z0-9-]{1,80}$/)
    .nullable(),
  parts: z.array(
    z.strictObject({
      investor: id,
      paidCents: size,
      shares: size,
      stake: size,
      apart: z.boolean(),
    }),
  ),
  lots: newLots,
});
const gain = z.strictObject({
  token: id,
  recordInstant: instant,
  proceedsCents: size,
  basisCents: size,
  costsCents: size,
  lossCents: size,
  distributableCents: size,
  grade: z.enum(EVIDENCE_GRADES),
  parts: lotParts,
});
const sale = z.strictObject({
  tokenHandle: handle,
  seller: id,
  buyer: id,
  priceCents: size,
  taken: z.array(
    z.strictObject({
      lot: id,
      shares: amount,
      priceCents: size,
      basisCents: size,
      carriedCents: size,
    }),
  ),
  lots: newLots,
  gainCents: size,
  ownParts: lotParts,
  unconnected: z.boolean(),
  apart: z.boolean(),
});
/** Printable ASCII. */
const words = z.string().regex(/^[\x20-\x7e]{1,1024}$/);
const mark = z.strictObject({
  priceCents: size,
  shares: amount,
  class: z.enum(["price", "written_down"]),
  date: day,
  event: z.union([id, z.enum(["statement", "finding", "missed_years"])]),
  counts: z.array(id),
});
const reversal = z.strictObject({
  claims: z.array(z.strictObject({ debtor: id, creditor: id, cents: amount })),
});
const claimRepaid = z.strictObject({ debtor: id, creditor: id, cents: amount });
const lotEnded = z.strictObject({
  lot: id,
  holder: id,
  shares: size,
  cause: z.enum(["cap", "sunset"]),
});

const common = {
  effectiveAt: instant,
  id,
  people,
  postings: z.array(posting),
  recordedAt: instant,
};
const of = <K extends string, D extends z.ZodType>(kind: K, data: D) =>
  z.strictObject({ ...common, about: id, kind: z.literal(kind), data });

/** A public entry's body; parsing refuses unknown members, other shapes and people out of order. */
export const publicBody = z.discriminatedUnion("kind", [
  of("person_opened", z.strictObject({ handle })),
  of("same_person", z.strictObject({ other: id })),
  of("token_minted", z.strictObject({ owner: id })),
  of("investment", investment),
  of("gain", gain),
  of("evidence", z.strictObject({ grade: z.enum(EVIDENCE_GRADES) })),
  of("distribution", z.strictObject({ token: id, parts: lotParts })),
  of("resale", sale),
  of("parting", sale),
  of("mark", mark),
  of("reversal", reversal).extend({ reverses: id }),
  of("claim_repaid", claimRepaid),
  of("lot_ended", lotEnded),
  of("withheld", z.strictObject({})),
  of("key_changed", z.strictObject({ vkey: words })).extend({
    about: words,
  }),
]);

export type PublicBody = z.infer<typeof publicBody>;
/** The body of one kind. */
export type BodyOf<K extends PublicBody["kind"]> = Extract<PublicBody, { kind: K }>;
