import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { auditEvents, deposits, outbox, withdrawals } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { World } from "#tests/setup/world";
import type { AnyActor } from "~/auth/actor";
import { decideDeposit } from "~/features/treasury/decide-deposit.server";
import { decideWithdrawal } from "~/features/treasury/decide-withdrawal.server";
import {
  findDepositToDecide,
  findWithdrawalToDecide,
} from "~/features/treasury/desk-queries.server";
import { getWallet, previewWithdrawal } from "~/features/treasury/queries.server";
import { requestDeposit } from "~/features/treasury/request-deposit.server";
import { requestWithdrawal } from "~/features/treasury/request-withdrawal.server";
import { getStatement } from "~/features/treasury/statement.server";
import { getBalance } from "~/ledger/read.server";

useDatabase();
let world: World;
beforeAll(async () => {
  world = await World.make();
});

const call = (actor: AnyActor, input: unknown, idempotencyKey: string = randomUUID()) => ({
  actor,
  input,
  idempotencyKey,
  now: world.now,
});
const cash = (personId: string) => getBalance(getDb(), "cash", personId);
const mailsTo = async (email: string) =>
  (
    await getDb()
      .select({ template: outbox.template, props: outbox.props })
      .from(outbox)
      .where(eq(outbox.toEmail, email))
      .orderBy(desc(outbox.createdAt))
  ).map((row) => row.template);
const bank = { destination: "Ann Lee, First Bank, 12 3456 7890" };

async function funded(dollars: string) {
  const person = await world.person();
  await world.deposit(person, world.operators, dollars);
  return person;
}

async function askedDeposit(amount = "100") {
  const person = await world.person();
  const asked = await requestDeposit(
    call(person, { amount, reference: `ref ${world.handle("d")}` }),
  );
  if (!asked.ok) throw new Error(asked.error.code);
  return { person, depositId: asked.value.depositId };
}

async function askedWithdrawal(amount = "100") {
  const person = await funded("250");
  const asked = await requestWithdrawal(call(person, { amount, ...bank }));
  if (!asked.ok) throw new Error(asked.error.code);
  return { person, withdrawalId: asked.value.withdrawalId };
}

describe("deposits", () => {
  it("enter the balance with what arrived, when an operator has seen it", async () => {
    const { person, depositId } = await askedDeposit("1,000");
    expect(await cash(person.id)).toBe(0n);
    const arrived = { depositId, decision: "confirm", arrived: "985.50" };
    expect(await decideDeposit(call(world.operator, arrived))).toEqual({
      ok: true,
      value: { depositId, state: "requested" },
    });
    expect(await cash(person.id)).toBe(0n);
    expect(await mailsTo(person.email)).not.toContain("deposit-confirmed");
    expect(await decideDeposit(call(world.operators[1], arrived))).toEqual({
      ok: true,
      value: { depositId, state: "confirmed" },
    });
    expect(await cash(person.id)).toBe(98_550n);
    expect(await mailsTo(person.email)).toContain("deposit-confirmed");
    const events = await getDb()
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(eq(auditEvents.subjectId, depositId));
    expect(events.map((event) => event.action).sort()).toEqual([
      "decide-deposit",
      "decide-deposit",
      "request-deposit",
    ]);
  });

  it("are refused with a reason, which the person is told, and the reference is free again", async () => {
    const person = await world.person();
    const input = { amount: "10", reference: "same again" };
    const asked = await requestDeposit(call(person, input));
    if (!asked.ok) throw new Error(asked.error.code);
    const { depositId } = asked.value;
    expect(
      (await decideDeposit(call(world.operator, { depositId, decision: "refuse", reason: " " })))
        .ok,
    ).toBe(false);
    expect(
      (
        await decideDeposit(
          call(world.operator, { depositId, decision: "refuse", reason: "Nothing came." }),
        )
      ).ok,
    ).toBe(true);
    expect(await cash(person.id)).toBe(0n);
    expect(await mailsTo(person.email)).toContain("deposit-refused");
    expect((await requestDeposit(call(person, input))).ok).toBe(true);
  });

  it("have a reference that nobody else has, however it is written", async () => {
    const [one, two] = [await world.person(), await world.person()];
    const first = { amount: "10", reference: "AB 77-12" };
    const results = await Promise.all(
      [one, two].map((person) =>
        requestDeposit(
          call(person, { ...first, reference: person === one ? "AB 77-12" : " ab  77-12 " }),
        ),
      ),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toEqual({
      ok: false,
      error: { code: "reference_taken", field: "reference" },
    });
  });

  it("sent twice by the same form are one; with other contents the key is refused", async () => {
    const person = await world.person();
    const key = randomUUID();
    const input = { amount: "10", reference: "once only" };
    const [first, second] = await Promise.all([
      requestDeposit(call(person, input, key)),
      requestDeposit(call(person, input, key)),
    ]);
    expect(first.ok).toBe(true);
    expect(second).toEqual(first);
    expect(await getDb().$count(deposits, eq(deposits.personId, person.id))).toBe(1);
    const other = await requestDeposit(call(person, { ...input, amount: "11" }, key));
    expect(other).toEqual({ ok: false, error: { code: "idempotency_conflict" } });
  });

  it("take two operators: neither alone, nor the same one twice, nor two amounts", async () => {
    const { person, depositId } = await askedDeposit("100");
    const [first, second] = world.operators;
    const say = (who: AnyActor, arrived: string) =>
      decideDeposit(call(who, { depositId, decision: "confirm", arrived }));
    expect((await say(first, "90")).ok).toBe(true);
    expect(await say(first, "90")).toEqual({ ok: false, error: { code: "needs_another" } });
    expect(await say(second, "100")).toEqual({
      ok: false,
      error: { code: "amounts_differ", field: "arrived" },
    });
    expect(await cash(person.id)).toBe(0n);
    // The first was wrong, and corrects it.
    expect((await say(first, "100")).ok).toBe(true);
    expect(await say(second, "90")).toMatchObject({ error: { code: "amounts_differ" } });
    expect(await say(second, "100")).toMatchObject({ value: { state: "confirmed" } });
    expect(await cash(person.id)).toBe(10_000n);
  });

  it("of one operator pressing twenty times at once are recorded, and nothing moves", async () => {
    const { person, depositId } = await askedDeposit("100");
    const input = { depositId, decision: "confirm", arrived: "100" };
    const results = await Promise.all(
      Array.from({ length: 20 }, () => decideDeposit(call(world.operator, input))),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    for (const result of results)
      if (!result.ok) expect(result.error).toEqual({ code: "needs_another" });
    expect(await cash(person.id)).toBe(0n);
  });

  it("of both operators at once are confirmed, once, whoever is the first", async () => {
    const { person, depositId } = await askedDeposit("100");
    const input = { depositId, decision: "confirm", arrived: "100" };
    const results = await Promise.all(
      [...world.operators, ...world.operators].map((who) => decideDeposit(call(who, input))),
    );
    const states = results.flatMap((result) => (result.ok ? [result.value.state] : []));
    expect(states.sort()).toEqual(["confirmed", "requested"]);
    expect(await cash(person.id)).toBe(10_000n);
    const [row] = await getDb().select().from(deposits).where(eq(deposits.id, depositId));
    expect(new Set([row?.firstBy, row?.decidedBy])).toEqual(
      new Set(world.operators.map((who) => who.id)),
    );
  });

  it("are refused by the database too when one operator alone would have confirmed them", async () => {
    const { depositId } = await askedDeposit("100");
    const [first, second] = world.operators;
    const forge = (change: Partial<typeof deposits.$inferInsert>) =>
      getDb()
        .update(deposits)
        .set({
          state: "confirmed",
          decidedAt: world.now,
          decidedBy: first.id,
          arrivedCents: 10_000n,
          ...change,
        })
        .where(eq(deposits.id, depositId));
    const refused = (constraint: string) => ({ cause: { constraint_name: constraint } });
    await expect(forge({})).rejects.toMatchObject(refused("deposits_second_operator"));
    const recorded = { firstBy: first.id, firstAt: world.now, firstArrivedCents: 10_000n };
    await expect(forge(recorded)).rejects.toMatchObject(refused("deposits_two_operators"));
    await expect(
      forge({ ...recorded, firstBy: second.id, firstArrivedCents: 9_999n }),
    ).rejects.toMatchObject(refused("deposits_second_operator"));
  });

  it("wait for a proof that is fresh", async () => {
    const { depositId } = await askedDeposit("100");
    const stale = { ...world.operator, proved: false };
    const input = { depositId, decision: "confirm", arrived: "100" };
    expect(await decideDeposit(call(stale, input))).toEqual({
      ok: false,
      error: { code: "prove" },
    });
    expect(await findDepositToDecide(stale, depositId)).not.toBeNull();
  });

  it("are decided by operators alone, and never by the one who asks", async () => {
    const { depositId, person } = await askedDeposit();
    const input = { depositId, decision: "confirm", arrived: "100" };
    expect(await decideDeposit(call(person, input))).toEqual({
      ok: false,
      error: { code: "not_found" },
    });
    expect(await decideDeposit(call(null, input))).toEqual({
      ok: false,
      error: { code: "sign_in" },
    });
    const own = await requestDeposit(
      call(world.operator, { amount: "5", reference: "operator's own".replace("'", "") }),
    );
    if (!own.ok) throw new Error(own.error.code);
    const mine = { depositId: own.value.depositId, decision: "confirm", arrived: "5" };
    expect(await decideDeposit(call(world.operator, mine))).toEqual({
      ok: false,
      error: { code: "not_found" },
    });
    expect(await findDepositToDecide(world.operator, own.value.depositId)).toBeNull();
    expect(await findDepositToDecide(person, depositId)).toBeNull();
    expect(await findDepositToDecide(world.operator, depositId)).not.toBeNull();
  });

  it("want a confirmed address", async () => {
    const person = await world.person();
    const refused = await requestDeposit(
      call({ ...person, emailVerified: false }, { amount: "10", reference: "unverified" }),
    );
    expect(refused).toEqual({ ok: false, error: { code: "verify_email" } });
  });
});

describe("withdrawals", () => {
  it("wait in escrow, then leave the platform once they are paid", async () => {
    const { person, withdrawalId } = await askedWithdrawal("100");
    expect(await cash(person.id)).toBe(15_000n);
    expect(await getBalance(getDb(), "escrow", withdrawalId)).toBe(10_000n);
    expect(await getWallet(person)).toMatchObject({
      cashCents: 15_000n,
      escrowCents: 10_000n,
      withdrawalCents: 10_000n,
    });
    const paid = { withdrawalId, decision: "paid" };
    const [first, second] = world.operators;
    expect(await decideWithdrawal(call(first, paid))).toMatchObject({
      value: { state: "requested" },
    });
    expect(await decideWithdrawal(call(first, paid))).toEqual({
      ok: false,
      error: { code: "needs_another" },
    });
    expect(await getBalance(getDb(), "escrow", withdrawalId)).toBe(10_000n);
    expect(
      await decideWithdrawal(
        call(second, { withdrawalId, decision: "refuse", reason: "I do not see it." }),
      ),
    ).toEqual({ ok: false, error: { code: "recorded_as_paid" } });
    expect(await decideWithdrawal(call(second, paid))).toMatchObject({ value: { state: "paid" } });
    expect(await getBalance(getDb(), "escrow", withdrawalId)).toBe(0n);
    expect(await cash(person.id)).toBe(15_000n);
    expect(await mailsTo(person.email)).toEqual(
      expect.arrayContaining(["withdrawal-requested", "withdrawal-paid"]),
    );
  });

  it("return when they are refused", async () => {
    const { person, withdrawalId } = await askedWithdrawal("100");
    expect(
      (
        await decideWithdrawal(
          call(world.operator, {
            withdrawalId,
            decision: "refuse",
            reason: "The account is closed.",
          }),
        )
      ).ok,
    ).toBe(true);
    expect(await cash(person.id)).toBe(25_000n);
    expect(await mailsTo(person.email)).toContain("withdrawal-refused");
  });

  it("are refused beyond the balance, in the preview and in the act, and leave nothing behind", async () => {
    const person = await funded("250");
    const input = { amount: "250.01", ...bank };
    const refusal = { ok: false, error: { code: "insufficient_balance", field: "amount" } };
    expect(await previewWithdrawal(person, input, world.now)).toEqual(refusal);
    expect(await requestWithdrawal(call(person, input))).toEqual(refusal);
    expect(await getDb().$count(withdrawals, eq(withdrawals.personId, person.id))).toBe(0);
    expect(await mailsTo(person.email)).not.toContain("withdrawal-requested");
    expect(await previewWithdrawal(person, { ...input, amount: "250" }, world.now)).toMatchObject({
      ok: true,
      value: { afterCents: 0n },
    });
  });

  it("40 at once of one balance: exactly as many succeed as it holds", async () => {
    const person = await funded("1,000");
    const results = await Promise.all(
      Array.from({ length: 40 }, () => requestWithdrawal(call(person, { amount: "37", ...bank }))),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(27);
    for (const result of results)
      if (!result.ok)
        expect(result.error).toEqual({ code: "insufficient_balance", field: "amount" });
    expect(await cash(person.id)).toBe(100_000n - 27n * 3_700n);
    expect(await getDb().$count(withdrawals, eq(withdrawals.personId, person.id))).toBe(27);
  });

  it("sent 40 times by the same form are one", async () => {
    const person = await funded("1,000");
    const key = randomUUID();
    const results = await Promise.all(
      Array.from({ length: 40 }, () =>
        requestWithdrawal(call(person, { amount: "37", ...bank }, key)),
      ),
    );
    expect(
      new Set(results.map((result) => (result.ok ? result.value.withdrawalId : result.error.code)))
        .size,
    ).toBe(1);
    expect(await cash(person.id)).toBe(100_000n - 3_700n);
  });

  it("return when the one who recorded them as paid takes it back", async () => {
    const { person, withdrawalId } = await askedWithdrawal("100");
    await decideWithdrawal(call(world.operator, { withdrawalId, decision: "paid" }));
    const back = { withdrawalId, decision: "refuse", reason: "The bank sent it back." };
    expect((await decideWithdrawal(call(world.operator, back))).ok).toBe(true);
    expect(await cash(person.id)).toBe(25_000n);
  });

  it("paid by both and refused at once end one way", async () => {
    const { person, withdrawalId } = await askedWithdrawal("100");
    const [first, second] = world.operators;
    const third = await world.joinAsOperator({ name: "Otto", handle: world.handle("operator") });
    const paid = { withdrawalId, decision: "paid" };
    const results = await Promise.all([
      decideWithdrawal(call(first, paid)),
      decideWithdrawal(call(second, paid)),
      decideWithdrawal(call(third, { withdrawalId, decision: "refuse", reason: "Wrong account." })),
    ]);
    const [row] = await getDb().select().from(withdrawals).where(eq(withdrawals.id, withdrawalId));
    const states = results.flatMap((result) => (result.ok ? [result.value.state] : []));
    if (row?.state === "paid") expect(states.sort()).toEqual(["paid", "requested"]);
    else expect(states).toContain("refused");
    expect(await cash(person.id)).toBe(row?.state === "paid" ? 15_000n : 25_000n);
  });

  it("are decided by operators alone, and never by the one who asks", async () => {
    const { person, withdrawalId } = await askedWithdrawal();
    expect(await decideWithdrawal(call(person, { withdrawalId, decision: "paid" }))).toEqual({
      ok: false,
      error: { code: "not_found" },
    });
    const operator = await world.joinAsOperator({ name: "Own", handle: world.handle("operator") });
    await world.deposit(operator, world.operators, "50");
    const own = await requestWithdrawal(call(operator, { amount: "50", ...bank }));
    if (!own.ok) throw new Error(own.error.code);
    const mine = { withdrawalId: own.value.withdrawalId, decision: "paid" };
    expect(await decideWithdrawal(call(operator, mine))).toEqual({
      ok: false,
      error: { code: "not_found" },
    });
    expect(await findWithdrawalToDecide(operator, own.value.withdrawalId)).toBeNull();
    for (const who of world.operators)
      expect((await decideWithdrawal(call(who, mine))).ok).toBe(true);
  });

  it("are refused by the database too when a row says that its asker decided it", async () => {
    const { person, withdrawalId } = await askedWithdrawal();
    const forged = getDb()
      .update(withdrawals)
      .set({ state: "paid", decidedAt: world.now, decidedBy: person.id })
      .where(eq(withdrawals.id, withdrawalId));
    await expect(forged).rejects.toMatchObject({
      cause: { constraint_name: "withdrawals_decided" },
    });
    const alone = getDb()
      .update(withdrawals)
      .set({ state: "paid", decidedAt: world.now, decidedBy: world.operator.id })
      .where(eq(withdrawals.id, withdrawalId));
    await expect(alone).rejects.toMatchObject({
      cause: { constraint_name: "withdrawals_second_operator" },
    });
  });
});

describe("the statement", () => {
  it("tells each movement in plain words, newest first, with the balance after it", async () => {
    const { person, withdrawalId } = await askedWithdrawal("100");
    await decideWithdrawal(
      call(world.operator, { withdrawalId, decision: "refuse", reason: "Closed." }),
    );
    const { lines, olderThan } = await getStatement(person);
    expect(lines.map(({ text, cents, balanceCents }) => ({ text, cents, balanceCents }))).toEqual([
      { text: "Withdrawal refused: back in your balance", cents: "10000", balanceCents: "25000" },
      {
        text: "Withdrawal asked for: moved to escrow",
        cents: "-10000",
        balanceCents: "15000",
      },
      { text: "Deposit arrived", cents: "25000", balanceCents: "25000" },
    ]);
    expect(olderThan).toBeNull();
    const first = await getStatement(person, { limit: 2 });
    expect(first.lines).toHaveLength(2);
    const rest = await getStatement(person, { limit: 2, olderThan: first.olderThan });
    expect(rest.lines.map((line) => line.text)).toEqual(["Deposit arrived"]);
  });

  it("names the student of an offer, and links to it", async () => {
    const teacher = await world.investor("50,000");
    const student = await world.person("student", { name: "Alice Example" });
    const offerId = await world.offered(teacher, student, { amount: "10,000", percent: "1" });
    const { lines } = await getStatement(teacher);
    expect(lines[0]).toMatchObject({
      text: "Offer to Alice Example: moved to escrow",
      path: `/offers/${offerId}`,
      cents: "-1000000",
    });
    expect(await getWallet(teacher)).toMatchObject({
      offerCents: 1_000_000n,
      escrowCents: 1_000_000n,
    });
  });
});
