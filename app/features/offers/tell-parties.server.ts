import type { Tx } from "#db/client.server";
import { enqueueMail } from "#emails/outbox.server";
import { formatDeadline } from "~/lib/dates";
import { formatCents } from "~/lib/money";
import type { OfferFile } from "./hold-offer.server";
import { sharesInWords } from "./words";

type Step =
  | "offer-sent"
  | "offer-declined"
  | "offer-lapsed"
  | "offer-signed"
  | "offer-left"
  | "offer-settled";

/**
 * Writes to the student and to each investor what has just happened to their offer, in the caller's transaction. `until`
 * is the instant that the message names, if it names one; `by` who left.
 */
export async function tellParties(
  tx: Tx,
  file: OfferFile,
  step: Step,
  now: Date,
  facts: { until?: Date; investorUntil?: Date; by?: "student" | "investor"; message?: string } = {},
): Promise<void> {
  const deadline = (instant: Date | undefined) =>
    instant ? formatDeadline(instant, file.cohort.timeZone, now) : "";
  const shared = {
    cohort: file.cohort.title,
    until: deadline(facts.until),
    investorUntil: deadline(facts.investorUntil),
    by: facts.by ?? "",
    message: facts.message ?? "",
    path: `/offers/${file.offer.id}`,
  };
  const investors = file.parts.map((part) => part.investor.displayName).join(", ");
  await enqueueMail(tx, {
    to: { personId: file.student.id, email: file.student.email },
    template: step,
    props: {
      ...shared,
      role: "student",
      name: file.student.displayName,
      other: investors,
      amount: formatCents(file.offer.amountCents),
      shares: sharesInWords(file.offer.shares),
    },
    now,
  });
  for (const part of file.parts) {
    await enqueueMail(tx, {
      to: { personId: part.investorId, email: part.investor.email },
      template: step,
      props: {
        ...shared,
        role: "investor",
        name: part.investor.displayName,
        other: file.student.displayName,
        amount: formatCents(part.amountCents),
        shares: sharesInWords(part.shares),
      },
      now,
    });
  }
}
