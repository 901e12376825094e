import { createHash, randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { constraintName, getDb } from "#db/client.server";
import { agreements, lots, offers, outbox, persons, tokens } from "#db/schema/index";
import { useDatabase } from "#tests/setup/database";
import {
  admit,
  apply,
  codeOf,
  DAY_MS,
  day,
  key,
  makeActor,
  makeCohort,
  makeSigned,
  makeTeacher,
  must,
  offer,
  offerForm,
  prepare,
  settle,
  sign,
} from "#tests/setup/deals";
import { type Actor, SYSTEM } from "~/auth/actor";
import { answerQuiz } from "~/features/offers/answer-quiz.server";
import { declineOffer } from "~/features/offers/decline-offer.server";
import { lapseOffer } from "~/features/offers/lapse-offer.server";
import { leaveOffer } from "~/features/offers/leave-offer.server";
import { makeOffer } from "~/features/offers/make-offer.server";
import { readInfoSheet } from "~/features/offers/read-info-sheet.server";
import { endLot } from "~/features/tokens/end-lot.server";
import { mintToken } from "~/features/tokens/mint-token.server";
import { tokenAsset } from "~/ledger/entries";
import { getBalance } from "~/ledger/read.server";

useDatabase();

const cash = (person: Actor) => getBalance(getDb(), "cash", person.id);
async function held(student: Actor, holder: Actor): Promise<bigint> {
  const [token] = await getDb().select().from(tokens).where(eq(tokens.ownerId, student.id));
  return token ? getBalance(getDb(), "shares", holder.id, tokenAsset(token.id)) : 0n;
}
async function stateOf(offerId: string) {
  const [row] = await getDb().select().from(offers).where(eq(offers.id, offerId));
  return row?.state;
}
const leave = (actor: Actor, offerId: string, now: Date) =>
  leaveOffer({ actor, input: { offerId }, idempotencyKey: key(), now });
const decline = (actor: Actor, offerId: string, now: Date) =>
  declineOffer({ actor, input: { offerId }, idempotencyKey: key(), now });
const lapse = (offerId: string, now: Date) =>
  lapseOffer({ actor: SYSTEM, input: { offerId }, idempotencyKey: offerId, now });

async function makeOpen(
  changes: Partial<typeof offerForm> = {},
  studentFacts: { dateOfBirth?: string; country?: string } = {},
) {
  const teacher = await makeTeacher(1_000_000n);
  const student = await makeActor(studentFacts);
  const cohort = await makeCohort(teacher);
  const applicationId = await admit(teacher, student, cohort);
  const offerId = await offer(teacher, applicationId, changes);
  return { teacher, student, cohort, applicationId, offerId };
}

describe("an offer's way", () => {
  it("moves cash to escrow, reserves shares, and settles in one entry", async () => {
    const { teacher, student, offerId } = await makeOpen({
      amount: "1,500.01",
      percent: "0.95",
      payoutCap: "3",
      sunset: "10",
    });
    expect(await cash(teacher)).toBe(849_999n);
    await prepare(student, offerId);
    const signed = must(await sign(student, offerId));
    expect(signed.settlesAt).toBe(day(20).toISOString());
    expect(await held(student, student)).toBe(9_905_000n);
    expect(await held(student, teacher)).toBe(0n);
    expect(must(await settle(offerId))).toEqual({ offerId, state: "settled", settled: true });
    expect(await cash(student)).toBe(150_001n);
    expect(await held(student, teacher)).toBe(95_000n);
    const [lot] = await getDb().select().from(lots).where(eq(lots.dealId, offerId));
    expect(lot).toMatchObject({
      holderId: teacher.id,
      sharesLeft: 95_000n,
      paidCents: 150_001n,
      capCents: 450_003n,
      sunset: "2036-01-21",
      lockedUntil: "2027-05-01",
      finder: false,
    });
    const mails = await getDb()
      .select({ template: outbox.template })
      .from(outbox)
      .where(eq(outbox.personId, student.id));
    expect(mails.map((mail) => mail.template).sort()).toEqual([
      "application-admitted",
      "application-submitted",
      "offer-sent",
      "offer-settled",
      "offer-signed",
      "token-minted",
    ]);
  });

  it("comes back when declined", async () => {
    const { teacher, student, offerId } = await makeOpen();
    expect(codeOf(await decline(teacher, offerId, day(13)))).toBe("not_found");
    must(await decline(student, offerId, day(13)));
    expect(await cash(teacher)).toBe(1_000_000n);
    expect(codeOf(await decline(student, offerId, day(13)))).toBe("offer_closed");
    expect(codeOf(await sign(student, offerId))).toBe("offer_closed");
  });

  it("lapses after its 7 days and not before, whoever comes late", async () => {
    const { teacher, student, offerId } = await makeOpen();
    await prepare(student, offerId);
    expect(codeOf(await lapse(offerId, day(19, -1)))).toBe("not_due");
    expect(codeOf(await sign(student, offerId, day(19)))).toBe("offer_expired");
    expect(must(await lapse(offerId, day(19)))).toMatchObject({ lapsed: true });
    expect(must(await lapse(offerId, day(20)))).toMatchObject({ lapsed: true });
    expect(await cash(teacher)).toBe(1_000_000n);
  });

  it("asks for the sheet, the three answers, the token, the consent and the legal name, in this order", async () => {
    const { student, offerId } = await makeOpen();
    const right = { offerId, part: "part", nothing: "nothing", tax: "whole" };
    const quiz = (input: object) =>
      answerQuiz({ actor: student, input, idempotencyKey: key(), now: day(13) });
    expect(codeOf(await quiz(right))).toBe("sheet_first");
    must(
      await readInfoSheet({
        actor: student,
        input: { offerId },
        idempotencyKey: key(),
        now: day(13),
      }),
    );
    const wrong = await quiz({ ...right, part: "whole", tax: "" });
    expect(wrong).toMatchObject({ ok: false, error: { code: "wrong_answer" } });
    expect(Object.keys((!wrong.ok && wrong.error.fields) || {})).toEqual(["part", "tax"]);
    expect(codeOf(await sign(student, offerId))).toBe("quiz_first");
    must(await quiz(right));
    expect(codeOf(await sign(student, offerId))).toBe("token_first");
    const mint = (typedLegalName: string) =>
      mintToken({ actor: student, input: { typedLegalName }, idempotencyKey: key(), now: day(13) });
    expect(await mint("Somebody Else")).toMatchObject({
      ok: false,
      error: { code: "wrong_name", field: "typedLegalName" },
    });
    const minted = must(await mint(`  ${student.handle.toUpperCase()} `));
    expect(minted.minted).toBe(true);
    expect(must(await mint(student.handle))).toEqual({ tokenId: minted.tokenId, minted: false });
    must(await sign(student, offerId));
    const [agreement] = await getDb()
      .select()
      .from(agreements)
      .where(and(eq(agreements.offerId, offerId), eq(agreements.kind, "investment")));
    expect(agreement?.text).toContain("$1,000.00");
  });

  it("is refused before money moves: unverified, not admitted, under the floor, over a limit, without cash, twice", async () => {
    const { teacher, student, cohort, applicationId, offerId } = await makeOpen();
    const make = (actor: Actor, changes: Record<string, string>) =>
      makeOffer({
        actor,
        input: { applicationId, ...offerForm, ...changes },
        idempotencyKey: key(),
        now: day(13),
      });
    expect(await make(teacher, {})).toMatchObject({
      ok: false,
      error: { code: "offer_already_open", facts: { offerId } },
    });
    must(await decline(student, offerId, day(13)));
    expect(await make(teacher, { amount: "999.99" })).toMatchObject({
      error: {
        code: "invalid_input",
        fields: { amount: [expect.stringContaining("floor price")] },
      },
    });
    expect(await make(teacher, { percent: "10.00001", amount: "20,000" })).toMatchObject({
      error: { fields: { percent: [expect.stringContaining("10%")] } },
    });
    expect(await make(teacher, { amount: "10,000.01" })).toMatchObject({
      error: { code: "insufficient_balance", facts: { missingCents: "1" } },
    });
    expect(codeOf(await make(await makeTeacher(1_000_000n), {}))).toBe("not_found");
    expect(codeOf(await make(student, {}))).toBe("not_found");
    const other = await makeActor();
    const submitted = await apply(other, cohort);
    expect(codeOf(await make(teacher, { applicationId: submitted }))).toBe("not_admitted");
    const poor = await makeActor();
    const theirs = await makeCohort(poor);
    const place = await admit(poor, student, theirs);
    expect(codeOf(await make(poor, { applicationId: place }))).toBe("not_verified");
    expect(await cash(teacher)).toBe(1_000_000n);
  });

  it("is refused in advance where 10% with one holder would be passed", async () => {
    const { teacher, student, offerId } = await makeSigned({ percent: "9.5", amount: "9,500" });
    const again = await admit(teacher, student, await makeCohort(teacher));
    const make = (percent: string) =>
      makeOffer({
        actor: teacher,
        input: { applicationId: again, ...offerForm, percent },
        idempotencyKey: key(),
        now: day(14),
      });
    expect(await make("0.50001")).toMatchObject({
      error: { code: "holder_limit", field: "percent" },
    });
    must(await settle(offerId));
    expect(await make("0.50001")).toMatchObject({
      error: { code: "holder_limit", field: "percent" },
    });
    must(await make("0.5"));
  });
});

describe("leaving", () => {
  it("returns everything; the student until it settles, the investor for four days", async () => {
    const first = await makeSigned();
    expect(codeOf(await leave(first.teacher, first.offerId, day(17)))).toBe("too_late");
    expect(must(await leave(first.student, first.offerId, day(20, -1))).by).toBe("student");
    expect(await cash(first.teacher)).toBe(100_000_000n);
    expect(await held(first.student, first.student)).toBe(10_000_000n);
    const second = await makeSigned();
    expect(must(await leave(second.teacher, second.offerId, day(17, -1))).by).toBe("investor");
    expect(codeOf(await leave(second.student, second.offerId, day(18)))).toBe("already_left");
    expect(must(await settle(second.offerId))).toMatchObject({ settled: false, state: "left" });
    expect(codeOf(await leave(await makeActor(), second.offerId, day(18)))).toBe("not_found");
  });

  it("and settling exclude each other, in both orders and at once", async () => {
    const first = await makeSigned();
    expect(codeOf(await settle(first.offerId, day(20, -1)))).toBe("not_due");
    expect(codeOf(await leave(first.student, first.offerId, day(20)))).toBe("too_late");
    must(await settle(first.offerId, day(20)));
    expect(codeOf(await leave(first.student, first.offerId, day(20, -1)))).toBe("already_settled");
    for (let round = 0; round < 8; round++) {
      const deal = await makeSigned();
      const acts = [
        () => leave(deal.student, deal.offerId, day(20, -1)),
        () => settle(deal.offerId, day(20)),
      ];
      if (round % 2) acts.reverse();
      await Promise.all(acts.map((act) => act()));
      const state = await stateOf(deal.offerId);
      const shares = await held(deal.student, deal.teacher);
      expect([state, shares, await cash(deal.student)]).toEqual(
        state === "left" ? ["left", 0n, 0n] : ["settled", 100_000n, 100_000n],
      );
    }
  });

  it("of both sides at once happens once", async () => {
    const deal = await makeSigned();
    const codes = await Promise.all([
      leave(deal.student, deal.offerId, day(14)),
      leave(deal.teacher, deal.offerId, day(14)),
    ]);
    expect(codes.map(codeOf).sort()).toEqual(["already_left", "ok"]);
    expect(await cash(deal.teacher)).toBe(100_000_000n);
  });
});

describe("races", () => {
  it("40 signings against the last shares under the cap: exactly those that fit", async () => {
    const student = await makeActor();
    const offerIds: string[] = [];
    for (let n = 0; n < 40; n++) {
      const teacher = await makeTeacher(1_000_000n);
      const applicationId = await admit(
        teacher,
        student,
        await makeCohort(teacher, { title: `Cohort ${n}` }),
      );
      const offerId = await offer(teacher, applicationId, { percent: "1.25", amount: "1,250" });
      await prepare(student, offerId);
      offerIds.push(offerId);
    }
    const codes = (await Promise.all(offerIds.map((id) => sign(student, id)))).map(codeOf);
    expect(codes.filter((code) => code === "ok")).toHaveLength(16);
    expect(codes.filter((code) => code === "cap_exceeded")).toHaveLength(24);
    expect(await held(student, student)).toBe(8_000_000n);
    const settled = await Promise.all(offerIds.map((id) => settle(id)));
    expect(settled.filter((result) => result.ok && result.value.settled)).toHaveLength(16);
    expect(await cash(student)).toBe(16n * 125_000n);
  });

  it("one offer signed 10 times at once, under one key and under many, is signed once", async () => {
    const one = await makeOpen();
    await prepare(one.student, one.offerId);
    const same = key();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => sign(one.student, one.offerId, day(13), same)),
    );
    expect(answers[0]?.ok).toBe(true);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const two = await makeOpen();
    await prepare(two.student, two.offerId);
    const codes = (
      await Promise.all(Array.from({ length: 10 }, () => sign(two.student, two.offerId)))
    ).map(codeOf);
    expect(codes.filter((code) => code === "ok")).toHaveLength(1);
    expect(codes.filter((code) => code === "already_signed")).toHaveLength(9);
    expect(await held(two.student, two.student)).toBe(9_900_000n);
  });

  it("the same offer form posted twice funds one offer; two forms at once too", async () => {
    const teacher = await makeTeacher(1_000_000n);
    const applicationId = await admit(teacher, await makeActor(), await makeCohort(teacher));
    const same = key();
    const make = (idempotencyKey: string) =>
      makeOffer({
        actor: teacher,
        input: { applicationId, ...offerForm },
        idempotencyKey,
        now: day(12),
      });
    const [first, second] = await Promise.all([make(same), make(same)]);
    expect(first).toEqual(second);
    expect(await cash(teacher)).toBe(900_000n);
    const other = await admit(teacher, await makeActor(), await makeCohort(teacher));
    const makeOther = () =>
      makeOffer({
        actor: teacher,
        input: { applicationId: other, ...offerForm },
        idempotencyKey: key(),
        now: day(12),
      });
    expect((await Promise.all([makeOther(), makeOther()])).map(codeOf).sort()).toEqual([
      "offer_already_open",
      "ok",
    ]);
    expect(await cash(teacher)).toBe(800_000n);
  });

  it("signing, declining and lapsing at the last instant: exactly one wins", async () => {
    for (let round = 0; round < 6; round++) {
      const { teacher, student, offerId } = await makeOpen();
      await prepare(student, offerId);
      const acts = [
        () => sign(student, offerId, day(19, -1)),
        () => decline(student, offerId, day(19, -1)),
        () => lapse(offerId, day(19)),
      ];
      acts.push(...acts.splice(0, round % 3));
      await Promise.all(acts.map((act) => act()));
      const state = await stateOf(offerId);
      expect(["signed", "declined", "lapsed"]).toContain(state);
      expect(await cash(teacher)).toBe(state === "signed" ? 900_000n : 1_000_000n);
      expect(await held(student, student)).toBe(state === "signed" ? 9_900_000n : 10_000_000n);
    }
  });

  it("the database refuses a second acceptance, a way back, other terms and a second token", async () => {
    const { student, offerId } = await makeSigned();
    const text = "any text";
    const row = {
      personId: student.id,
      version: "1",
      text,
      textSha256: sha256(text),
      typedLegalName: "x",
      signedAt: day(14),
    };
    const refusal = async (act: PromiseLike<unknown>) =>
      constraintName(await Promise.resolve(act).catch((error: unknown) => error));
    const db = getDb();
    expect(
      await refusal(db.insert(agreements).values({ ...row, kind: "investment", offerId })),
    ).toBe("agreements_one_per_offer");
    expect(await refusal(db.insert(agreements).values({ ...row, kind: "token" }))).toBe(
      "agreements_one_token",
    );
    expect(
      await refusal(db.update(offers).set({ state: "open" }).where(eq(offers.id, offerId))),
    ).toBe("offers_transition");
    expect(await refusal(db.update(offers).set({ shares: 1n }).where(eq(offers.id, offerId)))).toBe(
      "offers_terms_fixed",
    );
    const [token] = await db.select().from(tokens).where(eq(tokens.ownerId, student.id));
    const second = {
      ownerId: student.id,
      mintedAt: day(14),
      agreementId: token?.agreementId ?? "",
    };
    expect(await refusal(db.insert(tokens).values(second))).toMatch(/^tokens_/);
  });

  it("a token minted 8 times at once is one token", async () => {
    const student = await makeActor();
    const minted = await Promise.all(
      Array.from({ length: 8 }, () =>
        mintToken({
          actor: student,
          input: { typedLegalName: student.handle },
          idempotencyKey: key(),
          now: day(1),
        }),
      ),
    );
    expect(new Set(minted.map((result) => must(result).tokenId)).size).toBe(1);
    expect(minted.filter((result) => must(result).minted)).toHaveLength(1);
  });

  it("a settlement asked for many times at once settles once", async () => {
    const deal = await makeSigned();
    const acts = Array.from({ length: 6 }, () => settle(deal.offerId));
    expect((await Promise.all(acts)).every((result) => result.ok)).toBe(true);
    expect(await cash(deal.student)).toBe(100_000n);
  });
});

describe("age", () => {
  it("is asked of who mints, by the law where they live; the database asks too", async () => {
    const mint = (actor: Actor, now: Date) =>
      mintToken({ actor, input: { typedLegalName: actor.handle }, idempotencyKey: key(), now });
    const young = await makeActor({ dateOfBirth: "2008-01-02", country: "US" });
    // The birthday has come where the clocks are twelve hours behind UTC, too.
    expect(codeOf(await mint(young, day(1, DAY_MS / 2 - 1)))).toBe("under_age");
    expect(codeOf(await mint(young, day(1, DAY_MS / 2)))).toBe("ok");
    const older = await makeActor({ dateOfBirth: "2006-01-02", country: "SG" });
    expect(codeOf(await mint(older, day(1)))).toBe("under_age");
    const text = "any text";
    const row = {
      kind: "token" as const,
      personId: older.id,
      version: "1",
      text,
      textSha256: sha256(text),
      typedLegalName: "x",
      signedAt: day(1),
    };
    const refused = await getDb()
      .insert(agreements)
      .values(row)
      .catch((error: unknown) => error);
    expect(constraintName(refused)).toBe("agreements_of_age");
  });

  it("bars signing even where a token exists, and the database refuses the same", async () => {
    const { student, offerId } = await makeOpen({}, { dateOfBirth: "2005-01-01", country: "NZ" });
    await prepare(student, offerId);
    await getDb()
      .update(persons)
      .set({ dateOfBirth: "2010-01-01" })
      .where(eq(persons.id, student.id));
    expect(codeOf(await sign(student, offerId))).toBe("under_age");
    const text = "any text";
    const row = {
      kind: "investment" as const,
      personId: student.id,
      offerId,
      version: "1",
      text,
      textSha256: sha256(text),
      typedLegalName: "x",
      signedAt: day(13),
    };
    const refused = await getDb()
      .insert(agreements)
      .values(row)
      .catch((error: unknown) => error);
    expect(constraintName(refused)).toBe("agreements_of_age");
    expect(await stateOf(offerId)).toBe("open");
  });
});

describe("a lot", () => {
  it("goes back to the owner at its sunset, once", async () => {
    const deal = await makeSigned({ sunset: "10" });
    must(await settle(deal.offerId));
    const [lot] = await getDb().select().from(lots).where(eq(lots.dealId, deal.offerId));
    const end = (now: Date) =>
      endLot({
        actor: SYSTEM,
        input: { lotId: lot?.id ?? randomUUID() },
        idempotencyKey: lot?.id ?? "",
        now,
      });
    expect(codeOf(await end(new Date("2036-01-20T23:59:59.999Z")))).toBe("not_due");
    const ends = await Promise.all([1, 2, 3].map(() => end(new Date("2036-01-21T00:00:00.000Z"))));
    expect(ends.every((result) => result.ok && result.value.ended === "sunset")).toBe(true);
    expect(await held(deal.student, deal.student)).toBe(10_000_000n);
    expect(await held(deal.student, deal.teacher)).toBe(0n);
  });
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
