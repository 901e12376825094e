import { expect } from "vitest";
import type { PublicBody } from "~/ledger/bodies";
import { TestLog, textOf } from "./log-world";
import { idOf, PEOPLE, type Pen, richBook } from "./rich-book";
import { annsParts, judge } from "./verify-world";

/** What the operator signs may be false too: each of these books is chained and signed as it should be. */
export type Book = { log: TestLog; pen: Pen };
const { ann } = PEOPLE;
export const TOKEN = idOf(101);

/** A bundle as the operator would give it, whose summary says anything: what is false is in the log. */
export async function bundleOf(log: TestLog, others: readonly string[] = [PEOPLE["ann-ltd"]]) {
  const honest = annsParts(new TestLog(log.key).fill(richBook()));
  const chain = log.chainOf(ann);
  return textOf({
    ...{ ...honest, ...chain, checkpoint: log.signed.note },
    others: others.map((one) => log.chainOf(one)),
  });
}

/** The rich book with something more, or something in the place of an entry. */
export function book(change: (book: Book) => void): TestLog {
  const pen = richBook();
  const log = new TestLog().fill(pen, false);
  change({ log, pen });
  return log.sign();
}
/** The first of the rich book’s entries of a kind. */
export const found = (pen: Pen, kind: PublicBody["kind"]): PublicBody =>
  pen.bodies.find((body) => body.kind === kind) as PublicBody;
/** A price of the rich book’s token. */
export const mark = (pen: Pen, at: string, counts: string[] = [ann]) =>
  pen.write("mark", at, TOKEN, {
    ...{ priceCents: "1", shares: "1", class: "price", date: "2024-03-01", event: idOf(7), counts },
  });
/** The verifier finds that the operator’s bundle of that log lies, and says where. */
export const isLie = async (log: TestLog, about: RegExp, others?: string[]) => {
  const told = await judge(await bundleOf(log, others));
  expect(told.lies[0]).toMatch(about);
  expect(told.verdict).toBe("lie");
};
