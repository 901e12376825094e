import type { Chance } from "./agenda";
import type { Outcome } from "./cast";

/**
 * What students' companies come to, in parts per thousand: a power law. Most bring nothing, a few a great deal.
 * `from` and `to` are thousands of dollars that the owner's equity is sold for.
 */
const CLASSES: readonly { of: number; from: number; to: number }[] = [
  { of: 600, from: 0, to: 0 },
  { of: 110, from: 1, to: 40 },
  { of: 130, from: 60, to: 700 },
  { of: 100, from: 700, to: 4_000 },
  { of: 40, from: 4_000, to: 18_000 },
  { of: 14, from: 18_000, to: 70_000 },
  { of: 6, from: 70_000, to: 260_000 },
];
const SOONEST_MONTHS = 14;
/** Months before today in which nothing closes any more, so that what is declared is also paid. */
const LATEST_MONTHS = 4;
const SECOND_WORDS = ["Works", "Labs", "Instruments", "Tools", "Systems", "Supply", "Studio"];
const DOLLARS = new Intl.NumberFormat("en-US");

/**
 * How the story of a student goes on whose first investment settled so many months ago; null where nothing is ever sold.
 * Draws the same number of chances for everybody.
 */
export function fortuneOf(
  chance: Chance,
  student: { name: string },
  monthsAgo: number,
): Outcome | null {
  const drawn = chance.below(1_000);
  const within = chance.below(1_000);
  const when = chance.below(1_000);
  const paper = chance.below(100);
  const word = chance.pick(SECOND_WORDS);
  let upTo = 0;
  const kind = CLASSES.find((each) => {
    upTo += each.of;
    return drawn < upTo;
  });
  const months = monthsAgo - LATEST_MONTHS - SOONEST_MONTHS;
  if (!kind || kind.to === 0 || months <= 0) return null;
  const thousands = kind.from + Math.floor(((kind.to - kind.from) * within * within) / 1_000_000);
  const basis = Math.min(2_000 + within * 40, 60_000);
  const grade = paper < 25 ? "tax_transcript" : paper < 60 ? "counterparty" : undefined;
  const family = student.name.split(" ").at(-1) ?? student.name;
  return {
    afterMonths: SOONEST_MONTHS + Math.floor((months * when) / 1_000),
    company: `${family} ${word}`,
    proceeds: DOLLARS.format(thousands * 1_000),
    basis: DOLLARS.format(basis),
    costs: DOLLARS.format(Math.floor((thousands * 1_000) / 40)),
    document: paper < 86,
    ...(grade ? { grade } : {}),
  };
}
