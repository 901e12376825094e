import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { enrolments } from "./applications";
import { cohorts } from "./cohorts";
import { amount, id, instant } from "./columns";
import { documents } from "./documents";
import { persons } from "./people";

/** A person's token: 10,000,000 shares, one a person, minted by the owner's signature. `id` is its public pseudonym. */
export const tokens = pgTable("tokens", {
  id: id(),
  ownerId: uuid("owner_id")
    .notNull()
    .unique()
    .references(() => persons.id),
  mintedAt: instant("minted_at").notNull(),
  agreementId: uuid("agreement_id")
    .notNull()
    .unique()
    .references(() => agreements.id),
});

/** A text that a person signed by typing their legal name. Never changed. */
export const agreements = pgTable(
  "agreements",
  {
    id: id(),
    kind: text("kind").$type<"token" | "investment">().notNull(),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    offerId: uuid("offer_id"),
    version: text("version").notNull(),
    text: text("text").notNull(),
    textSha256: text("text_sha256").notNull(),
    typedLegalName: text("typed_legal_name").notNull(),
    signedAt: instant("signed_at").notNull(),
  },
  (t) => [
    index("agreements_person").on(t.personId),
    uniqueIndex("agreements_one_token").on(t.personId).where(sql`kind = 'token'`),
    uniqueIndex("agreements_one_per_offer").on(t.offerId).where(sql`kind = 'investment'`),
    check("agreements_kind", sql`${t.kind} in ('token', 'investment')`),
    check(
      "agreements_hash",
      sql`${t.textSha256} = encode(sha256(convert_to(${t.text}, 'UTF8')), 'hex')`,
    ),
  ],
);

export type OfferState = "funding" | "open" | "signed" | "settled" | "declined" | "lapsed" | "left";

/** An offer of money for shares. Amounts and shares are totals over its parts. */
export const offers = pgTable(
  "offers",
  {
    id: id(),
    cohortId: uuid("cohort_id")
      .notNull()
      .references(() => cohorts.id),
    enrolmentId: uuid("enrolment_id")
      .notNull()
      .references(() => enrolments.id),
    studentId: uuid("student_id")
      .notNull()
      .references(() => persons.id),
    madeBy: uuid("made_by")
      .notNull()
      .references(() => persons.id),
    state: text("state").$type<OfferState>().notNull(),
    amountCents: amount("amount_cents").notNull(),
    shares: amount("shares").notNull(),
    payoutCapMultiple: integer("payout_cap_multiple"),
    sunsetYears: integer("sunset_years"),
    finderStakeBps: integer("finder_stake_bps").notNull().default(0),
    finderId: uuid("finder_id").references(() => persons.id),
    message: text("message").notNull().default(""),
    createdAt: instant("created_at").notNull(),
    /** Until then all parts must be funded, or the offer falls back (T14). */
    fundsBy: instant("funds_by"),
    sentAt: instant("sent_at"),
    expiresAt: instant("expires_at"),
    infoSheetReadAt: instant("info_sheet_read_at"),
    quizPassedAt: instant("quiz_passed_at"),
    signedAt: instant("signed_at"),
    investorMayLeaveUntil: instant("investor_may_leave_until"),
    settlesAt: instant("settles_at"),
    closedAt: instant("closed_at"),
    closedBy: uuid("closed_by").references(() => persons.id),
    agreementId: uuid("agreement_id")
      .unique()
      .references(() => agreements.id),
  },
  (t) => [
    index("offers_student").on(t.studentId, t.state),
    index("offers_made_by").on(t.madeBy, t.state),
    index("offers_settle_due").on(t.settlesAt).where(sql`state = 'signed'`),
    index("offers_lapse_due").on(t.expiresAt).where(sql`state = 'open'`),
    uniqueIndex("offers_one_live")
      .on(t.enrolmentId, t.madeBy)
      .where(sql`state in ('funding', 'open', 'signed')`),
    check(
      "offers_state",
      sql`${t.state} in ('funding', 'open', 'signed', 'settled', 'declined', 'lapsed', 'left')`,
    ),
    check("offers_floor_price", sql`${t.amountCents} >= ${t.shares}`),
    check("offers_shares", sql`${t.shares} between 1 and 2000000`),
    check("offers_cap", sql`${t.payoutCapMultiple} in (3, 5)`),
    check("offers_sunset", sql`${t.sunsetYears} in (10, 20)`),
    check("offers_finder_stake", sql`${t.finderStakeBps} between 0 and 1000`),
    check(
      "offers_finder",
      sql`(${t.finderId} is null) = (${t.finderStakeBps} = 0) and ${t.finderId} is distinct from ${t.studentId}`,
    ),
    check("offers_not_to_oneself", sql`${t.madeBy} <> ${t.studentId}`),
    check(
      "offers_open_a_week",
      sql`${t.sentAt} is null or ${t.expiresAt} >= ${t.sentAt} + interval '168 hours'`,
    ),
    check(
      "offers_sent",
      sql`${t.state} = 'funding' or ${t.state} = 'lapsed' or (${t.sentAt} is not null and ${t.expiresAt} is not null)`,
    ),
    check(
      "offers_signed",
      sql`(${t.state} in ('signed', 'settled', 'left')) = (${t.signedAt} is not null and ${t.agreementId} is not null and ${t.quizPassedAt} is not null and ${t.settlesAt} is not null)`,
    ),
    check(
      "offers_cooling_off",
      sql`${t.signedAt} is null or (${t.settlesAt} = ${t.signedAt} + interval '168 hours' and ${t.investorMayLeaveUntil} = ${t.signedAt} + interval '96 hours')`,
    ),
    check(
      "offers_closed",
      sql`(${t.state} in ('settled', 'declined', 'lapsed', 'left')) = (${t.closedAt} is not null)`,
    ),
    check(
      "offers_settled_in_time",
      sql`${t.state} <> 'settled' or ${t.closedAt} >= ${t.settlesAt}`,
    ),
  ],
);

/** One investor's part of an offer; its cash waits in an escrow account of its own. */
export const offerParts = pgTable(
  "offer_parts",
  {
    id: id(),
    offerId: uuid("offer_id")
      .notNull()
      .references(() => offers.id),
    investorId: uuid("investor_id")
      .notNull()
      .references(() => persons.id),
    amountCents: amount("amount_cents").notNull(),
    shares: amount("shares").notNull(),
    fundedAt: instant("funded_at"),
    /** A co-investor who will not take part; the offer then falls back. */
    declinedAt: instant("declined_at"),
  },
  (t) => [
    unique("offer_parts_one_each").on(t.offerId, t.investorId),
    index("offer_parts_investor").on(t.investorId),
    check("offer_parts_floor_price", sql`${t.amountCents} >= ${t.shares}`),
    check("offer_parts_holder_limit", sql`${t.shares} between 1 and 1000000`),
  ],
);

/** A sale that a token's owner declared: a gain, a loss, or nothing. What it gave is in the ledger's entry. */
export const gains = pgTable(
  "gains",
  {
    id: id(),
    tokenId: uuid("token_id")
      .notNull()
      .references(() => tokens.id),
    company: text("company").notNull(),
    closingDate: date("closing_date", { mode: "string" }).notNull(),
    proceedsCents: amount("proceeds_cents").notNull(),
    basisCents: amount("basis_cents").notNull(),
    costsCents: amount("costs_cents").notNull(),
    lossCents: amount("loss_cents").notNull(),
    distributableCents: amount("distributable_cents").notNull(),
    documentId: uuid("document_id").references(() => documents.id),
    grade: text("grade").$type<EvidenceGrade>().notNull(),
    declaredAt: instant("declared_at").notNull(),
    dueAt: instant("due_at").notNull(),
    /** Until when an operator deferred it for hardship; `dueAt` is then the same instant. */
    deferredUntil: instant("deferred_until"),
    paidAt: instant("paid_at"),
    /** When its declaration was reversed: it counts no more, and is due no more. */
    reversedAt: instant("reversed_at"),
  },
  (t) => [
    index("gains_token").on(t.tokenId),
    index("gains_grade").on(t.grade),
    check(
      "gains_amounts",
      sql`${t.proceedsCents} >= 0 and ${t.basisCents} >= 0 and ${t.costsCents} >= 0 and ${t.lossCents} >= 0 and ${t.distributableCents} >= 0`,
    ),
    check(
      "gains_not_more_than_made",
      sql`${t.distributableCents} <= greatest(0, ${t.proceedsCents} - ${t.basisCents} - ${t.costsCents})`,
    ),
    check(
      "gains_grade_known",
      sql`${t.grade} in ('self_reported', 'documented', 'counterparty', 'tax_transcript')`,
    ),
    check("gains_deferred", sql`${t.deferredUntil} is null or ${t.deferredUntil} = ${t.dueAt}`),
    check("gains_loss_documented", sql`${t.lossCents} = 0 or ${t.documentId} is not null`),
    check(
      "gains_closed_before_declared",
      sql`(${t.closingDate} + 1)::timestamp at time zone 'UTC' <= ${t.declaredAt}`,
    ),
  ],
);

/** T12, weakest first; the last two are "confirmed". */
export type EvidenceGrade = "self_reported" | "documented" | "counterparty" | "tax_transcript";
