import type { AnyActor } from "./actor";
import { SYSTEM } from "./actor";

/** Parts that a person can play towards a thing; a subject says who plays them. */
export type Part =
  | "applicant"
  | "lead"
  | "teacher"
  | "reviewer"
  | "student"
  | "peer"
  | "investor"
  | "owner"
  | "scout"
  | "person";
export type Subject = Partial<Record<Part, string | readonly string[]>>;

type Rule = {
  /** Who may ask at all. */
  who: "anyone" | "signed_in" | "verified" | "operator" | "system";
  /** The asker must play one of these parts towards the subject … */
  as?: readonly Part[];
  /** … or be an operator, where that is said. */
  orOperator?: true;
  /** The asker must play none of these parts: nobody decides their own case. */
  not?: Part | readonly Part[];
  /** The asker must have proved who they are in the last minutes. */
  proved?: true;
};

/** Who may do what: the one table, asked by every command and every loader. */
export const PERMISSIONS = {
  "account.open": { who: "anyone" },
  "account.confirm": { who: "anyone" },
  "account.recover": { who: "anyone" },
  "account.secure": { who: "signed_in", as: ["person"], proved: true },
  "account.reset": { who: "system" },
  "account.sessions": { who: "signed_in", as: ["person"] },
  "profile.edit": { who: "signed_in", as: ["person"] },
  "verification.request": { who: "verified", as: ["person"] },
  "verification.decide": { who: "operator", not: "person", proved: true },
  "deposit.request": { who: "verified", as: ["person"] },
  "deposit.decide": { who: "operator", not: "person", proved: true },
  "withdrawal.request": { who: "verified", as: ["person"] },
  "withdrawal.decide": { who: "operator", not: "person", proved: true },
  "wallet.read": { who: "signed_in", as: ["person"] },
  "cohort.open": { who: "verified" },
  "cohort.manage": { who: "verified", as: ["teacher"] },
  "cohort.read": { who: "verified", as: ["teacher", "reviewer"] },
  "cohort.staff": { who: "verified", as: ["lead"] },
  "cohort.save": { who: "signed_in", as: ["person"] },
  "calendar.keep": { who: "signed_in", as: ["person"] },
  "cohort.join": { who: "verified", as: ["person"], not: "applicant" },
  "application.draft": { who: "verified", not: ["teacher", "reviewer"] },
  "application.edit": { who: "verified", as: ["applicant"] },
  "application.read": { who: "signed_in", as: ["applicant", "teacher"] },
  "application.review": { who: "verified", as: ["teacher", "reviewer"], not: "applicant" },
  "application.decide": { who: "verified", as: ["teacher"], not: "applicant" },
  "space.read": { who: "signed_in", as: ["teacher", "student", "peer"] },
  "decision.release": { who: "system" },
  "place.answer": { who: "verified", as: ["applicant"] },
  "place.lapse": { who: "system" },
  "place.remind": { who: "system" },
  "space.teach": { who: "verified", as: ["teacher"] },
  "space.learn": { who: "verified", as: ["student"] },
  "space.discuss": { who: "verified", as: ["teacher", "student", "peer"] },
  "feedback.give": { who: "verified", as: ["teacher"], not: "student" },
  "feedback.read": { who: "signed_in", as: ["teacher", "student"] },
  "feedback.answer": { who: "verified", as: ["teacher", "student"] },
  "feedback.rate": { who: "verified", as: ["student"] },
  "note.keep": { who: "verified", as: ["teacher"], not: "student" },
  "mail.choose": { who: "signed_in", as: ["person"] },
  "mail.stop": { who: "anyone" },
  "offer.make": { who: "verified", as: ["teacher"], not: "student" },
  "offer.fund": { who: "verified", as: ["investor"], not: "student" },
  "offer.read": { who: "signed_in", as: ["student", "investor"] },
  "offer.answer": { who: "verified", as: ["student"] },
  "offer.leave": { who: "verified", as: ["student", "investor"] },
  "offer.settle": { who: "system" },
  "offer.lapse": { who: "system" },
  "referral.send": { who: "verified", as: ["person"] },
  "referral.answer": { who: "verified", as: ["person"] },
  "hypothesis.state": { who: "verified", as: ["scout"] },
  "hypothesis.due": { who: "system" },
  "hypothesis.score": {
    who: "verified",
    as: ["person", "teacher"],
    orOperator: true,
    not: "scout",
  },
  "token.mint": { who: "verified", as: ["owner"] },
  "gain.declare": { who: "verified", as: ["owner"] },
  "gain.pay": { who: "verified", as: ["owner"] },
  "gain.read": { who: "signed_in", as: ["owner"], orOperator: true },
  "gain.grade": { who: "operator", not: "owner" },
  "gain.defer": { who: "verified", as: ["owner"] },
  "gain.defer_decide": { who: "operator", not: "owner", proved: true },
  "year.declare": { who: "verified", as: ["owner"] },
  "year.missed": { who: "system" },
  "lot.end": { who: "system" },
  "resale.ask": { who: "verified", as: ["person"] },
  "resale.fund": { who: "verified", as: ["investor"] },
  "resale.answer": { who: "verified", as: ["owner"] },
  "resale.want": { who: "verified", as: ["investor"] },
  "resale.withdraw": { who: "verified", as: ["person"] },
  "resale.advance": { who: "system" },
  "parting.offer": { who: "verified", as: ["owner"] },
  "parting.dispute": { who: "verified", as: ["person"] },
  "parting.decide": { who: "operator", not: "person", proved: true },
  "parting.settle": { who: "system" },
  "mark.state": { who: "verified", as: ["owner"] },
  "mark.find": { who: "operator", not: "owner", proved: true },
  "tie.declare": { who: "verified", as: ["person"], orOperator: true },
  "tie.end": { who: "operator", not: "person", proved: true },
  "person.join": { who: "operator", not: "person", proved: true },
  "reversal.ask": { who: "operator", not: "person", proved: true },
  "reversal.decide": { who: "operator", not: "person", proved: true },
  "claim.repay": { who: "verified", as: ["person"] },
  "document.read": { who: "signed_in", as: ["owner"], orOperator: true },
  "desk.read": { who: "operator" },
  "operator.grant": { who: "system" },
  "opening.close": { who: "operator", not: "person", proved: true },
  "opening.keep": { who: "operator", not: "person" },
  "log.rotate": { who: "system" },
  "clock.move": { who: "operator" },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof PERMISSIONS;
export type Denial = "sign_in" | "verify_email" | "not_found" | "prove";

const plays = (subject: Subject, part: Part, id: string): boolean => {
  const who = subject[part];
  return typeof who === "string" ? who === id : (who?.includes(id) ?? false);
};

/**
 * Whether the actor may do this to this subject: null if so, otherwise why not. What an actor may not touch
 * does not exist for them (`not_found`), so that nobody learns of others' things by asking. `prove` comes last: all is
 * well but for the proof that it is still the same person who sits there.
 */
export function denial(actor: AnyActor, action: Action, subject: Subject = {}): Denial | null {
  const rule: Rule = PERMISSIONS[action];
  if (rule.who === "anyone") return null;
  if (rule.who === "system") return actor === SYSTEM ? null : "not_found";
  if (actor === SYSTEM) return "not_found";
  if (actor === null) return "sign_in";
  if (rule.not && [rule.not].flat().some((part) => plays(subject, part, actor.id)))
    return "not_found";
  const unproved = rule.proved && !actor.proved ? "prove" : null;
  if (rule.who === "operator") return actor.operator ? unproved : "not_found";
  const plain = !rule.as || rule.as.some((part) => plays(subject, part, actor.id));
  if (!plain && !(rule.orOperator && actor.operator)) return "not_found";
  if (rule.who === "verified" && !actor.emailVerified) return "verify_email";
  return unproved;
}

/** Whether the actor may see what they could do this to: all of `denial` but the fresh proof, which the act itself asks for. */
export function mayLookAt(actor: AnyActor, action: Action, subject: Subject = {}): boolean {
  const why = denial(actor, action, subject);
  return why === null || why === "prove";
}
