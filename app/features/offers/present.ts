import type { OfferState } from "#db/schema/offers";
import { deadlineOf, formatDate } from "~/lib/dates";
import { formatBps, formatCents, formatPercentOfToken, formatShares } from "~/lib/money";
import { finderShares } from "./deal";
import type { OfferFile } from "./hold-offer.server";
import { answerProblem, fundingProblem, lapsesAt, leaveProblem } from "./rules";
import {
  capInWords,
  capLabel,
  sharesInWords,
  sunsetInWords,
  sunsetLabel,
  yourSharesInWords,
} from "./words";

export type Role = "student" | "investor";
/** The next thing that a student does with an open offer. */
export type NextStep = "sheet" | "questions" | "token" | "sign";

const STATES: Record<OfferState, { word: string; tone: "plain" | "gain" | "loss" | "accent" }> = {
  funding: { word: "being funded", tone: "plain" },
  open: { word: "open", tone: "accent" },
  signed: { word: "signed, cooling off", tone: "accent" },
  settled: { word: "settled", tone: "gain" },
  declined: { word: "declined", tone: "plain" },
  lapsed: { word: "lapsed", tone: "plain" },
  left: { word: "left", tone: "plain" },
};

/** A state as people read it. An open offer whose time is over reads as lapsed, though the job may not have come to it. */
export function stateInWords(
  offer: { state: OfferState; createdAt: Date; expiresAt: Date | null },
  now: Date,
) {
  const over =
    (offer.state === "open" && offer.expiresAt !== null && now >= offer.expiresAt) ||
    (offer.state === "funding" && now >= lapsesAt(offer));
  return STATES[over ? "lapsed" : offer.state];
}

/** An offer as its two sides read it: texts, flags, and instants for `Deadline`. */
export type OfferView = ReturnType<typeof presentOffer>;

/** Turns an offer into what its pages show to one of its sides. */
export function presentOffer(file: OfferFile, role: Role, now: Date, readerId: string) {
  const { offer, cohort, student, finder } = file;
  const own = file.parts.find((part) => part.investorId === readerId);
  const stake = finderShares(file);
  const deadline = (instant: Date | null) =>
    instant ? deadlineOf(instant, cohort.timeZone, now) : null;
  const nextStep: NextStep = !offer.infoSheetReadAt
    ? "sheet"
    : !offer.quizPassedAt
      ? "questions"
      : !file.token
        ? "token"
        : "sign";
  return {
    id: offer.id,
    role,
    state: offer.state,
    stateWord: stateInWords(offer, now).word,
    tone: stateInWords(offer, now).tone,
    studentName: student.displayName,
    studentHandle: student.handle,
    cohortTitle: cohort.title,
    cohortSlug: cohort.slug,
    amount: formatCents(offer.amountCents),
    shares: formatShares(offer.shares),
    percent: formatPercentOfToken(offer.shares),
    sharesInWords: sharesInWords(offer.shares),
    yourShares: yourSharesInWords(offer.shares),
    cap: capInWords(offer),
    capLabel: capLabel(offer.payoutCapMultiple),
    sunset: sunsetInWords(offer.sunsetYears),
    sunsetLabel: sunsetLabel(offer.sunsetYears),
    message: offer.message,
    sentOn: offer.sentAt ? formatDate(offer.sentAt) : null,
    closedOn: offer.closedAt ? formatDate(offer.closedAt) : null,
    expires: deadline(offer.expiresAt),
    expiresOn: offer.expiresAt ? formatDate(offer.expiresAt) : null,
    settles: deadline(offer.settlesAt),
    investorMayLeaveUntil: deadline(offer.investorMayLeaveUntil),
    leftBy: offer.state === "left" ? whoLeft(file, role) : null,
    investors: file.parts.map((part) => ({
      name: part.investor.displayName,
      handle: part.investor.handle,
      amount: formatCents(part.amountCents),
      sharesInWords: sharesInWords(part.shares),
      funded: part.fundedAt !== null,
      declined: part.declinedAt !== null,
    })),
    /** The reader's own part, for an investor. */
    own: own
      ? { amount: formatCents(own.amountCents), sharesInWords: sharesInWords(own.shares) }
      : null,
    /** The scout who gets a part of the investors' shares, if any (T22). */
    finder:
      finder && stake > 0n
        ? {
            name: finder.displayName,
            handle: finder.handle,
            stake: formatBps(offer.finderStakeBps),
            sharesInWords: sharesInWords(stake),
          }
        : null,
    neverSent: offer.sentAt === null,
    fundsUntil: offer.state === "funding" ? deadline(lapsesAt(offer)) : null,
    canFund: own?.fundedAt === null && fundingProblem(offer, now) === null,
    canDeclinePart: own !== undefined && fundingProblem(offer, now) === null,
    investorNames: investorNames(file),
    canAnswer: role === "student" && answerProblem(offer, now) === null,
    canLeave: leaveProblem(offer, role, now) === null,
    nextStep,
    hasToken: file.token !== null,
  };
}

/** Who left, as the reader knows them. */
function whoLeft(file: OfferFile, role: Role): string {
  const by: Role = file.offer.closedBy === file.offer.studentId ? "student" : "investor";
  if (by === role) return "You";
  return by === "student" ? file.student.displayName : investorNames(file);
}

function investorNames(file: OfferFile): string {
  return file.parts.map((part) => part.investor.displayName).join(" and ");
}
