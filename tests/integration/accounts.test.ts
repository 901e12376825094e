import { createHash, randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import {
  auditEvents,
  commandResults,
  emailTokens,
  journalEntries,
  persons,
  profiles,
  sessions,
} from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { SYSTEM } from "~/auth/actor";
import { SESSION_COOKIE, storedSessionId } from "~/auth/lucia.server";
import {
  countSessions,
  endSession,
  findPerson,
  requireOperator,
  requirePerson,
  startSession,
} from "~/auth/session.server";
import { editProfile } from "~/features/people/edit-profile.server";
import { grantOperator } from "~/features/people/grant-operator.server";
import { getPersonByHandle, getProfile, listOperators } from "~/features/people/queries.server";
import { requestPasswordReset, resetPassword } from "~/features/people/reset-password.server";
import { checkPassword } from "~/features/people/sign-in.server";
import { signUp } from "~/features/people/sign-up.server";
import {
  confirmAddress,
  resendVerification,
  verifyEmail,
} from "~/features/people/verify-email.server";
import {
  by,
  form,
  fresh,
  lastToken,
  later,
  mailsTo,
  NOW,
  open,
  PASSWORD,
  requestWith,
} from "../setup/accounts";

useDatabase();

describe("signing up", () => {
  test("writes the person, the profile, the journal entry and the mail in one go", async () => {
    const input = form();
    const result = await signUp(by(input));
    expect(result.ok).toBe(true);
    const [person] = await getDb().select().from(persons).where(eq(persons.email, input.email));
    expect(person).toMatchObject({
      handle: input.handle,
      emailVerifiedAt: null,
      operatorSince: null,
      createdAt: NOW,
    });
    expect(person?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const id = person?.id ?? "";
    expect(await getDb().select().from(profiles).where(eq(profiles.personId, id))).toHaveLength(1);
    const entries = await getDb()
      .select()
      .from(journalEntries)
      .where(eq(journalEntries.aboutId, id));
    expect(entries.map((entry) => [entry.kind, entry.data])).toEqual([
      ["person_opened", { handle: input.handle }],
    ]);
    const [mail] = await mailsTo(input.email);
    expect(mail?.template).toBe("verify-email");
    const [token] = await getDb().select().from(emailTokens).where(eq(emailTokens.personId, id));
    expect(token?.id).toBe(
      createHash("sha256")
        .update(mail?.token ?? "")
        .digest("hex"),
    );
  });

  test("the same form posted twice, at once and again, opens one account", async () => {
    const input = form();
    const call = by(input);
    const results = await Promise.all([signUp(call), signUp(call)]);
    results.push(await signUp(call));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(await mailsTo(input.email)).toHaveLength(1);
  });

  test("no trace of the password is kept beside its argon2id hash", async () => {
    const key = randomUUID();
    const input = form();
    await signUp(by(input, NOW, key));
    const { password: _, ...rest } = input;
    const hashed = createHash("sha256")
      .update(
        JSON.stringify(
          Object.fromEntries(
            Object.entries({ ...rest, next: null }).sort(([a], [b]) => (a < b ? -1 : 1)),
          ),
        ),
      )
      .digest("hex");
    const [row] = await getDb()
      .select()
      .from(commandResults)
      .where(eq(commandResults.idempotencyKey, key));
    expect(row).toMatchObject({ actorId: "visitor", command: "sign-up", inputHash: hashed });
  });

  test("the mailed link leads on to a path of this site, and to no other place", async () => {
    const next = "/r/abcd2345?from=a&b=c";
    const input = { ...form(), next };
    await signUp(by(input));
    const again = { ...form(), email: input.email, next: "//evil.example/r" };
    await signUp(by(again, new Date(NOW.getTime() + 1)));
    const paths = (await mailsTo(input.email)).map((mail) => mail.path);
    expect(paths.map((path) => new URL(path, "http://x").searchParams.get("next"))).toEqual([
      next,
      null,
    ]);
  });

  test("a known address gets the same answer; its owner is told", async () => {
    const alice = await open();
    const second = form({ email: alice.email.toUpperCase() });
    expect(await signUp(by(second))).toEqual({ ok: true, value: { personId: null } });
    expect((await mailsTo(alice.email)).map((mail) => mail.template)).toEqual([
      "verify-email",
      "already-registered",
    ]);
    expect(await getDb().select().from(persons).where(eq(persons.handle, second.handle))).toEqual(
      [],
    );
  });

  test("a handle is used up by a sign-up with a known address just as by another", async () => {
    const alice = await open();
    const withKnown = form({ email: alice.email });
    const withNew = form();
    await signUp(by(withKnown));
    await signUp(by(withNew));
    for (const { handle } of [withKnown, withNew]) {
      expect(await signUp(by(form({ handle, email: `${fresh()}@example.org` })))).toEqual({
        ok: false,
        error: { code: "handle_taken", field: "handle" },
      });
      expect(await getPersonByHandle(handle)).toBeNull();
    }
  });

  test("a taken handle is refused before the address is looked at", async () => {
    const alice = await open();
    const answers = await Promise.all([
      signUp(by(form({ handle: alice.handle, email: alice.email }))),
      signUp(by(form({ handle: alice.handle, email: "nobody@example.org" }))),
    ]);
    expect(answers[0]).toEqual(answers[1]);
  });

  test("ten people who want one handle at once: one gets it", async () => {
    const handle = fresh();
    const results = await Promise.all(
      Array.from({ length: 10 }, () =>
        signUp(by(form({ handle, email: `${fresh()}@example.org` }))),
      ),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(
      results.filter((result) => !result.ok && result.error.code === "handle_taken"),
    ).toHaveLength(9);
  });

  test("two sign-ups with one address at once: one account, one answer", async () => {
    const email = `${fresh()}@example.org`;
    const results = await Promise.all([signUp(by(form({ email }))), signUp(by(form({ email })))]);
    expect(results.map((result) => result.ok)).toEqual([true, true]);
    expect(await getDb().select().from(persons).where(eq(persons.email, email))).toHaveLength(1);
  });

  test("somebody under age may sign up, somebody unborn may not", async () => {
    expect((await signUp(by(form({ dateOfBirth: "2012-05-01" })))).ok).toBe(true);
    expect(await signUp(by(form({ dateOfBirth: "2026-12-01" })))).toEqual({
      ok: false,
      error: { code: "birth_in_future", field: "dateOfBirth" },
    });
  });
});

describe("confirming an address", () => {
  test("takes the link and the password, once", async () => {
    const input = form();
    await signUp(by(input));
    const token = await lastToken(input.email);
    expect(await confirmAddress(by({ token, password: "not the password" }))).toMatchObject({
      ok: false,
      error: { code: "wrong_password" },
    });
    expect(await getPersonByHandle(input.handle)).toBeNull();
    expect((await confirmAddress(by({ token, password: PASSWORD }))).ok).toBe(true);
    expect((await getPersonByHandle(input.handle))?.displayName).toBe("Alice");
    expect(await confirmAddress(by({ token, password: PASSWORD }))).toMatchObject({
      ok: false,
      error: { code: "link_spent" },
    });
  });

  test("a link works for three days, and not once another was sent", async () => {
    const input = form();
    await signUp(by(input));
    const first = await lastToken(input.email);
    expect(await verifyEmail(by({ token: first }, later(72 * 60)))).toMatchObject({
      ok: false,
      error: { code: "link_spent" },
    });
    expect(await resendVerification(by({ email: input.email }, later(1)))).toEqual({
      ok: true,
      value: {},
    });
    expect((await verifyEmail(by({ token: first }, later(2)))).ok).toBe(false);
    expect((await verifyEmail(by({ token: await lastToken(input.email) }, later(2)))).ok).toBe(
      true,
    );
  });

  test("of two at once one wins", async () => {
    const input = form();
    await signUp(by(input));
    const token = await lastToken(input.email);
    const results = await Promise.all([verifyEmail(by({ token })), verifyEmail(by({ token }))]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  });

  test("asking for the link again answers alike for new, confirmed and unknown addresses", async () => {
    const alice = await open();
    const input = form();
    await signUp(by(input));
    const answers = await Promise.all(
      [alice.email, input.email, `${fresh()}@example.org`].map((email) =>
        resendVerification(by({ email })),
      ),
    );
    expect(answers).toEqual(Array(3).fill({ ok: true, value: {} }));
  });

  test("a link to confirm does not reset, and the other way round", async () => {
    const input = form();
    await signUp(by(input));
    const token = await lastToken(input.email);
    expect(await resetPassword(by({ token, password: "another password" }))).toMatchObject({
      ok: false,
      error: { code: "link_spent" },
    });
    await requestPasswordReset(by({ email: input.email }, later(1)));
    expect(await verifyEmail(by({ token: await lastToken(input.email) }, later(2)))).toMatchObject({
      ok: false,
    });
  });
});

describe("signing in", () => {
  test("says the same of an unknown address, a wrong password and an unconfirmed address", async () => {
    const alice = await open();
    const input = form();
    await signUp(by(input));
    const attempts = [
      { email: `${fresh()}@example.org`, password: PASSWORD },
      { email: alice.email, password: "not the password" },
      { email: input.email, password: PASSWORD },
      { email: alice.email, password: "x".repeat(100_000) },
    ];
    for (const attempt of attempts)
      expect(await checkPassword({ ...attempt, now: NOW })).toEqual({
        ok: false,
        error: "no_match",
      });
    expect(
      await checkPassword({ email: ` ${alice.email.toUpperCase()}`, password: PASSWORD, now: NOW }),
    ).toEqual({ ok: true, value: { personId: alice.id } });
    expect((await mailsTo(input.email)).map((mail) => mail.template)).toEqual([
      "verify-email",
      "verify-email",
    ]);
  });

  test("works as long for an unknown address as for a known one", async () => {
    const alice = await open();
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 9; round++) {
      for (const [kind, email] of [
        ["known", alice.email],
        ["unknown", "nobody@example.org"],
      ] as const) {
        const from = performance.now();
        await checkPassword({ email, password: "not the password", now: NOW });
        times[kind].push(performance.now() - from);
      }
    }
    const median = (all: number[]) => all.sort((a, b) => a - b)[4] ?? 0;
    expect(median(times.unknown) / median(times.known)).toBeGreaterThan(0.5);
  });

  test("the cookie is the browser's alone, and only its hash is stored", async () => {
    const alice = await open();
    const cookie = await startSession(alice.id);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).toMatch(/Path=\//);
    expect(cookie).not.toMatch(/Secure/);
    const sessionId = new RegExp(`^${SESSION_COOKIE}=([^;]+)`).exec(cookie)?.[1] ?? "";
    const rows = await getDb().select().from(sessions).where(eq(sessions.userId, alice.id));
    expect(rows.map((row) => row.id)).toEqual([storedSessionId(sessionId)]);
    expect(await findPerson(requestWith(`${SESSION_COOKIE}=${rows[0]?.id}`))).toBeNull();
    expect(await findPerson(requestWith(cookie))).toEqual({
      id: alice.id,
      handle: alice.handle,
      displayName: "Alice",
      emailVerified: true,
      operator: false,
      proved: true,
    });
  });

  test("gives a new session and ends the one the browser had", async () => {
    const alice = await open();
    const before = await startSession(alice.id);
    const after = await startSession(alice.id, requestWith(before));
    expect(after).not.toBe(before);
    expect(await findPerson(requestWith(before))).toBeNull();
    expect(await findPerson(requestWith(after))).not.toBeNull();
    expect(await countSessions(alice.id)).toBe(1);
  });

  test("a lapsed session opens nothing; one in use is prolonged", async () => {
    const alice = await open();
    const cookie = await startSession(alice.id);
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    await getDb()
      .update(sessions)
      .set({ expiresAt: inDays(10) })
      .where(eq(sessions.userId, alice.id));
    expect(await findPerson(requestWith(cookie))).not.toBeNull();
    const [row] = await getDb().select().from(sessions).where(eq(sessions.userId, alice.id));
    expect(row?.expiresAt.getTime()).toBeGreaterThan(inDays(29).getTime());
    await getDb()
      .update(sessions)
      .set({ expiresAt: inDays(-1) })
      .where(eq(sessions.userId, alice.id));
    expect(await findPerson(requestWith(cookie))).toBeNull();
    expect(await countSessions(alice.id)).toBe(0);
  });

  test("signing out ends this session alone", async () => {
    const alice = await open();
    const [here, there] = [await startSession(alice.id), await startSession(alice.id)];
    expect(await endSession(requestWith(here))).toMatch(/Max-Age=0/);
    expect(await findPerson(requestWith(here))).toBeNull();
    expect(await findPerson(requestWith(there))).not.toBeNull();
  });

  test("a page for people sends visitors to sign in and back; a page for operators is not there for others", async () => {
    const thrown = async (work: Promise<unknown>) =>
      (await work.catch((error: unknown) => error)) as Response;
    const sent = await thrown(requirePerson(requestWith("", "/offers/1?step=2")));
    expect([sent.status, sent.headers.get("location")]).toEqual([
      302,
      "/sign-in?next=%2Foffers%2F1%3Fstep%3D2",
    ]);
    const alice = await open();
    const cookie = await startSession(alice.id);
    expect((await thrown(requireOperator(requestWith(cookie)))).status).toBe(404);
    expect((await thrown(requireOperator(requestWith("")))).status).toBe(404);
    await grantOperator({ ...by({ email: alice.email }), actor: SYSTEM });
    const led = await thrown(requireOperator(requestWith(cookie)));
    expect(led.headers.get("location")).toBe("/account/second-step?next=%2Fhome");
  });
});

describe("profiles and operators", () => {
  test("a person writes their own profile; it is kept as written", async () => {
    const alice = await open();
    const actor = await findPerson(requestWith(await startSession(alice.id)));
    const input = {
      headline: "Builds bridges",
      work: "**One** bridge",
      explorationPlan: "Longer ones",
      linkUrl1: "https://example.org",
    };
    expect((await editProfile({ ...by(input), actor })).ok).toBe(true);
    expect(await getProfile(alice.id)).toEqual({
      headline: "Builds bridges",
      workVisibility: "public",
      planVisibility: "public",
      work: "**One** bridge",
      explorationPlan: "Longer ones",
      links: [{ title: "example.org", url: "https://example.org" }],
    });
    expect(await editProfile(by(input))).toMatchObject({ ok: false, error: { code: "sign_in" } });
  });

  test("an operator is granted by the system alone, to a confirmed address, with an audit event", async () => {
    const input = form();
    await signUp(by(input));
    const grant = (email: string) => grantOperator({ ...by({ email }), actor: SYSTEM });
    expect(await grant("nobody@example.org")).toMatchObject({
      ok: false,
      error: { code: "unknown_person" },
    });
    expect(await grant(input.email)).toMatchObject({
      ok: false,
      error: { code: "unverified_person" },
    });
    expect(await grantOperator(by({ email: input.email }))).toMatchObject({ ok: false });
    const alice = await open();
    expect(await grant(alice.email)).toMatchObject({ ok: true, value: { already: false } });
    expect(await grant(alice.email)).toMatchObject({ ok: true, value: { already: true } });
    expect((await listOperators()).map((operator) => operator.id)).toContain(alice.id);
    const events = await getDb()
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.action, "grant-operator"), eq(auditEvents.subjectId, alice.id)))
      .orderBy(desc(auditEvents.id));
    expect(events).toHaveLength(1);
  });
});
