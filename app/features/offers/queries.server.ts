import { createHash } from "node:crypto";
import { and, desc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { getDb, type Queryable } from "#db/client.server";
import { agreements, cohorts, offerParts, offers, persons } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { denial } from "~/auth/permissions";
import { getMinting, listLiveLots } from "~/features/tokens/queries.server";
import { lotCapCents } from "~/ledger/distribution";
import { getBalance } from "~/ledger/read.server";
import { type Deadline, deadlineOf, formatDate, formatInstant } from "~/lib/dates";
import { isId } from "~/lib/ids";
import { formatCents, formatPercentOfToken } from "~/lib/money";
import { investmentAgreement } from "./agreement";
import { dealOf } from "./deal";
import { findOfferFile, getParties, type OfferFile, partiesOf } from "./hold-offer.server";
import { type Holding, holdingsOf } from "./holdings";
import { type OfferView, presentOffer, type Role, stateInWords } from "./present";
import { type QuizQuestion, quizOf } from "./quiz";
import { lapsesAt } from "./rules";
import { type SimulatedFuture, type SimulatedLot, simulateFutures } from "./simulate";

async function findFileFor(
  actor: Actor,
  id: string,
  db: Queryable,
): Promise<{ file: OfferFile; role: Role } | null> {
  const file = isId(id) ? await findOfferFile(db, id) : null;
  if (!file || denial(actor, "offer.read", partiesOf(file))) return null;
  const role: Role = actor.id === file.offer.studentId ? "student" : "investor";
  // Until it goes out an offer is its investors' alone.
  if (role === "student" && !file.offer.sentAt) return null;
  return { file, role };
}

/** An offer as one of its sides sees it; null for everybody else. */
export async function getOfferFor(
  actor: Actor,
  id: string,
  now: Date,
  db: Queryable = getDb(),
): Promise<OfferView | null> {
  const found = await findFileFor(actor, id, db);
  return found && presentOffer(found.file, found.role, now, actor.id);
}

/** What the student reads before anything else: the offer, and what futures would give to whom. Null for others. */
export async function getInfoSheet(
  actor: Actor,
  id: string,
  now: Date,
  db: Queryable = getDb(),
): Promise<{ offer: OfferView; futures: SimulatedFuture[] } | null> {
  const found = await findFileFor(actor, id, db);
  if (!found) return null;
  return {
    offer: presentOffer(found.file, found.role, now, actor.id),
    futures: simulateFutures(await lotsWith(found.file, db), {
      toOwner: found.role === "student",
    }),
  };
}

/** The token's lots as they stand, and this offer's beside them until they are among them. */
async function lotsWith(file: OfferFile, db: Queryable): Promise<SimulatedLot[]> {
  const live = await listLiveLots(file.offer.studentId, db);
  const names =
    live.length > 0
      ? await getParties(
          db,
          live.map((lot) => lot.holderId),
        )
      : new Map<string, { displayName: string }>();
  const standing = live.map((lot) => ({
    lotId: lot.id,
    holderName: names.get(lot.holderId)?.displayName ?? "",
    shares: lot.sharesLeft,
    capLeftCents: lot.capLeftCents,
  }));
  return file.offer.state === "settled" ? standing : [...standing, ...lotsOf(file)];
}

/** The lots that an offer would make. */
function lotsOf(file: OfferFile): SimulatedLot[] {
  const holdings = holdingsOf({ ...file.offer, parts: file.parts });
  const caps = lotCapCents({
    paidCents: file.offer.amountCents,
    capMultiple: file.offer.payoutCapMultiple,
    lotShares: holdings.map((holding) => holding.shares),
  });
  return holdings.map((holding, index) => ({
    lotId: `offer-${index}`,
    holderName: nameOf(file, holding),
    shares: holding.shares,
    capLeftCents: caps[index] ?? null,
  }));
}

/** Who a lot of this offer would be with, as the simulator names them. */
function nameOf(file: OfferFile, holding: Holding): string {
  if (holding.finder) return `${file.finder?.displayName ?? ""} (scout, this offer)`;
  const part = file.parts.find((one) => one.investorId === holding.holderId);
  return `${part?.investor.displayName ?? ""} (this offer)`;
}

/** The offer and its three questions, without what is right; null for others than its student. */
export async function getQuiz(actor: Actor, id: string, now: Date, db: Queryable = getDb()) {
  const found = await findFileFor(actor, id, db);
  if (found?.role !== "student") return null;
  const questions = quizOf(found.file.offer).map(({ name, prompt, options }: QuizQuestion) => ({
    name,
    prompt,
    options,
  }));
  return { offer: presentOffer(found.file, found.role, now, actor.id), questions };
}

/** The offer and what its student needs to sign the token agreement; null for others. */
export async function getTokenStep(actor: Actor, id: string, now: Date, db: Queryable = getDb()) {
  const found = await findFileFor(actor, id, db);
  if (found?.role !== "student") return null;
  return {
    offer: presentOffer(found.file, found.role, now, actor.id),
    minting: await getMinting(actor, now, db),
  };
}

/** The offer, the text to sign with its hash, and whether its student is of age; null for others. */
export async function getSigning(actor: Actor, id: string, now: Date, db: Queryable = getDb()) {
  const found = await findFileFor(actor, id, db);
  if (found?.role !== "student") return null;
  const { text } = investmentAgreement(dealOf(found.file));
  const { ofAge } = await getMinting(actor, now, db);
  const textSha256 = createHash("sha256").update(text).digest("hex");
  return { offer: presentOffer(found.file, found.role, now, actor.id), text, textSha256, ofAge };
}

/** The agreement that the asker signed for this offer, as it is kept; null for others and before the signature. */
export async function getOwnAgreement(actor: Actor, offerId: string, db: Queryable = getDb()) {
  const [agreement] = await db
    .select({
      text: agreements.text,
      textSha256: agreements.textSha256,
      typedLegalName: agreements.typedLegalName,
      signedAt: agreements.signedAt,
    })
    .from(agreements)
    .where(and(eq(agreements.offerId, offerId), eq(agreements.personId, actor.id)));
  return agreement ? { ...agreement, signedAt: formatInstant(agreement.signedAt, "UTC") } : null;
}

export type OfferLine = {
  id: string;
  role: Role;
  other: string;
  cohort: string;
  amount: string;
  percent: string;
  stateWord: string;
  tone: OfferView["tone"];
  /** What comes next and when, if anything does. */
  next: { what: string; by: Deadline | null };
  /** Whether the asker has something to do. */
  waits: boolean;
};

/** The asker's offers, to them and from them, latest first. */
export async function listOffersOf(
  actor: Actor,
  now: Date,
  db: Queryable = getDb(),
): Promise<OfferLine[]> {
  const mine = db
    .select({ id: offerParts.offerId })
    .from(offerParts)
    .where(eq(offerParts.investorId, actor.id));
  const rows = await db
    .select({
      offer: offers,
      cohort: cohorts.title,
      zone: cohorts.timeZone,
      student: persons.displayName,
    })
    .from(offers)
    .innerJoin(cohorts, eq(cohorts.id, offers.cohortId))
    .innerJoin(persons, eq(persons.id, offers.studentId))
    .where(
      or(
        and(eq(offers.studentId, actor.id), isNotNull(offers.sentAt)),
        eq(offers.madeBy, actor.id),
        inArray(offers.id, mine),
      ),
    )
    .orderBy(desc(offers.createdAt), desc(offers.id))
    .limit(300);
  const makers =
    rows.length > 0
      ? await getParties(
          db,
          rows.map((row) => row.offer.madeBy),
        )
      : new Map<string, { displayName: string }>();
  const toFund = new Set(
    (
      await db
        .select({ id: offerParts.offerId })
        .from(offerParts)
        .where(and(eq(offerParts.investorId, actor.id), isNull(offerParts.fundedAt)))
    ).map((row) => row.id),
  );
  return rows.map(({ offer, cohort, zone, student }) => {
    const role: Role = offer.studentId === actor.id ? "student" : "investor";
    const { word, tone } = stateInWords(offer, now);
    return {
      id: offer.id,
      role,
      other: role === "student" ? (makers.get(offer.madeBy)?.displayName ?? "") : student,
      cohort,
      amount: formatCents(offer.amountCents),
      percent: formatPercentOfToken(offer.shares),
      stateWord: word,
      tone,
      next: nextOf(offer, zone, now),
      waits: role === "student" ? word === "open" : toFund.has(offer.id) && word === "being funded",
    };
  });
}

/** What comes next for an offer and when; of one that is over, since which day. */
function nextOf(offer: typeof offers.$inferSelect, zone: string, now: Date): OfferLine["next"] {
  const by = (what: string, instant: Date) => ({ what, by: deadlineOf(instant, zone, now) });
  if (offer.state === "funding") return by("to be funded by", lapsesAt(offer));
  if (offer.state === "open" && offer.expiresAt) return by("lapses", offer.expiresAt);
  if (offer.state === "signed" && offer.settlesAt) return by("settles", offer.settlesAt);
  return { what: offer.closedAt ? `since ${formatDate(offer.closedAt)}` : "", by: null };
}

/** The asker's offers for one place in a cohort, latest first. */
export async function listOwnOffersFor(
  actor: Actor,
  enrolmentId: string,
  now: Date,
  db: Queryable = getDb(),
) {
  const rows = await db
    .select()
    .from(offers)
    .where(and(eq(offers.enrolmentId, enrolmentId), eq(offers.madeBy, actor.id)))
    .orderBy(desc(offers.createdAt), sql`id`);
  return rows.map((offer) => ({
    id: offer.id,
    live: offer.state === "funding" || offer.state === "open" || offer.state === "signed",
    amount: formatCents(offer.amountCents),
    percent: formatPercentOfToken(offer.shares),
    ...stateInWords(offer, now),
  }));
}

/** The asker's part of an offer and what funding it would move; null for everybody without a part. */
export async function getFunding(actor: Actor, id: string, now: Date, db: Queryable = getDb()) {
  const found = await findFileFor(actor, id, db);
  const part = found?.file.parts.find((one) => one.investorId === actor.id);
  if (!found || !part) return null;
  const balance = await getBalance(db, "cash", actor.id);
  return {
    offer: presentOffer(found.file, found.role, now, actor.id),
    part: {
      amount: formatCents(part.amountCents),
      percent: formatPercentOfToken(part.shares),
      balanceBefore: formatCents(balance),
      balanceAfter: formatCents(balance - part.amountCents),
    },
  };
}
