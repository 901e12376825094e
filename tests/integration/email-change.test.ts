import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { withdrawals } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { World } from "#tests/setup/world";
import type { AnyActor } from "~/auth/actor";
import {
  changeEmail,
  findEmailChange,
  requestEmailChange,
} from "~/features/people/change-email.server";
import { requestPasswordReset, resetPassword } from "~/features/people/reset-password.server";
import { checkPassword } from "~/features/people/sign-in.server";
import { decideWithdrawal } from "~/features/treasury/decide-withdrawal.server";
import { getHold } from "~/features/treasury/hold.server";
import { requestWithdrawal } from "~/features/treasury/request-withdrawal.server";
import { PASSWORD, type Someone } from "~/server/demo/steps";
import { eventsOf, mailsTo, templatesTo, tokenIn } from "../setup/security";

useDatabase();
let world: World;
beforeAll(async () => {
  world = await World.make();
});

const NO_SESSION = "0".repeat(64);
const call = (actor: AnyActor, input: unknown, idempotencyKey: string = randomUUID()) => ({
  actor,
  input,
  idempotencyKey,
  now: world.now,
});

describe("a change of e-mail address", () => {
  const fresh = () => `${world.handle("new")}@belay.test`;
  async function asked(person: Someone, email = fresh()) {
    world.must(await requestEmailChange(call(person, { email: email.toUpperCase() })));
    return { email, token: tokenIn((await mailsTo(email))[0]?.path ?? "") };
  }

  it("happens by the link to the new address; the old one is told, and withdrawals are held", async () => {
    const person = await world.person();
    await world.deposit(person, world.operators, "100");
    const waiting = world.must(
      await requestWithdrawal(call(person, { amount: "10", destination: "First Bank 4411" })),
    );
    const { email, token } = await asked(person);
    expect(await templatesTo(person.email)).toContain("address-change-asked");
    expect(await findEmailChange(person.id, token, world.now)).toBe(email);
    const { heldUntil } = world.must(
      await changeEmail(call(person, { token, keptSessionId: NO_SESSION })),
    );
    expect(new Date(heldUntil).getTime() - world.now.getTime()).toBe(72 * 3_600_000);
    expect(await templatesTo(person.email)).toContain("address-changed");
    expect(await eventsOf(person.id)).toEqual(
      expect.arrayContaining(["request-email-change", "change-email"]),
    );
    expect((await checkPassword({ email, password: PASSWORD, now: world.now })).ok).toBe(true);
    expect(await getHold(person.id, world.now)).not.toBeNull();
    const input = { amount: "10", destination: "First Bank 4411" };
    expect(await requestWithdrawal(call(person, input))).toMatchObject({
      error: { code: "withdrawals_held" },
    });
    const paid = { withdrawalId: waiting.withdrawalId, decision: "paid" };
    expect(await decideWithdrawal(call(world.operator, paid))).toMatchObject({
      error: { code: "withdrawals_held" },
    });
    const forged = getDb().insert(withdrawals).values({
      personId: person.id,
      amountCents: 1n,
      destination: "First Bank 4411",
      requestedAt: world.now,
    });
    await expect(forged).rejects.toMatchObject({ cause: { constraint_name: "withdrawals_held" } });
    const later = { ...call(person, input), now: new Date(heldUntil) };
    expect((await requestWithdrawal(later)).ok).toBe(true);
  });

  it("works once, for a day, for its owner alone, and not once another was asked for", async () => {
    const [person, stranger] = [await world.person(), await world.person()];
    const first = await asked(person);
    const second = await asked(person);
    const change = (who: Someone, token: string, now = world.now) =>
      changeEmail({ ...call(who, { token, keptSessionId: NO_SESSION }), now });
    const spent = { ok: false, error: { code: "link_spent" } };
    expect(await change(person, first.token)).toEqual(spent);
    expect(await change(stranger, second.token)).toEqual(spent);
    expect(await change(person, second.token, new Date(world.now.getTime() + 86_400_000))).toEqual(
      spent,
    );
    const results = await Promise.all([change(person, second.token), change(person, second.token)]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toEqual(spent);
  });

  it("says the same of an address that is somebody else's, and tells that one", async () => {
    const [person, other] = [await world.person(), await world.person()];
    const answers = [
      await requestEmailChange(call(person, { email: other.email })),
      await requestEmailChange(call(person, { email: fresh() })),
    ];
    expect(answers[0]).toEqual(answers[1]);
    expect(await templatesTo(other.email)).toContain("already-registered");
    expect(await requestEmailChange(call(person, { email: person.email }))).toMatchObject({
      error: { code: "same_address" },
    });
  });

  it("of two people to one address at once: one has it, the other is told", async () => {
    const [one, two] = [await world.person(), await world.person()];
    const email = fresh();
    const a = await asked(one, email);
    world.must(await requestEmailChange(call(two, { email })));
    const b = (await mailsTo(email)).map((mail) => tokenIn(mail.path)).find((t) => t !== a.token);
    const results = await Promise.all([
      changeEmail(call(one, { token: a.token, keptSessionId: NO_SESSION })),
      changeEmail(call(two, { token: b, keptSessionId: NO_SESSION })),
    ]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toMatchObject({
      error: { code: "address_taken" },
    });
  });

  it("is forgotten when the password is set anew, and ends links to set one that were mailed before", async () => {
    const person = await world.person();
    const reset = async () => {
      world.must(await requestPasswordReset(call(null, { email: person.email })));
      return tokenIn(
        (await mailsTo(person.email)).find((m) => m.template === "reset-password")?.path ?? "",
      );
    };
    const { token } = await asked(person);
    const password = "yet another rope";
    world.must(await resetPassword(call(null, { token: await reset(), password })));
    expect(await findEmailChange(person.id, token, world.now)).toBeNull();
    world.pass({ ms: 1000 });
    const old = await reset();
    const again = await asked(person);
    world.must(await changeEmail(call(person, { token: again.token, keptSessionId: NO_SESSION })));
    expect(await resetPassword(call(null, { token: old, password }))).toMatchObject({
      error: { code: "link_spent" },
    });
  });
});
