import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import {
  commandResults,
  emailChanges,
  outbox,
  persons,
  recoveryCodes,
  sessions,
} from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { World } from "#tests/setup/world";
import { type AnyActor, SYSTEM } from "~/auth/actor";
import { newTotpSecret, sealTotpSecret, totpCode, totpStepOf } from "~/auth/second-step.server";
import {
  countSessions,
  findPerson,
  findSession,
  listSessions,
  PROOF_MINUTES,
  proveSession,
  requireOperator,
  startSession,
} from "~/auth/session.server";
import { beginSignInStep, endSignInStep, findSignInStep } from "~/auth/sign-in-step.server";
import { getEnv } from "~/env.server";
import { listAuditChoices, listAuditEvents } from "~/features/audit/queries.server";
import { auditFilter } from "~/features/audit/schema";
import { requestEmailChange } from "~/features/people/change-email.server";
import { changePassword } from "~/features/people/change-password.server";
import { listDevCodes } from "~/features/people/dev-codes.server";
import { revokeOtherSessions, revokeSession } from "~/features/people/end-sessions.server";
import { resetSecondStep } from "~/features/people/reset-second-step.server";
import {
  beginSecondStep,
  confirmSecondStep,
  endSecondStep,
  getSecondStep,
  passSecondStep,
  renewRecoveryCodes,
} from "~/features/people/second-step.server";
import { checkPassword } from "~/features/people/sign-in.server";
import { requestDeposit } from "~/features/treasury/request-deposit.server";
import { setSingleton } from "~/lib/singleton.server";
import { PASSWORD, type Someone } from "~/server/demo/steps";
import { eventsOf, requestOf, templatesTo } from "../setup/security";

useDatabase();
let world: World;
beforeAll(async () => {
  world = await World.make();
});

const STEP_MS = 30_000;
const NO_SESSION = "0".repeat(64);
const AT = new Date("2026-11-22T12:00:10.000Z");
const steps = (n: number) => new Date(AT.getTime() + n * STEP_MS);
const call = (actor: AnyActor, input: unknown, idempotencyKey: string = randomUUID()) => ({
  actor,
  input,
  idempotencyKey,
  now: world.now,
});
/** Turns somebody's second step on; answers the secret and the recovery codes. The step before `AT` is used up. */
async function secured(person: Someone): Promise<{ secret: string; codes: string[] }> {
  world.must(await beginSecondStep(call(person, {})));
  const { pending } = await getSecondStep(person.id);
  const secret = pending?.secret ?? "";
  const at = steps(-1);
  const input = { code: totpCode(secret, at), keptSessionId: NO_SESSION };
  return { secret, codes: world.must(await confirmSecondStep(call(person, input), at)).codes };
}
const pass = (personId: string, typed: string, at = AT) =>
  passSecondStep({ personId, typed, at, now: world.now });
describe("a code of the authenticator", () => {
  it("is the one that others compute (RFC 6238), and holds for a neighbouring step", () => {
    const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    expect(totpCode(secret, new Date(59_000))).toBe("287082");
    expect(totpCode(secret, new Date(1_111_111_109_000))).toBe("081804");
    const fresh = newTotpSecret();
    for (const n of [-1, 0, 1])
      expect(totpStepOf(fresh, totpCode(fresh, steps(n)), AT)).toBe(
        Math.floor(AT.getTime() / STEP_MS) + n,
      );
    for (const n of [-2, 2]) expect(totpStepOf(fresh, totpCode(fresh, steps(n)), AT)).toBeNull();
    expect(totpStepOf(fresh, "12345", AT)).toBeNull();
  });

  it("is taken once, however many try at once, and never an earlier one after it", async () => {
    const person = await world.person();
    const { secret } = await secured(person);
    const now = totpCode(secret, AT);
    const tries = await Promise.all(Array.from({ length: 10 }, () => pass(person.id, now)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await pass(person.id, totpCode(secret, steps(-1)))).toBe(false);
    expect(
      await pass(
        person.id,
        `${totpCode(secret, steps(1)).slice(0, 3)} ${totpCode(secret, steps(1)).slice(3)}`,
      ),
    ).toBe(true);
    expect(await pass(person.id, now, steps(1))).toBe(false);
  });

  it("used to turn the second step on is not taken again", async () => {
    const person = await world.person();
    const { secret } = await secured(person);
    expect(await pass(person.id, totpCode(secret, steps(-1)), steps(-1))).toBe(false);
  });

  it("opens nothing for somebody without a second step, nor with another's secret", async () => {
    const [one, two] = [await world.person(), await world.person()];
    const { secret } = await secured(one);
    expect(await pass(two.id, totpCode(secret, AT))).toBe(false);
    expect(await pass(one.id, "")).toBe(false);
  });
});

describe("turning the second step on and off", () => {
  it("takes a right code, ends the other sessions, tells by mail and writes it down", async () => {
    const person = await world.person();
    const here = await startSession(person.id);
    await startSession(person.id);
    const kept = (await findSession(requestOf(here)))?.sessionId ?? "";
    world.must(await beginSecondStep(call(person, {})));
    const { pending, on } = await getSecondStep(person.id);
    expect(on).toBe(false);
    expect(pending?.uri).toContain("otpauth://totp/Belay:");
    const secret = pending?.secret ?? "";
    const say = (code: string) =>
      confirmSecondStep(call(person, { code, keptSessionId: kept }), AT);
    expect(await say(totpCode(newTotpSecret(), AT))).toEqual({
      ok: false,
      error: { code: "wrong_code", field: "code" },
    });
    const { codes } = world.must(await say(totpCode(secret, AT)));
    expect(codes).toHaveLength(10);
    expect(await countSessions(person.id)).toBe(1);
    expect(await templatesTo(person.email)).toContain("second-step-on");
    expect(await eventsOf(person.id)).toContain("confirm-second-step");
    expect(await getSecondStep(person.id)).toMatchObject({
      on: true,
      pending: null,
      codesLeft: 10,
    });
    expect(await beginSecondStep(call(person, {}))).toMatchObject({
      error: { code: "already_on" },
    });
    world.must(await endSecondStep(call(person, {})));
    expect(await getSecondStep(person.id)).toMatchObject({ on: false, pending: null });
    expect(await pass(person.id, codes[0] ?? "")).toBe(false);
    expect(await templatesTo(person.email)).toContain("second-step-off");
  });

  it("keeps the secret sealed and recovery codes as hashes, and never shows them a second time", async () => {
    const person = await world.person();
    world.must(await beginSecondStep(call(person, {})));
    const secret = (await getSecondStep(person.id)).pending?.secret ?? "";
    const same = call(person, { code: totpCode(secret, AT), keptSessionId: NO_SESSION });
    const { codes } = world.must(await confirmSecondStep(same, AT));
    expect(await confirmSecondStep(same, AT)).toEqual({
      ok: false,
      error: { code: "codes_were_shown" },
    });
    const rows = await getDb()
      .select()
      .from(recoveryCodes)
      .where(eq(recoveryCodes.personId, person.id));
    const kept = inspect(
      [
        rows,
        await getDb().select().from(commandResults).where(eq(commandResults.actorId, person.id)),
        await getDb().select().from(outbox).where(eq(outbox.personId, person.id)),
        await getDb().select().from(persons).where(eq(persons.id, person.id)),
      ],
      { depth: null, maxArrayLength: null, maxStringLength: null },
    );
    for (const code of codes) {
      expect(kept).not.toContain(code);
      expect(kept).not.toContain(code.replace("-", ""));
    }
    expect(kept).not.toContain(secret);
  });

  it("needs a fresh proof", async () => {
    const stale = { ...(await world.person()), proved: false };
    for (const command of [beginSecondStep, endSecondStep])
      expect(await command(call(stale, {}))).toEqual({ ok: false, error: { code: "prove" } });
    expect(await renewRecoveryCodes(call(stale, {}), AT)).toEqual({
      ok: false,
      error: { code: "prove" },
    });
  });
});

describe("a recovery code", () => {
  it("works once, however it is typed, and its use is told and written down", async () => {
    const person = await world.person();
    const { codes } = await secured(person);
    const code = codes[3] ?? "";
    const tries = await Promise.all(
      Array.from({ length: 8 }, () => pass(person.id, ` ${code.toUpperCase().replace("-", " ")}`)),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await pass(person.id, code)).toBe(false);
    expect((await getSecondStep(person.id)).codesLeft).toBe(9);
    expect(await templatesTo(person.email)).toContain("recovery-code-used");
    expect(await eventsOf(person.id)).toContain("use-recovery-code");
  });

  it("of somebody else, or of before the renewal, does not", async () => {
    const [one, two] = [await world.person(), await world.person()];
    const { codes } = await secured(one);
    await secured(two);
    expect(await pass(two.id, codes[0] ?? "")).toBe(false);
    const renewed = world.must(await renewRecoveryCodes(call(one, {}), AT)).codes;
    expect(await pass(one.id, codes[0] ?? "")).toBe(false);
    expect(await pass(one.id, renewed[0] ?? "")).toBe(true);
    expect(await templatesTo(one.email)).toContain("recovery-codes-renewed");
  });
});

describe("a lost second step", () => {
  const reset = (email: string, actor: AnyActor = SYSTEM) =>
    resetSecondStep(call(actor, { email }));

  it("is reset by the system alone: codes, browsers and half sign-ins end, and the person is told", async () => {
    const person = await world.joinAsOperator({ name: "Oda", handle: world.handle("operator") });
    const { codes } = await secured(person);
    const cookie = await startSession(person.id);
    const half = await beginSignInStep(person.id);
    expect((await findPerson(requestOf(cookie)))?.operator).toBe(true);
    expect(await reset(person.email, world.operator)).toMatchObject({
      error: { code: "not_found" },
    });
    expect((await getSecondStep(person.id)).on).toBe(true);

    expect(await reset(` ${person.email.toUpperCase()} `)).toEqual({
      ok: true,
      value: { handle: person.handle, operator: true },
    });
    expect(await getSecondStep(person.id)).toMatchObject({
      on: false,
      codesLeft: 0,
      pending: null,
    });
    expect(await pass(person.id, codes[0] ?? "")).toBe(false);
    expect(await findPerson(requestOf(cookie))).toBeNull();
    expect(await findSignInStep(requestOf(half, "/sign-in/code"))).toBeNull();
    const anew = async () => findPerson(requestOf(await startSession(person.id)));
    expect((await anew())?.operator).toBe(false);
    expect(await templatesTo(person.email)).toContain("second-step-reset");
    expect(await eventsOf(person.id)).toContain("reset-second-step");
    await secured(person);
    expect((await anew())?.operator).toBe(true);
  });

  it("that was never on, or nobody's, is refused and changes nothing", async () => {
    const person = await world.person();
    world.must(await beginSecondStep(call(person, {})));
    expect(await reset(person.email)).toMatchObject({ error: { code: "not_on" } });
    expect((await getSecondStep(person.id)).pending).not.toBeNull();
    expect(await reset("nobody@example.org")).toMatchObject({ error: { code: "unknown_person" } });
    expect(await eventsOf(person.id)).not.toContain("reset-second-step");
  });
});

describe("between the password and the code", () => {
  const stepRequest = (cookie: string) => requestOf(cookie, "/sign-in/code");

  it("a browser is signed in to nothing, and is forgotten when it is through", async () => {
    const person = await world.person();
    await secured(person);
    const cookie = await beginSignInStep(person.id);
    expect(cookie).toMatch(/HttpOnly/);
    expect(await findPerson(stepRequest(cookie))).toBeNull();
    expect(await findSignInStep(stepRequest(cookie))).toBe(person.id);
    await endSignInStep(stepRequest(cookie));
    expect(await findSignInStep(stepRequest(cookie))).toBeNull();
    expect(await findSignInStep(stepRequest("belay_sign_in=nonsense"))).toBeNull();
  });

  it("a new password ends it", async () => {
    const person = await world.person();
    const cookie = await beginSignInStep(person.id);
    const input = { password: "quite another rope", keptSessionId: NO_SESSION };
    world.must(await changePassword(call(person, input)));
    expect(await findSignInStep(stepRequest(cookie))).toBeNull();
  });
});

describe("an operator", () => {
  it("has no desk before the second step is on, and is led to set it up", async () => {
    const person = await world.joinAsOperator({ name: "Ona", handle: world.handle("operator") });
    const cookie = await startSession(person.id);
    const before = requestOf(cookie, "/desk/audit");
    expect((await findPerson(before))?.operator).toBe(false);
    const thrown = (await requireOperator(before).catch((error: unknown) => error)) as Response;
    expect([thrown.status, thrown.headers.get("location")]).toEqual([
      302,
      "/account/second-step?next=%2Fdesk%2Faudit",
    ]);
    await getDb()
      .update(persons)
      .set({ totpSecret: sealTotpSecret(person.id, newTotpSecret()), totpConfirmedAt: world.now })
      .where(eq(persons.id, person.id));
    expect((await requireOperator(requestOf(cookie, "/desk"))).operator).toBe(true);
  });

  it("has proved who they are for five minutes, and again after giving the proof", async () => {
    const person = await world.person();
    const cookie = await startSession(person.id);
    expect((await findPerson(requestOf(cookie)))?.proved).toBe(true);
    await getDb()
      .update(sessions)
      .set({ provedAt: new Date(Date.now() - PROOF_MINUTES * 60_000) })
      .where(eq(sessions.userId, person.id));
    const request = requestOf(cookie);
    expect((await findPerson(request))?.proved).toBe(false);
    await proveSession(request);
    expect((await findPerson(request))?.proved).toBe(true);
  });

  it("sees no codes of others where a database of one's own is configured", async () => {
    const env = getEnv();
    setSingleton("env", { ...env, production: true });
    try {
      expect(await listDevCodes(AT)).toBeNull();
    } finally {
      setSingleton("env", env);
    }
  });
});

describe("sessions", () => {
  it("are listed with their browser, and ended one by one or all others at once", async () => {
    const person = await world.person();
    const stranger = await world.person();
    const request = new Request("http://localhost:3000/", {
      headers: { "user-agent": "Firefox/140.0 Linux" },
    });
    const here = await startSession(person.id, request);
    for (let n = 0; n < 3; n++) await startSession(person.id);
    const kept = (await findSession(requestOf(here)))?.sessionId ?? "";
    const list = await listSessions(person.id);
    expect(list).toHaveLength(4);
    expect(list.find((row) => row.id === kept)?.userAgent).toBe("Firefox/140.0 Linux");
    const other = list.find((row) => row.id !== kept)?.id ?? "";
    expect(await revokeSession(call(stranger, { sessionId: other }))).toEqual({
      ok: false,
      error: { code: "session_gone" },
    });
    world.must(await revokeSession(call(person, { sessionId: other })));
    expect(await countSessions(person.id)).toBe(3);
    const all = world.must(await revokeOtherSessions(call(person, { keptSessionId: kept })));
    expect(all).toEqual({ ended: 2 });
    expect((await findPerson(requestOf(here)))?.id).toBe(person.id);
  });
});

describe("a change of password", () => {
  it("ends all other sessions and what waited, and tells the owner", async () => {
    const person = await world.person();
    const here = await startSession(person.id);
    const there = await startSession(person.id);
    const kept = (await findSession(requestOf(here)))?.sessionId ?? "";
    world.must(
      await requestEmailChange(call(person, { email: `${world.handle("n")}@belay.test` })),
    );
    const short = await changePassword(call(person, { password: "short", keptSessionId: kept }));
    expect(short).toMatchObject({ error: { code: "invalid_input" } });
    const input = { password: "another rope of eight", keptSessionId: kept };
    const stale = { ...person, proved: false };
    expect(await changePassword(call(stale, input))).toMatchObject({ error: { code: "prove" } });
    world.must(await changePassword(call(person, input)));
    expect(await findPerson(requestOf(there))).toBeNull();
    expect(await findPerson(requestOf(here))).not.toBeNull();
    const signIn = (password: string) =>
      checkPassword({ email: person.email, password, now: world.now });
    expect((await signIn(PASSWORD)).ok).toBe(false);
    expect((await signIn(input.password)).ok).toBe(true);
    expect(await templatesTo(person.email)).toContain("password-replaced");
    expect(await eventsOf(person.id)).toContain("change-password");
    expect(await getDb().$count(emailChanges, eq(emailChanges.personId, person.id))).toBe(0);
  });
});

describe("the audit trail", () => {
  const list = async (asked: Record<string, string>) =>
    (await listAuditEvents(auditFilter.parse(asked))).events;

  it("is filtered by who, act, subject and period, and paged by key", async () => {
    const person = await world.person();
    for (const n of [1, 2, 3])
      world.must(
        await requestDeposit(
          call(person, { amount: "10", reference: `audit ${person.handle} ${n}` }),
        ),
      );
    const mine = await list({ who: person.handle });
    expect(mine.map((event) => event.action)).toEqual(Array(3).fill("request-deposit"));
    const [newest] = mine;
    expect(await list({ kind: "deposit", subject: newest?.subjectId ?? "" })).toHaveLength(1);
    expect(await list({ who: person.handle, action: "decide-deposit" })).toEqual([]);
    const day = world.now.toISOString().slice(0, 10);
    expect(await list({ who: person.handle, from: day, to: day })).toHaveLength(3);
    expect(await list({ who: person.handle, to: "2020-01-01" })).toEqual([]);
    const older = await list({ who: person.handle, before: String(newest?.id) });
    expect(older.map((event) => event.id)).toEqual(mine.slice(1).map((event) => event.id));
    expect(await list({ who: person.handle, from: "nonsense", subject: "%' or 1=1" })).toHaveLength(
      3,
    );
    expect((await listAuditChoices()).actions).toContain("request-deposit");
  });
});
