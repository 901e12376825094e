import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { applications } from "./applications";
import { cohorts } from "./cohorts";
import { id, instant } from "./columns";
import { cohort, person } from "./references";

/** `hold` keeps an application for later and is never released. */
export type DecisionKind = "admit" | "waitlist" | "decline" | "revise" | "defer" | "hold";
export type DecisionState = "pending" | "releasing" | "released" | "dropped";

/**
 * Decisions of a cohort that go out together: `total` of them, `done` so far. It can be interrupted and taken up again. What is
 * taken back before it is out leaves the total.
 */
export const decisionReleases = pgTable(
  "decision_releases",
  {
    id: id(),
    cohortId: cohort(),
    begunBy: person("begun_by"),
    begunAt: instant("begun_at").notNull(),
    total: integer("total").notNull(),
    done: integer("done").notNull().default(0),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    uniqueIndex("decision_releases_one_at_once").on(t.cohortId).where(sql`finished_at is null`),
    check(
      "decision_releases_counts",
      sql`${t.total} >= 0 and ${t.done} between 0 and ${t.total} and (${t.finishedAt} is null or ${t.done} = ${t.total})`,
    ),
  ],
);

/** A decision about an application: pending until it is released with its message (T30). */
export const decisions = pgTable(
  "decisions",
  {
    id: id(),
    applicationId: uuid("application_id")
      .notNull()
      .references(() => applications.id),
    cohortId: cohort(),
    kind: text("kind").$type<DecisionKind>().notNull(),
    state: text("state").$type<DecisionState>().notNull().default("pending"),
    message: text("message").notNull().default(""),
    /** What could be better next time; sent where it is not empty. */
    feedback: text("feedback").notNull().default(""),
    confirmBy: instant("confirm_by"),
    reviseBy: instant("revise_by"),
    deferTo: uuid("defer_to").references(() => cohorts.id),
    waitlistRank: integer("waitlist_rank"),
    madeBy: person("made_by"),
    madeAt: instant("made_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    releaseId: uuid("release_id").references(() => decisionReleases.id),
    releasedAt: instant("released_at"),
  },
  (t) => [
    uniqueIndex("decisions_one_open")
      .on(t.applicationId)
      .where(sql`state in ('pending', 'releasing')`),
    index("decisions_cohort").on(t.cohortId, t.state),
    index("decisions_application").on(t.applicationId),
    index("decisions_release").on(t.releaseId, t.id).where(sql`state = 'releasing'`),
    check(
      "decisions_kind",
      sql`${t.kind} in ('admit', 'waitlist', 'decline', 'revise', 'defer', 'hold')`,
    ),
    check(
      "decisions_state",
      sql`${t.state} in ('pending', 'releasing', 'released', 'dropped') and (${t.state} in ('releasing', 'released')) = (${t.releaseId} is not null) and (${t.state} = 'released') = (${t.releasedAt} is not null) and (${t.kind} <> 'hold' or ${t.state} in ('pending', 'dropped'))`,
    ),
    check("decisions_text", sql`length(${t.message}) <= 5000 and length(${t.feedback}) <= 5000`),
    check(
      "decisions_of_its_kind",
      sql`(${t.kind} = 'admit' or ${t.confirmBy} is null) and (${t.kind} = 'revise') = (${t.reviseBy} is not null) and (${t.kind} = 'defer') = (${t.deferTo} is not null) and (${t.kind} = 'waitlist' or ${t.waitlistRank} is null) and ${t.deferTo} is distinct from ${t.cohortId}`,
    ),
  ],
);

/** A text that a cohort's decisions start from, with variables such as `{name}`. */
export const decisionTemplates = pgTable(
  "decision_templates",
  {
    id: id(),
    cohortId: cohort(),
    kind: text("kind").$type<DecisionKind>().notNull(),
    name: text("name").notNull(),
    body: text("body").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    uniqueIndex("decision_templates_name").on(t.cohortId, t.kind, t.name),
    check(
      "decision_templates_kind",
      sql`${t.kind} in ('admit', 'waitlist', 'decline', 'revise', 'defer')`,
    ),
    check(
      "decision_templates_text",
      sql`length(trim(${t.name})) between 1 and 80 and length(trim(${t.body})) between 1 and 5000`,
    ),
  ],
);
