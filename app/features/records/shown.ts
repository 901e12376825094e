/** Figures of a record as they are read, each with its exact value and the address of its ledger lines. Pure. */
import { isUnderAYear, returnSinceFirstFlow } from "~/ledger/irr";
import type { IrrJson } from "~/ledger/returns";
import {
  formatCents,
  formatIrr,
  formatMultiple,
  formatPercent,
  formatPlainDollars,
} from "~/lib/money";
import type { FigureResult } from "./figure-lines";
import { type Asked, type FigureName, linesPath } from "./figures";

/** A figure on a page: as read, exactly, and where its lines stand. `plain`: a large sum's reading. */
export type Shown = { text: string; exact: string; to: string; plain?: string };
export type AskedFigure = Partial<Asked> & { of: FigureName };

const NOT_YET = "not yet";
const MILLION_CENTS = 100_000_000n;

/** A ratio, such as DPI. */
export function shownRatio(handle: string, asked: AskedFigure, ratio: string | null): Shown {
  return { text: formatMultiple(ratio), exact: ratio ?? NOT_YET, to: linesPath(handle, asked) };
}

/** A part of a whole in percent. */
export function shownPart(handle: string, asked: AskedFigure, ratio: string | null): Shown {
  const text = ratio === null ? NOT_YET : formatPercent(ratio);
  return { text, exact: ratio ?? NOT_YET, to: linesPath(handle, asked) };
}

/** A sum in dollars; `whole` for headlines. */
export function shownCents(
  handle: string,
  asked: AskedFigure,
  cents: bigint | string,
  how: { whole?: boolean } = {},
): Shown {
  const size = BigInt(cents) < 0n ? -BigInt(cents) : BigInt(cents);
  const shown = { text: formatCents(cents, how), exact: formatCents(cents) };
  const plain = how.whole && size >= MILLION_CENTS ? { plain: formatPlainDollars(cents) } : {};
  return { ...shown, ...plain, to: linesPath(handle, asked) };
}

/** A number of things. */
export function shownCount(handle: string, asked: AskedFigure, count: number): Shown {
  return { text: String(count), exact: String(count), to: linesPath(handle, asked) };
}

/** A rate: yearly, or within a year of the first flow the return since then. */
export function shownRate(handle: string, asked: AskedFigure, irr: IrrJson, days: number): Shown {
  return { text: rateText(irr, days), exact: exactRate(irr), to: linesPath(handle, asked) };
}

/** A rate as read. */
export function rateText(irr: IrrJson, days: number): string {
  const isShort = isUnderAYear(days) && irr.rate !== null;
  return formatIrr(irr, isShort ? returnSinceFirstFlow(irr.rate ?? "0", days) : null);
}

const exactRate = ({ kind, rate, rates }: IrrJson): string => rate ?? rates?.join(" ") ?? kind;

/** What ledger lines give, exactly, in the form in which the page says it. */
export function exactOf(result: FigureResult): string {
  switch (result.kind) {
    case "ratio":
      return result.ratio ?? NOT_YET;
    case "cents":
      return formatCents(result.cents);
    case "count":
      return String(result.count);
    case "days":
      return String(result.days);
    case "irr":
      return exactRate(result.irr);
  }
}
