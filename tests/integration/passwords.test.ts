import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { rateLimits } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { forgiveTries, LIMITS, takeTry } from "~/auth/limits.server";
import { findPerson, startSession } from "~/auth/session.server";
import { requestPasswordReset, resetPassword } from "~/features/people/reset-password.server";
import { checkPassword } from "~/features/people/sign-in.server";
import { signUp } from "~/features/people/sign-up.server";
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

describe("a forgotten password", () => {
  test("is replaced by the mailed link, once, and every session ends", async () => {
    const alice = await open();
    const cookies = [await startSession(alice.id), await startSession(alice.id)];
    await requestPasswordReset(by({ email: alice.email }, later(1)));
    const token = await lastToken(alice.email);
    const call = by({ token, password: "a whole new password" }, later(2));
    expect(await resetPassword(call)).toEqual({ ok: true, value: { personId: alice.id } });
    expect(await resetPassword(call)).toEqual({ ok: true, value: { personId: alice.id } });
    expect(
      await resetPassword(by({ token, password: "yet another password" }, later(2))),
    ).toMatchObject({ ok: false, error: { code: "link_spent" } });
    for (const cookie of cookies) expect(await findPerson(requestWith(cookie))).toBeNull();
    expect((await checkPassword({ email: alice.email, password: PASSWORD, now: NOW })).ok).toBe(
      false,
    );
    expect(
      (await checkPassword({ email: alice.email, password: "a whole new password", now: NOW })).ok,
    ).toBe(true);
    expect((await mailsTo(alice.email)).at(-1)?.template).toBe("password-changed");
  });

  test("the link works for an hour; a password that is too short leaves it usable", async () => {
    const alice = await open();
    await requestPasswordReset(by({ email: alice.email }));
    const token = await lastToken(alice.email);
    expect(await resetPassword(by({ token, password: PASSWORD }, later(60)))).toMatchObject({
      ok: false,
      error: { code: "link_spent" },
    });
    expect(await resetPassword(by({ token, password: "short" }))).toMatchObject({
      ok: false,
      error: { code: "invalid_input", fields: { password: [expect.any(String)] } },
    });
    expect((await resetPassword(by({ token, password: "long enough now" }, later(59)))).ok).toBe(
      true,
    );
  });

  test("an unknown address gets the same answer and no mail", async () => {
    const email = `${fresh()}@example.org`;
    expect(await requestPasswordReset(by({ email }))).toEqual({ ok: true, value: {} });
    expect(await mailsTo(email)).toEqual([]);
  });

  test("who was signed up by somebody else takes the account over: it is confirmed by their mail", async () => {
    const input = form();
    await signUp(by(input));
    await requestPasswordReset(by({ email: input.email }, later(1)));
    await resetPassword(
      by({ token: await lastToken(input.email), password: "mine and mine alone" }, later(2)),
    );
    expect((await checkPassword({ email: input.email, password: PASSWORD, now: NOW })).ok).toBe(
      false,
    );
    expect(
      (await checkPassword({ email: input.email, password: "mine and mine alone", now: NOW })).ok,
    ).toBe(true);
  });
});

describe("limits", () => {
  const address = () => `203.0.113.${Math.floor(Math.random() * 250)}:${randomUUID()}`;

  test("hold per account, known or not, and say when to try again", async () => {
    const account = `${fresh()}@example.org`;
    const tries = await Promise.all(
      Array.from({ length: LIMITS["sign-in"].account.points + 5 }, () =>
        takeTry("sign-in", { address: address(), account }),
      ),
    );
    expect(tries.filter((one) => one.ok)).toHaveLength(LIMITS["sign-in"].account.points);
    const refused = tries.find((one) => !one.ok);
    expect(refused).toMatchObject({ ok: false, error: { minutes: 15 } });
    await forgiveTries("sign-in", account);
    expect((await takeTry("sign-in", { address: address(), account })).ok).toBe(true);
  });

  test("hold per address over all accounts", async () => {
    const from = address();
    const tries = await Promise.all(
      Array.from({ length: LIMITS["account-mail"].address.points + 3 }, () =>
        takeTry("account-mail", { address: from, account: fresh() }),
      ),
    );
    expect(tries.filter((one) => one.ok)).toHaveLength(LIMITS["account-mail"].address.points);
  });

  test("keep neither address nor account, and begin anew when the window has passed", async () => {
    const account = `${fresh()}@example.org`;
    for (let index = 0; index < LIMITS["sign-up"].account.points; index++)
      await takeTry("sign-up", { address: address(), account });
    expect((await takeTry("sign-up", { address: address(), account })).ok).toBe(false);
    const keys = (await getDb().select().from(rateLimits)).map((row) => row.key);
    expect(keys.filter((key) => key.includes("@") || key.includes("203."))).toEqual([]);
    await getDb()
      .update(rateLimits)
      .set({ expire: new Date(Date.now() - 1000) });
    expect((await takeTry("sign-up", { address: address(), account })).ok).toBe(true);
    expect(
      (await getDb().select().from(rateLimits)).every(
        (row) => row.expire && row.expire > new Date(),
      ),
    ).toBe(true);
  });
});
