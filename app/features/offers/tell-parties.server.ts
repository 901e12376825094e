import type { Tx } from "#db/client.server";
import { enqueueMail } from "#emails/outbox.server";
import { formatDeadline } from "~/lib/dates";
import { formatCents } from "~/lib/money";
import type { OfferFile } from "./hold-offer.server";
import { sharesInWords } from "./words";

const WHOM = (file: OfferFile, id: string): string =>
  file.parts.find((part) => part.investorId === id)?.investor.displayName ?? "An investor";

/** Asks every co-investor for their part of an offer that waits to be funded, in the caller's transaction. */
export async function tellCoInvestors(
  tx: Tx,
  file: OfferFile,
  until: Date,
  now: Date,
): Promise<void> {
  const { madeBy } = file.offer;
  for (const part of file.parts.filter((one) => one.investorId !== madeBy)) {
    await enqueueMail(tx, {
      to: { personId: part.investorId, email: part.investor.email },
      template: "offer-part-to-fund",
      props: {
        name: part.investor.displayName,
        maker: WHOM(file, madeBy),
        student: file.student.displayName,
        amount: formatCents(part.amountCents),
        shares: sharesInWords(part.shares),
        until: formatDeadline(until, file.cohort.timeZone, now),
        path: `/offers/${file.offer.id}/fund`,
      },
      now,
    });
  }
}

/** Tells the investors that an offer fell back before it went out; its student never knew of it. */
export async function tellFallenBack(
  tx: Tx,
  file: OfferFile,
  by: string | null,
  now: Date,
): Promise<void> {
  const student = file.student.displayName;
  for (const part of file.parts) {
    const who = by === part.investorId ? "You do" : `${by ? WHOM(file, by) : "Somebody"} does`;
    await enqueueMail(tx, {
      to: { personId: part.investorId, email: part.investor.email },
      template: "offer-fell-back",
      props: {
        name: part.investor.displayName,
        student,
        cause: by
          ? `${who} not take part in the offer to ${student}, so it has not gone out.`
          : `Not every part of the offer to ${student} was funded in time, so it has not gone out.`,
        money: part.fundedAt
          ? `Your ${formatCents(part.amountCents)} are back in your balance.`
          : "You had put no money into it.",
        path: `/offers/${file.offer.id}`,
      },
      now,
    });
  }
}

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
