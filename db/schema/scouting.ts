import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { cohorts } from "./cohorts";
import { id, instant } from "./columns";
import { persons } from "./people";

/** A scout's own link. Whoever follows it says by themselves that the scout referred them: the link proves nothing. */
export const scoutLinks = pgTable(
  "scout_links",
  {
    id: id(),
    scoutId: uuid("scout_id")
      .notNull()
      .references(() => persons.id),
    code: text("code").notNull().unique(),
    cohortId: uuid("cohort_id").references(() => cohorts.id),
    madeAt: instant("made_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    index("scout_links_scout").on(t.scoutId),
    check("scout_links_code", sql`${t.code} ~ '^[a-z0-9]{8,20}$'`),
    check("scout_links_time", sql`${t.expiresAt} > ${t.madeAt}`),
  ],
);

/** `lapsed`: its time went by, and somebody else's referral took its place; with a talent, it had been confirmed. */
export type ReferralState = "sent" | "confirmed" | "declined" | "lapsed";

/** A scout refers somebody by e-mail, with reasons; it counts once the talent confirms the scout by name (T21). */
export const referrals = pgTable(
  "referrals",
  {
    id: id(),
    scoutId: uuid("scout_id")
      .notNull()
      .references(() => persons.id),
    talentEmail: text("talent_email").notNull(),
    talentName: text("talent_name").notNull(),
    talentId: uuid("talent_id").references(() => persons.id),
    /** The cohort that the scout has in mind; the referral counts for any. */
    cohortId: uuid("cohort_id").references(() => cohorts.id),
    /** The scout's link that it came by. */
    linkId: uuid("link_id").references(() => scoutLinks.id),
    reasons: text("reasons").notNull(),
    state: text("state").$type<ReferralState>().notNull().default("sent"),
    tokenHash: text("token_hash").notNull().unique(),
    sentAt: instant("sent_at").notNull(),
    /** Until then it may lead to an application; `investBy` to an investment. */
    applyBy: instant("apply_by").notNull(),
    investBy: instant("invest_by").notNull(),
    answeredAt: instant("answered_at"),
  },
  (t) => [
    index("referrals_scout").on(t.scoutId),
    index("referrals_talent").on(t.talentId),
    uniqueIndex("referrals_first_confirmed_wins").on(t.talentId).where(sql`state = 'confirmed'`),
    uniqueIndex("referrals_once_each").on(t.scoutId, t.talentEmail).where(sql`state = 'sent'`),
    check("referrals_state", sql`${t.state} in ('sent', 'confirmed', 'declined', 'lapsed')`),
    check(
      "referrals_answered",
      sql`(${t.state} = 'sent') = (${t.answeredAt} is null) and (${t.state} <> 'confirmed' or ${t.talentId} is not null)`,
    ),
    check("referrals_not_oneself", sql`${t.scoutId} is distinct from ${t.talentId}`),
    check("referrals_email_lower", sql`${t.talentEmail} = lower(${t.talentEmail})`),
    check("referrals_reasons", sql`${t.linkId} is not null or length(trim(${t.reasons})) > 0`),
  ],
);

/** What a scout holds true of a talent, said when they refer them, with how sure they are; scored once its day has come. */
export const referralHypotheses = pgTable(
  "referral_hypotheses",
  {
    id: id(),
    referralId: uuid("referral_id")
      .notNull()
      .references(() => referrals.id),
    claim: text("claim").notNull(),
    chancePercent: integer("chance_percent").notNull(),
    dueOn: date("due_on", { mode: "string" }).notNull(),
    statedAt: instant("stated_at").notNull(),
    /** When those who may score it were told that its day had come. */
    toldAt: instant("told_at"),
    outcome: text("outcome").$type<"true" | "false" | "void">(),
    evidence: text("evidence"),
    scoredBy: uuid("scored_by").references(() => persons.id),
    scoredAt: instant("scored_at"),
  },
  (t) => [
    index("referral_hypotheses_referral").on(t.referralId),
    index("referral_hypotheses_untold").on(t.dueOn).where(sql`told_at is null and outcome is null`),
    check("referral_hypotheses_claim", sql`length(trim(${t.claim})) between 1 and 500`),
    check("referral_hypotheses_evidence", sql`length(trim(${t.evidence})) between 1 and 2000`),
    check("referral_hypotheses_chance", sql`${t.chancePercent} between 1 and 99`),
    check(
      "referral_hypotheses_scored",
      sql`${t.outcome} in ('true', 'false', 'void') and (${t.outcome} is null) = (${t.scoredAt} is null) and (${t.outcome} is null) = (${t.evidence} is null)`,
    ),
    check(
      "referral_hypotheses_in_time",
      sql`${t.dueOn} >= (${t.statedAt} at time zone 'UTC')::date and (${t.scoredAt} is null or (${t.scoredAt} at time zone 'UTC')::date >= ${t.dueOn})`,
    ),
  ],
);
