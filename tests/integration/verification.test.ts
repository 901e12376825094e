import { randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { auditEvents, investorVerifications, outbox } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import { World } from "#tests/setup/world";
import type { AnyActor } from "~/auth/actor";
import { decideVerification } from "~/features/verification/decide-verification.server";
import {
  findVerificationToDecide,
  isVerifiedInvestor,
} from "~/features/verification/queries.server";
import { requestVerification } from "~/features/verification/request-verification.server";

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
const mailsTo = async (email: string) =>
  (
    await getDb()
      .select({ template: outbox.template, props: outbox.props })
      .from(outbox)
      .where(eq(outbox.toEmail, email))
      .orderBy(desc(outbox.createdAt))
  ).map((row) => row.template);

describe("verification", () => {
  const asking = { basis: "income", statement: "Tax returns of 2024 and 2025, sent by post." };

  async function asked() {
    const person = await world.person();
    const result = await requestVerification(call(person, asking));
    if (!result.ok) throw new Error(result.error.code);
    return { person, verificationId: result.value.verificationId };
  }

  it("lasts twelve months from an operator's approval, to the end of the day", async () => {
    const { person, verificationId } = await asked();
    expect(await isVerifiedInvestor(getDb(), person.id, world.now)).toBe(false);
    expect(
      (
        await decideVerification(
          call(world.operator, {
            verificationId,
            decision: "approve",
            reason: "Both returns seen.",
          }),
        )
      ).ok,
    ).toBe(true);
    expect(await isVerifiedInvestor(getDb(), person.id, world.now)).toBe(true);
    const [row] = await getDb()
      .select()
      .from(investorVerifications)
      .where(eq(investorVerifications.id, verificationId));
    const end = row?.expiresAt ?? world.now;
    expect(end.toISOString()).toBe("2027-01-06T00:00:00.000Z");
    expect(await isVerifiedInvestor(getDb(), person.id, new Date(end.getTime() - 1))).toBe(true);
    expect(await isVerifiedInvestor(getDb(), person.id, end)).toBe(false);
    expect(await mailsTo(person.email)).toContain("verification-approved");
    const event = and(
      eq(auditEvents.subjectId, verificationId),
      eq(auditEvents.action, "decide-verification"),
    );
    expect(await getDb().$count(auditEvents, event)).toBe(1);
  });

  it("is refused with a reason; the person may ask again", async () => {
    const { person, verificationId } = await asked();
    expect(await requestVerification(call(person, asking))).toEqual({
      ok: false,
      error: { code: "already_asked" },
    });
    expect(
      (
        await decideVerification(
          call(world.operator, {
            verificationId,
            decision: "refuse",
            reason: "The return of 2025 is missing.",
          }),
        )
      ).ok,
    ).toBe(true);
    expect(await isVerifiedInvestor(getDb(), person.id, world.now)).toBe(false);
    expect((await requestVerification(call(person, asking))).ok).toBe(true);
  });

  it("asked for twice at once is one request", async () => {
    const person = await world.person();
    const results = await Promise.all(
      Array.from({ length: 5 }, () => requestVerification(call(person, asking))),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  });

  it("decided twice at once is decided once; the other operator is told", async () => {
    const { verificationId } = await asked();
    const other = await world.joinAsOperator({ name: "Otto", handle: world.handle("operator") });
    const results = await Promise.all([
      decideVerification(
        call(world.operator, { verificationId, decision: "approve", reason: "Seen." }),
      ),
      decideVerification(call(other, { verificationId, decision: "refuse", reason: "Not seen." })),
    ]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toMatchObject({
      error: { code: "already_decided" },
    });
  });

  it("is never decided by the one who asks", async () => {
    const operator = await world.joinAsOperator({ name: "Own", handle: world.handle("operator") });
    const own = await requestVerification(call(operator, asking));
    if (!own.ok) throw new Error(own.error.code);
    const mine = { verificationId: own.value.verificationId, decision: "approve", reason: "Me." };
    expect(await decideVerification(call(operator, mine))).toEqual({
      ok: false,
      error: { code: "not_found" },
    });
    expect(await findVerificationToDecide(operator, own.value.verificationId)).toBeNull();
  });
});
