/** Which figure of a record is asked for, and the address under which its ledger lines stand. */
import { z } from "~/lib/zod";

/** What is shown of a record, each with a page of the ledger lines that make it. */
export const FIGURES = [
  "dpi",
  "tvpi",
  "rvpi",
  "irr",
  "paid-in",
  "cash",
  "distributions",
  "proceeds",
  "own-holders",
  "value",
  "unconfirmed",
  "early",
  "median",
  "best",
  "investments",
  "students",
  "years",
  "held",
  "resold",
  "parted",
  "ended",
  "reversed",
  "apart",
  "stakes",
] as const;
export type FigureName = (typeof FIGURES)[number];

/** A part of a record: one vintage, one cohort (empty: without one), one student, one investment. */
export type Part = Partial<Record<"vintage" | "cohort" | "student" | "lot", string>>;
export type Asked = { of: FigureName; side: "gross" | "net" } & Part;

const asked = z
  .object({
    of: z.enum(FIGURES),
    side: z.enum(["gross", "net"]).default("gross"),
    vintage: z
      .string()
      .regex(/^\d{4}$/)
      .optional(),
    cohort: z
      .string()
      .regex(/^[a-z0-9-]{0,80}$/)
      .optional(),
    student: z
      .string()
      .regex(/^[a-z0-9-]{3,30}$/)
      .optional(),
    lot: z.uuid().optional(),
  })
  .refine(
    ({ vintage, cohort, student, lot }) =>
      [vintage, cohort, student, lot].filter((part) => part !== undefined).length <= 1,
  );

/** What an address asks for; null where it asks for nothing that there is. */
export function readAsked(search: URLSearchParams): Asked | null {
  const read = asked.safeParse(Object.fromEntries(search));
  if (!read.success) return null;
  const { of, side, ...part } = read.data;
  return { of, side, ...part } as Asked;
}

/** Where the ledger lines of a figure stand. */
export function linesPath(handle: string, figure: Partial<Asked> & { of: FigureName }): string {
  const search = new URLSearchParams({ of: figure.of });
  if (figure.side === "net") search.set("side", "net");
  for (const name of ["vintage", "cohort", "student", "lot"] as const) {
    const value = figure[name];
    if (value !== undefined) search.set(name, value);
  }
  return `/teachers/${handle}/lines?${search}`;
}
