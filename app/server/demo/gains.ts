import type { DateTime } from "luxon";
import { storeDocument } from "~/features/gains/store-document.server";
import { centsForInput } from "~/lib/money";
import type { Outcome } from "./cast";
import { operators, person, type World, when } from "./world";

/** The smallest document that is one. */
const PAPER = new TextEncoder().encode("%PDF-1.4\n% closing statement\n%%EOF\n");

/**
 * A company is sold, declared two weeks later, paid the week after, and looked at by the operator. With `unpaid` the
 * owner declares and does not pay. Answers where the gain's id will be.
 */
export function planOutcome(
  world: World,
  handle: string,
  closing: DateTime,
  outcome: Outcome,
  unpaid = false,
): () => string {
  const { agenda, steps } = world;
  const { afterMonths: _, document, grade, ...sale } = outcome;
  let gain = { gainId: "", toPayCents: "0" };
  agenda.at(when(closing, 14, 14), async () => {
    const owner = person(world, handle);
    const paper = document
      ? steps.must(
          await storeDocument(
            steps.call(owner, { fileName: "closing-statement.pdf", bytes: PAPER }),
          ),
        )
      : {};
    gain = await steps.declare(owner, {
      ...sale,
      closingDate: closing.toISODate() ?? "",
      ...paper,
    });
  });
  const gainId = () => gain.gainId;
  if (unpaid) return gainId;
  agenda.at(when(closing, 21, 14), async () => {
    if (BigInt(gain.toPayCents) === 0n) return;
    await steps.deposit(person(world, handle), operators(world), centsForInput(gain.toPayCents));
    await steps.pay(person(world, handle), gain.gainId);
  });
  if (!grade) return gainId;
  const reason =
    grade === "tax_transcript"
      ? "Transcript of the tax office matches."
      : "The buyer's counsel confirmed the closing.";
  agenda.at(when(closing, 40, 11), () =>
    steps.grade(person(world, "ines"), gain.gainId, grade, reason),
  );
  return gainId;
}
