import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { cohorts } from "./cohorts";
import { id, instant } from "./columns";
import { persons } from "./people";

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
  ],
);
