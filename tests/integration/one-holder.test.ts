import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { tokens } from "#db/schema/index";
import type { Actor } from "~/auth/actor";
import { joinPersons } from "~/features/people/ties.server";
import { answerFirstRefusal } from "~/features/resales/answer-first-refusal.server";
import { askResale } from "~/features/resales/ask-resale.server";
import { wantShares } from "~/features/resales/want-shares.server";
import { getLogId } from "~/ledger/read.server";
import { verifyBare } from "../setup/book";
import { useDatabase } from "../setup/database";
import {
  admit,
  codeOf,
  day,
  makeActor,
  makeCohort,
  makeTeacher,
  must,
  offer,
  prepare,
  sign,
} from "../setup/deals";
import { checkRecordsAtTheEnd } from "../setup/record-checks";
import {
  at,
  call,
  funded,
  giveCash,
  makeBuyer,
  makeHolder,
  makeOwner,
  refusalOf,
} from "../setup/sales";
import { makeBareOperator } from "../setup/settled";

const database = useDatabase();
checkRecordsAtTheEnd(database);

describe("the 10% of one holder", () => {
  const join = async (one: Actor, other: Actor, now: Date) => {
    const joined = { person: one.handle, other: other.handle, reason: "Owns it." };
    must(await joinPersons(call(await makeBareOperator(), joined, now)));
  };

  test("are those of one person under all ids: in a resale to a named buyer, and to a holder with first refusal", async () => {
    const { token, owner } = await makeOwner();
    const bought = { paidCents: 1_000_000n, day: "2026-01-10" };
    const seller = await makeHolder(token, { ...bought, shares: 500_000n });
    const mine = await makeHolder(token, { ...bought, shares: 700_000n });
    const [entity, buyer] = [await makeBuyer(100_000), await makeBuyer(100_000)];
    await join(mine, entity, at("2026-01-20"));
    const ask = (percent: string) =>
      askResale(
        call(
          seller,
          { tokenId: token.id, buyer: entity.handle, percent, price: "9,000" },
          at("2026-02-01"),
        ),
      );
    expect(refusalOf(await ask("3.00001"))).toBe("holder_limit on percent");
    must(await ask("3"));
    // With what waits for the entity the person has 10%: not one share more, by first refusal either.
    const later = { ...bought, day: "2026-02-10" };
    const other = await makeHolder(token, { ...later, shares: 200_000n });
    await verifyBare(mine.id, owner.id);
    await giveCash(mine.id, 10_000_000n, at("2026-02-12"));
    const wish = { percent: "1", price: "9,000" };
    const resaleId = await funded(token, other, buyer, wish, at("2026-03-01"));
    must(await answerFirstRefusal(call(owner, { resaleId, answer: "pass" }, at("2026-03-01"))));
    const want = { resaleId, percent: "0.00001" };
    expect(refusalOf(await wantShares(call(mine, want, at("2026-03-02"))))).toBe(
      "holder_limit on percent",
    );
  });

  test("joined after an offer went out, it can no longer be signed", async () => {
    const teacher = await makeTeacher(10_000_000n);
    const student = await makeActor();
    const applicationId = await admit(teacher, student, await makeCohort(teacher));
    const offerId = await offer(teacher, applicationId, { amount: "6,000", percent: "6" });
    await prepare(student, offerId);
    const [row] = await getDb().select().from(tokens).where(eq(tokens.ownerId, student.id));
    const token = {
      id: row?.id ?? "",
      ownerId: student.id,
      logId: await getLogId(getDb(), "token", row?.id ?? ""),
    };
    const entity = await makeHolder(token, {
      paidCents: 600_000n,
      shares: 500_000n,
      day: "2026-01-14",
    });
    await join(teacher, entity, day(13.5));
    expect(codeOf(await sign(student, offerId, day(14)))).toBe("holder_limit");
  });
});
