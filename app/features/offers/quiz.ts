import { divideGain } from "~/ledger/distribution";
import { formatCents, formatPercentOfToken } from "~/lib/money";
import { policy } from "~/policy";

const EXAMPLE_GAIN_CENTS = 100_000_000n;

export type QuizQuestion = {
  /** The form field. */
  name: "part" | "nothing" | "tax";
  prompt: string;
  options: readonly { value: string; label: string }[];
  right: string;
  /** Said when the answer is wrong. */
  why: string;
};

type Terms = { amountCents: bigint; shares: bigint; payoutCapMultiple: number | null };

/** What shares on these terms get of a first gain, in cents: by T10, cut at the cap. */
export function partOfFirstGain(terms: Terms, gainCents: bigint): bigint {
  const capLeftCents =
    terms.payoutCapMultiple === null ? null : BigInt(terms.payoutCapMultiple) * terms.amountCents;
  const divided = divideGain({
    gainCents,
    ownerShares: policy.tokenShares.value - terms.shares,
    lots: [{ lotId: "these", shares: terms.shares, capLeftCents }],
  });
  return divided.parts.find((part) => part.lotId === "these")?.cents ?? 0n;
}

/** The three questions about an offer's information sheet (T15), with this deal's numbers. */
export function quizOf(terms: Terms): readonly QuizQuestion[] {
  const gain = formatCents(EXAMPLE_GAIN_CENTS, { whole: true });
  const part = formatCents(partOfFirstGain(terms, EXAMPLE_GAIN_CENTS));
  const percent = formatPercentOfToken(terms.shares);
  const cut = terms.payoutCapMultiple === null ? "" : ", and never more in all than the payout cap";
  return [
    {
      name: "part",
      prompt: `You sell shares of a company and your gain is ${gain}. It is your first gain. What do these investors get?`,
      options: [
        { value: "whole", label: `All of it: ${formatCents(EXAMPLE_GAIN_CENTS)}` },
        { value: "part", label: part },
        { value: "nothing", label: "Nothing, until they ask for it" },
      ],
      right: "part",
      why: `The shares get ${percent} of each gain${cut}: ${part} of ${gain}.`,
    },
    {
      name: "nothing",
      prompt:
        "Your company fails and you take a job with a good salary. What do you owe these investors?",
      options: [
        { value: "nothing", label: "Nothing" },
        { value: "salary", label: `${percent} of the salary` },
        { value: "back", label: `The ${formatCents(terms.amountCents)} that they paid` },
      ],
      right: "nothing",
      why: "Only gains from selling equity count. A salary is no gain, the money paid is not a debt, and without a gain you owe nothing.",
    },
    {
      name: "tax",
      prompt: `Your gain is ${gain} and you pay ${part} of it to these investors. On what may you have to pay tax?`,
      options: [
        { value: "none", label: "On nothing, the investors pay the tax" },
        { value: "rest", label: "Only on what I keep, in every country" },
        { value: "whole", label: `Possibly on the whole gain of ${gain}` },
      ],
      right: "whole",
      why: "Where you live, the whole gain may be taxed as yours, also the part that you pay on. Ask somebody who knows before you sign.",
    },
  ];
}

/** For each wrong or missing answer its explanation, by field; empty when all three are right. */
export function wrongAnswers(
  terms: Terms,
  answers: Readonly<Record<QuizQuestion["name"], string>>,
): Record<string, string[]> {
  const wrong = quizOf(terms).filter((question) => answers[question.name] !== question.right);
  return Object.fromEntries(wrong.map((question) => [question.name, [question.why]]));
}
