import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Visibility } from "~/lib/visibility";
import { id, instant } from "./columns";

/** Everyone: teacher, student, scout, operator; one person may be all of these. */
export const persons = pgTable(
  "persons",
  {
    id: id(),
    email: text("email").notNull().unique(),
    emailVerifiedAt: instant("email_verified_at"),
    passwordHash: text("password_hash").notNull(),
    handle: text("handle").notNull().unique(),
    displayName: text("display_name").notNull(),
    legalName: text("legal_name").notNull(),
    dateOfBirth: date("date_of_birth", { mode: "string" }).notNull(),
    country: text("country").notNull(),
    operatorSince: instant("operator_since"),
    /** Withdrawals wait until then after a change of e-mail address. */
    withdrawalsHeldUntil: instant("withdrawals_held_until"),
    totpSecret: text("totp_secret"),
    totpConfirmedAt: instant("totp_confirmed_at"),
    /** The last time step of a code that was used: none is taken twice. */
    totpLastStep: bigint("totp_last_step", { mode: "number" }),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    check(
      "persons_email_lower",
      sql`${t.email} = lower(${t.email}) and position('@' in ${t.email}) > 1`,
    ),
    check("persons_handle_shape", sql`${t.handle} ~ '^[a-z0-9-]{3,30}$'`),
    check("persons_handle_not_reserved", sql`not handle_is_reserved(${t.handle})`),
    check("persons_country_shape", sql`${t.country} ~ '^[A-Z]{2}$'`),
    check(
      "persons_names_present",
      sql`length(trim(${t.displayName})) between 1 and 80 and length(trim(${t.legalName})) between 1 and 120`,
    ),
    check("persons_totp", sql`${t.totpConfirmedAt} is null or ${t.totpSecret} is not null`),
    check("persons_birth_plausible", sql`${t.dateOfBirth} > date '1900-01-01'`),
  ],
);

export type ProfileLink = { title: string; url: string };

/** What a person shows of their work, and what they would try if money were no matter. */
export const profiles = pgTable(
  "profiles",
  {
    personId: uuid("person_id")
      .primaryKey()
      .references(() => persons.id),
    headline: text("headline").notNull().default(""),
    work: text("work").notNull().default(""),
    workVisibility: text("work_visibility").$type<Visibility>().notNull().default("public"),
    explorationPlan: text("exploration_plan").notNull().default(""),
    planVisibility: text("plan_visibility").$type<Visibility>().notNull().default("public"),
    links: jsonb("links").$type<ProfileLink[]>().notNull().default([]),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    check(
      "profiles_visibility",
      sql`${t.workVisibility} in ('public', 'signed_in', 'teachers') and ${t.planVisibility} in ('public', 'signed_in', 'teachers')`,
    ),
  ],
);

/** Lucia's sessions. `id` is the SHA-256 of what the cookie holds. */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => persons.id),
    expiresAt: instant("expires_at").notNull(),
    /** The machine's instants: when it began, was last seen, and when a password and code were last given. */
    createdAt: instant("created_at").notNull().default(sql`now()`),
    seenAt: instant("seen_at").notNull().default(sql`now()`),
    provedAt: instant("proved_at").notNull().default(sql`now()`),
    userAgent: text("user_agent").notNull().default(""),
  },
  (t) => [index("sessions_user").on(t.userId)],
);

/** One-time links sent by mail. `id` is the SHA-256 of what the link holds. */
export const emailTokens = pgTable(
  "email_tokens",
  {
    id: text("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    purpose: text("purpose").$type<"verify" | "reset">().notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [
    index("email_tokens_person").on(t.personId),
    check("email_tokens_purpose", sql`${t.purpose} in ('verify', 'reset')`),
  ],
);

/** A person asks to be verified as an investor; an operator decides with a reason (T18). */
export const investorVerifications = pgTable(
  "investor_verifications",
  {
    id: id(),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    state: text("state")
      .$type<"requested" | "approved" | "refused">()
      .notNull()
      .default("requested"),
    basis: text("basis").$type<"income" | "net_worth" | "licence">().notNull(),
    statement: text("statement").notNull(),
    requestedAt: instant("requested_at").notNull(),
    decidedAt: instant("decided_at"),
    decidedBy: uuid("decided_by").references(() => persons.id),
    reason: text("reason"),
    expiresAt: instant("expires_at"),
  },
  (t) => [
    uniqueIndex("investor_verifications_one_open").on(t.personId).where(sql`state = 'requested'`),
    index("investor_verifications_person").on(t.personId, t.state),
    check("investor_verifications_state", sql`${t.state} in ('requested', 'approved', 'refused')`),
    check("investor_verifications_basis", sql`${t.basis} in ('income', 'net_worth', 'licence')`),
    check(
      "investor_verifications_decided",
      sql`(${t.state} = 'requested') = (${t.decidedAt} is null) and (${t.state} = 'requested' or (${t.decidedBy} is not null and length(trim(${t.reason})) > 0)) and (${t.state} = 'approved') = (${t.expiresAt} is not null) and ${t.decidedBy} is distinct from ${t.personId}`,
    ),
  ],
);

/** Who did what: one row an operator's act and a money command, in the same transaction. Append-only. */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant("at").notNull(),
    actorId: uuid("actor_id").references(() => persons.id),
    action: text("action").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: text("subject_id").notNull(),
    data: jsonb("data")
      .$type<Record<string, string | number | boolean | null>>()
      .notNull()
      .default({}),
  },
  (t) => [
    index("audit_events_subject").on(t.subjectType, t.subjectId),
    index("audit_events_actor").on(t.actorId, t.id),
    index("audit_events_action").on(t.action, t.id),
    index("audit_events_at").on(t.at),
  ],
);

/** The first answer of each command, by its idempotency key: the same key and input get it again. */
export const commandResults = pgTable(
  "command_results",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    actorId: text("actor_id").notNull(),
    command: text("command").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    inputHash: text("input_hash").notNull(),
    result: jsonb("result").$type<unknown>(),
    at: instant("at").notNull(),
  },
  (t) => [unique("command_results_key").on(t.actorId, t.command, t.idempotencyKey)],
);

/** The offset of the embedded default's clock, moved forward on `/dev/clock`. One row. */
export const clockOffset = pgTable(
  "clock_offset",
  {
    id: integer("id").primaryKey().default(1),
    offsetMs: bigint("offset_ms", { mode: "number" }).notNull().default(0),
  },
  (t) => [check("clock_offset_one_row", sql`${t.id} = 1 and ${t.offsetMs} >= 0`)],
);

/** Counters of the limits on sign-in, sign-up and mail. Keys are hashes; expired rows are removed. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text("key").primaryKey(),
    points: integer("points").notNull(),
    expire: instant("expire"),
  },
  (t) => [index("rate_limits_expire").on(t.expire)],
);

/** Every handle that an accepted sign-up asked for, whether a person came of it or not: never given twice. */
export const takenHandles = pgTable("taken_handles", {
  handle: text("handle").primaryKey(),
  takenAt: instant("taken_at").notNull(),
});

/** A change of e-mail address that waits for its link. `id` is the SHA-256 of what the link holds. */
export const emailChanges = pgTable(
  "email_changes",
  {
    id: text("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    newEmail: text("new_email").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [
    index("email_changes_person").on(t.personId),
    check("email_changes_lower", sql`${t.newEmail} = lower(${t.newEmail})`),
  ],
);

/** Codes that open an account once each where the authenticator is lost. Kept as hashes. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    id: text("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    createdAt: instant("created_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [index("recovery_codes_person").on(t.personId)],
);

/** Who gave a right password and still owes the second step. `id` is the SHA-256 of what the browser's cookie holds. */
export const signInSteps = pgTable(
  "sign_in_steps",
  {
    id: text("id").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => persons.id),
    /** The machine's instants, as for sessions. */
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("sign_in_steps_person").on(t.personId)],
);
