import { expect, it } from "vitest";
import { type Actor, type AnyActor, SYSTEM } from "./actor";
import {
  type Action,
  denial,
  mayLookAt,
  type Part,
  PERMISSIONS,
  type Subject,
} from "./permissions";

const PARTS: Part[] = [
  "applicant",
  "lead",
  "teacher",
  "reviewer",
  "student",
  "peer",
  "investor",
  "owner",
  "scout",
  "person",
];
const actor = (id: string, more: Partial<Actor> = {}): Actor => ({
  id,
  handle: id,
  displayName: id,
  emailVerified: true,
  operator: false,
  proved: true,
  ...more,
});
const everyPart = (id: string) => Object.fromEntries(PARTS.map((part) => [part, id]));

/** Who asks, by role; the subject's parts are played by `owner`, but where the row says otherwise. */
const ROLES: Record<string, AnyActor> = {
  visitor: null,
  stranger: actor("stranger"),
  "unverified stranger": actor("stranger", { emailVerified: false }),
  operator: actor("stranger", { operator: true }),
  system: SYSTEM,
};

/**
 * The table as a person would write it down: for each action the answer to each role in turn (visitor, stranger, unverified
 * stranger, operator, system), then to each part that somebody verified can play towards the subject.
 * y allowed, s sign in, v verify the address, n does not exist.
 */
const TABLE: Record<Action, { roles: string; parts: Partial<Record<Part, "y">> }> = {
  "account.open": {
    roles: "yyyyy",
    parts: {
      applicant: "y",
      lead: "y",
      teacher: "y",
      reviewer: "y",
      student: "y",
      peer: "y",
      investor: "y",
      owner: "y",
      scout: "y",
      person: "y",
    },
  },
  "account.confirm": {
    roles: "yyyyy",
    parts: {
      applicant: "y",
      lead: "y",
      teacher: "y",
      reviewer: "y",
      student: "y",
      peer: "y",
      investor: "y",
      owner: "y",
      scout: "y",
      person: "y",
    },
  },
  "account.recover": {
    roles: "yyyyy",
    parts: {
      applicant: "y",
      lead: "y",
      teacher: "y",
      reviewer: "y",
      student: "y",
      peer: "y",
      investor: "y",
      owner: "y",
      scout: "y",
      person: "y",
    },
  },
  "account.secure": { roles: "snnnn", parts: { person: "y" } },
  "account.reset": { roles: "nnnny", parts: {} },
  "account.sessions": { roles: "snnnn", parts: { person: "y" } },
  "profile.edit": { roles: "snnnn", parts: { person: "y" } },
  "cohort.save": { roles: "snnnn", parts: { person: "y" } },
  "calendar.keep": { roles: "snnnn", parts: { person: "y" } },
  "verification.request": { roles: "snnnn", parts: { person: "y" } },
  "verification.decide": { roles: "snnyn", parts: {} },
  "deposit.request": { roles: "snnnn", parts: { person: "y" } },
  "deposit.decide": { roles: "snnyn", parts: {} },
  "withdrawal.request": { roles: "snnnn", parts: { person: "y" } },
  "withdrawal.decide": { roles: "snnyn", parts: {} },
  "wallet.read": { roles: "snnnn", parts: { person: "y" } },
  "cohort.open": {
    roles: "syvyn",
    parts: {
      applicant: "y",
      lead: "y",
      teacher: "y",
      reviewer: "y",
      student: "y",
      peer: "y",
      investor: "y",
      owner: "y",
      scout: "y",
      person: "y",
    },
  },
  "cohort.manage": { roles: "snnnn", parts: { teacher: "y" } },
  "cohort.read": { roles: "snnnn", parts: { teacher: "y", reviewer: "y" } },
  "cohort.staff": { roles: "snnnn", parts: { lead: "y" } },
  "cohort.join": { roles: "snnnn", parts: { person: "y" } },
  "application.draft": {
    roles: "syvyn",
    parts: {
      applicant: "y",
      lead: "y",
      student: "y",
      peer: "y",
      investor: "y",
      owner: "y",
      scout: "y",
      person: "y",
    },
  },
  "application.edit": { roles: "snnnn", parts: { applicant: "y" } },
  "application.read": { roles: "snnnn", parts: { applicant: "y", teacher: "y" } },
  "application.review": { roles: "snnnn", parts: { teacher: "y", reviewer: "y" } },
  "application.decide": { roles: "snnnn", parts: { teacher: "y" } },
  "space.read": { roles: "snnnn", parts: { teacher: "y", student: "y", peer: "y" } },
  "decision.release": { roles: "nnnny", parts: {} },
  "place.answer": { roles: "snnnn", parts: { applicant: "y" } },
  "place.lapse": { roles: "nnnny", parts: {} },
  "place.remind": { roles: "nnnny", parts: {} },
  "space.teach": { roles: "snnnn", parts: { teacher: "y" } },
  "space.learn": { roles: "snnnn", parts: { student: "y" } },
  "space.discuss": { roles: "snnnn", parts: { teacher: "y", student: "y", peer: "y" } },
  "feedback.give": { roles: "snnnn", parts: { teacher: "y" } },
  "feedback.read": { roles: "snnnn", parts: { teacher: "y", student: "y" } },
  "feedback.answer": { roles: "snnnn", parts: { teacher: "y", student: "y" } },
  "feedback.rate": { roles: "snnnn", parts: { student: "y" } },
  "note.keep": { roles: "snnnn", parts: { teacher: "y" } },
  "mail.choose": { roles: "snnnn", parts: { person: "y" } },
  "mail.stop": {
    roles: "yyyyy",
    parts: {
      applicant: "y",
      lead: "y",
      teacher: "y",
      reviewer: "y",
      student: "y",
      peer: "y",
      investor: "y",
      owner: "y",
      scout: "y",
      person: "y",
    },
  },
  "offer.make": { roles: "snnnn", parts: { teacher: "y" } },
  "offer.fund": { roles: "snnnn", parts: { investor: "y" } },
  "offer.read": { roles: "snnnn", parts: { student: "y", investor: "y" } },
  "offer.answer": { roles: "snnnn", parts: { student: "y" } },
  "offer.leave": { roles: "snnnn", parts: { student: "y", investor: "y" } },
  "offer.settle": { roles: "nnnny", parts: {} },
  "offer.lapse": { roles: "nnnny", parts: {} },
  "referral.send": { roles: "snnnn", parts: { person: "y" } },
  "referral.answer": { roles: "snnnn", parts: { person: "y" } },
  "hypothesis.state": { roles: "snnnn", parts: { scout: "y" } },
  "hypothesis.due": { roles: "nnnny", parts: {} },
  "hypothesis.score": { roles: "snnyn", parts: { person: "y", teacher: "y" } },
  "token.mint": { roles: "snnnn", parts: { owner: "y" } },
  "gain.declare": { roles: "snnnn", parts: { owner: "y" } },
  "gain.pay": { roles: "snnnn", parts: { owner: "y" } },
  "gain.read": { roles: "snnyn", parts: { owner: "y" } },
  "gain.grade": { roles: "snnyn", parts: {} },
  "gain.defer": { roles: "snnnn", parts: { owner: "y" } },
  "gain.defer_decide": { roles: "snnyn", parts: {} },
  "year.declare": { roles: "snnnn", parts: { owner: "y" } },
  "year.missed": { roles: "nnnny", parts: {} },
  "lot.end": { roles: "nnnny", parts: {} },
  "resale.ask": { roles: "snnnn", parts: { person: "y" } },
  "resale.fund": { roles: "snnnn", parts: { investor: "y" } },
  "resale.answer": { roles: "snnnn", parts: { owner: "y" } },
  "resale.want": { roles: "snnnn", parts: { investor: "y" } },
  "resale.withdraw": { roles: "snnnn", parts: { person: "y" } },
  "resale.advance": { roles: "nnnny", parts: {} },
  "parting.offer": { roles: "snnnn", parts: { owner: "y" } },
  "parting.dispute": { roles: "snnnn", parts: { person: "y" } },
  "parting.decide": { roles: "snnyn", parts: {} },
  "parting.settle": { roles: "nnnny", parts: {} },
  "mark.state": { roles: "snnnn", parts: { owner: "y" } },
  "mark.find": { roles: "snnyn", parts: {} },
  "tie.declare": { roles: "snnyn", parts: { person: "y" } },
  "tie.end": { roles: "snnyn", parts: {} },
  "person.join": { roles: "snnyn", parts: {} },
  "reversal.ask": { roles: "snnyn", parts: {} },
  "reversal.decide": { roles: "snnyn", parts: {} },
  "claim.repay": { roles: "snnnn", parts: { person: "y" } },
  "document.read": { roles: "snnyn", parts: { owner: "y" } },
  "desk.read": { roles: "snnyn", parts: {} },
  "operator.grant": { roles: "nnnny", parts: {} },
  "opening.close": { roles: "snnyn", parts: {} },
  "opening.keep": { roles: "snnyn", parts: {} },
  "log.rotate": { roles: "nnnny", parts: {} },
  "clock.move": { roles: "snnyn", parts: {} },
};

const letter = (who: AnyActor, action: Action, subject: Record<string, string>) =>
  ({ sign_in: "s", verify_email: "v", not_found: "n", prove: "p", ok: "y" })[
    denial(who, action, subject) ?? "ok"
  ];

it("says something about every action", () => {
  expect(Object.keys(TABLE).sort()).toEqual(Object.keys(PERMISSIONS).sort());
});

it.each(Object.entries(TABLE))("%s", (action, row) => {
  const asked = action as Action;
  expect(
    Object.values(ROLES)
      .map((who) => letter(who, asked, everyPart("owner")))
      .join(""),
  ).toBe(row.roles);
  for (const part of PARTS) {
    const subject = { ...everyPart("owner"), [part]: "me" };
    expect(letter(actor("me"), asked, subject), `${part}`).toBe(row.parts[part] ?? "n");
  }
});

it("lets nobody decide their own case, operators neither", () => {
  const me = actor("me", { operator: true });
  for (const action of [
    "verification.decide",
    "deposit.decide",
    "withdrawal.decide",
    "gain.grade",
    "gain.defer_decide",
    "parting.decide",
    "mark.find",
    "opening.close",
    "opening.keep",
    "tie.end",
    "person.join",
    "reversal.ask",
    "reversal.decide",
  ] as const) {
    expect(letter(me, action, everyPart("me"))).toBe("n");
  }
  for (const action of ["application.review", "application.decide", "offer.make"] as const) {
    expect(letter(me, action, everyPart("me"))).toBe("n");
  }
  expect(letter(me, "application.draft", { teacher: "me", applicant: "me" })).toBe("n");
});

it("asks whoever plays a part to verify their address first, where money or commitments follow", () => {
  const me = actor("me", { emailVerified: false });
  const verified = (Object.keys(PERMISSIONS) as Action[]).filter(
    (action) => PERMISSIONS[action].who === "verified",
  );
  for (const action of verified) {
    const row = TABLE[action];
    const part = PARTS.find((p) => row.parts[p]);
    expect(
      letter(me, action, part ? { ...everyPart("owner"), [part]: "me" } : everyPart("owner")),
      action,
    ).toBe("v");
  }
});

it("asks for a fresh proof last, and lets nobody learn anything by it", () => {
  const stale = { proved: false } as const;
  const needing = (Object.keys(PERMISSIONS) as Action[]).filter(
    (action) => "proved" in PERMISSIONS[action],
  );
  expect(needing.sort()).toEqual([
    "account.secure",
    "deposit.decide",
    "gain.defer_decide",
    "mark.find",
    "opening.close",
    "parting.decide",
    "person.join",
    "reversal.ask",
    "reversal.decide",
    "tie.end",
    "verification.decide",
    "withdrawal.decide",
  ]);
  for (const action of needing) {
    expect(letter(actor("stranger", stale), action, everyPart("owner")), action).toBe("n");
    const mine =
      action === "account.secure" ? actor("me", stale) : actor("me", { ...stale, operator: true });
    const subject: Subject = action === "account.secure" ? { person: "me" } : { person: "owner" };
    expect(denial(mine, action, subject), action).toBe("prove");
    expect(mayLookAt(mine, action, subject), action).toBe(true);
    expect(mayLookAt(actor("stranger", stale), action, { person: "owner" }), action).toBe(false);
  }
});
