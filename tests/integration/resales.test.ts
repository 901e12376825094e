import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { lots, outbox, resales } from "#db/schema/index";
import { SYSTEM } from "~/auth/actor";
import { answerBuyer } from "~/features/resales/answer-buyer.server";
import { answerFirstRefusal } from "~/features/resales/answer-first-refusal.server";
import { askResale } from "~/features/resales/ask-resale.server";
import { fundResale } from "~/features/resales/fund-resale.server";
import { wantShares } from "~/features/resales/want-shares.server";
import { withdrawResale } from "~/features/resales/withdraw-resale.server";
import { endLot } from "~/features/tokens/end-lot.server";
import { tokenAsset } from "~/ledger/entries";
import { getBalance } from "~/ledger/read.server";
import { useDatabase } from "../setup/database";
import { makeActor, must } from "../setup/deals";
import { checkRecordsAtTheEnd } from "../setup/record-checks";
import {
  advance,
  at,
  call,
  cashOf,
  entriesOf,
  funded,
  giveCash,
  lotsOf,
  makeBuyer,
  makeHolder,
  makeOwner,
  refusalOf,
  resold,
  sharesOf,
  stateOf,
} from "../setup/sales";
import { actorOf } from "../setup/settled";

const database = useDatabase();
checkRecordsAtTheEnd(database);

describe("a wish to sell", () => {
  test("reserves the shares; the seller still holds the lot; unfunded, all goes back after 7 days", async () => {
    const { token } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const buyer = await makeBuyer(50_000);
    const input = { tokenId: token.id, buyer: buyer.handle, percent: "0.4", price: "8,000" };
    const { resaleId } = must(await askResale(call(seller, input, at("2026-02-01"))));
    expect(await sharesOf(seller, token)).toBe(60_000n);
    expect(await getBalance(getDb(), "reserved", resaleId, tokenAsset(token.id))).toBe(40_000n);
    expect((await lotsOf(seller, token)).map((lot) => lot.sharesLeft)).toEqual([100_000n]);
    expect(refusalOf(await advance(resaleId, at("2026-02-08", "11:59:59.999")))).toBe("not_due");
    must(await advance(resaleId, at("2026-02-08")));
    expect(await stateOf(resaleId)).toBe("returned");
    expect(await sharesOf(seller, token)).toBe(100_000n);
  });

  test("is refused: no lot, a wrong buyer, too many shares, a lock-up, twice", async () => {
    const { token, owner } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const buyer = await makeBuyer(50_000);
    const wish = { tokenId: token.id, buyer: buyer.handle, percent: "0.5", price: "8,000" };
    const ask = async (who = seller, changes: Partial<typeof wish> = {}) =>
      refusalOf(await askResale(call(who, { ...wish, ...changes }, at("2026-02-01"))));
    expect(await ask((await actorOf((await makeActor()).id)) as never)).toBe("not_found");
    expect(await ask(owner as never)).toBe("not_found");
    expect(await ask(seller, { buyer: "nobody-at-all" })).toBe("no_such_buyer on buyer");
    expect(await ask(seller, { buyer: owner.handle })).toBe("buyer_is_owner on buyer");
    expect(await ask(seller, { buyer: seller.handle })).toBe("buyer_is_seller on buyer");
    expect(await ask(seller, { buyer: (await makeActor()).handle })).toBe(
      "buyer_not_verified on buyer",
    );
    expect(await ask(seller, { percent: "1.00001" })).toBe("insufficient_balance on percent");
    expect(await ask()).toBe("ok");
    expect(await ask(seller, { percent: "0.1" })).toBe("resale_open");
    await expect(
      getDb()
        .insert(resales)
        .values({
          tokenId: token.id,
          sellerId: seller.id,
          buyerId: owner.id,
          shares: 1n,
          priceCents: 1n,
          askedAt: at("2026-02-01"),
          until: at("2026-02-08"),
        }),
    ).rejects.toThrow();
  });
});

describe("a settled resale", () => {
  test("takes the first lots first, with cap, sunset and lock-up, and divides the price over them", async () => {
    const { token, owner } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
      capCents: 3_000_000n,
      sunset: "2036-01-10",
    });
    await makeHolder(token, {
      paidCents: 500_000n,
      shares: 50_000n,
      day: "2026-01-11",
      investorId: seller.id,
    });
    const buyer = await makeBuyer(100_000);
    await resold(
      token,
      owner,
      seller,
      buyer,
      { percent: "1.2", price: "60,000.01" },
      at("2026-02-01"),
    );
    const [first, second] = await lotsOf(seller, token);
    expect(first).toMatchObject({ sharesLeft: 0n, costLeftCents: 0n, capLeftCents: 0n });
    expect(second).toMatchObject({
      sharesLeft: 30_000n,
      costLeftCents: 300_000n,
      capLeftCents: null,
    });
    const bought = await lotsOf(buyer, token);
    expect(bought).toMatchObject([
      {
        sharesBought: 100_000n,
        paidCents: 5_000_001n,
        capCents: 3_000_000n,
        sunset: "2036-01-10",
        cohort: null,
        finder: false,
        dealId: first?.dealId,
        fromLotId: first?.id,
      },
      {
        sharesBought: 20_000n,
        paidCents: 1_000_000n,
        capCents: null,
        sunset: null,
        fromLotId: second?.id,
      },
    ]);
    const [entry] = (await entriesOf("resale")).slice(-1);
    expect(entry?.data).toMatchObject({
      priceCents: "6000001",
      unconnected: true,
      taken: [
        {
          lot: first?.id,
          shares: "100000",
          priceCents: "5000001",
          basisCents: "1000000",
          carriedCents: "1000000",
        },
        {
          lot: second?.id,
          shares: "20000",
          priceCents: "1000000",
          basisCents: "200000",
          carriedCents: "200000",
        },
      ],
    });
    expect(await cashOf(seller)).toBe(6_000_001n);
  });

  test("pays the seller's own holders their part of the gain in the same entry, through the year's losses", async () => {
    const { token, owner } = await makeOwner();
    const own = await makeOwner();
    const backer = await makeHolder(own.token, {
      paidCents: 1_000_000n,
      shares: 500_000n,
      day: "2026-01-05",
    });
    const capped = await makeHolder(own.token, {
      paidCents: 1_000n,
      shares: 1_000n,
      day: "2026-01-05",
      capCents: 100n,
    });
    const seller = own.owner;
    await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
      investorId: seller.id,
    });
    const buyer = await makeBuyer(200_000);
    const cash = await cashOf(seller);
    // A loss first: half the shares for 1,000 less than they cost.
    await resold(token, owner, seller, buyer, { percent: "0.5", price: "4,000" }, at("2026-02-01"));
    expect(await cashOf(seller)).toBe(cash + 400_000n);
    await resold(
      token,
      owner,
      seller,
      buyer,
      { percent: "0.5", price: "26,000" },
      at("2026-03-01"),
    );
    // Made 21,000, lost 1,000: 20,000 to divide; 5% to the backer; 0.01% would be 2.00, cut to the cap of 1.00.
    const [entry] = (await entriesOf("resale")).slice(-1);
    expect(entry?.data).toMatchObject({
      gainCents: "2000000",
      ownParts: [
        { lot: backer.lotId, cents: "100000" },
        { lot: capped.lotId, cents: "100" },
      ],
    });
    expect(await cashOf(backer)).toBe(100_000n);
    expect(await cashOf(seller)).toBe(cash + 400_000n + 2_600_000n - 100_100n);
    const [ended] = await getDb().select().from(lots).where(eq(lots.id, capped.lotId));
    expect(ended).toMatchObject({ endedCause: "cap", capLeftCents: 0n, sharesLeft: 0n });
    const mails = await getDb().select().from(outbox).where(eq(outbox.personId, backer.id));
    expect(mails.map((mail) => mail.template)).toContain("gain-paid");
  });

  test("is refused by a lock-up at asking and at settling, in the book too", async () => {
    const { token } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
      lockedUntil: "2027-03-01",
    });
    const buyer = await makeBuyer(50_000);
    const input = { tokenId: token.id, buyer: buyer.handle, percent: "0.4", price: "8,000" };
    expect(refusalOf(await askResale(call(seller, input, at("2027-02-28"))))).toBe(
      "shares_locked on percent",
    );
    expect(refusalOf(await askResale(call(seller, input, at("2027-03-01", "00:00:00.000"))))).toBe(
      "ok",
    );
  });

  test("needs the owner's approval: refused, everything goes back", async () => {
    const { token, owner } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const buyer = await makeBuyer(50_000);
    const resaleId = await funded(
      token,
      seller,
      buyer,
      { percent: "0.4", price: "8,000" },
      at("2026-02-01"),
    );
    const answer = (answer: string, who = owner) =>
      answerBuyer(call(who, { resaleId, answer }, at("2026-02-02")));
    expect(refusalOf(await answer("approve"))).toBe("not_yet");
    must(await answerFirstRefusal(call(owner, { resaleId, answer: "pass" }, at("2026-02-02"))));
    expect(refusalOf(await answer("approve", seller))).toBe("not_found");
    must(await answer("refuse"));
    expect(await stateOf(resaleId)).toBe("returned");
    expect(await cashOf(buyer)).toBe(5_000_000n);
    expect(refusalOf(await withdrawResale(call(seller, { resaleId }, at("2026-02-03"))))).toBe(
      "resale_closed",
    );
  });

  test("withdrawn by the seller in the middle, it gives back what several put up", async () => {
    const { token, owner } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const other = await makeHolder(token, {
      paidCents: 100_000n,
      shares: 10_000n,
      day: "2026-01-11",
    });
    const buyer = await makeBuyer(50_000);
    await giveCash(other.id, 1_000_000n, at("2026-01-20"));
    const resaleId = await funded(
      token,
      seller,
      buyer,
      { percent: "0.4", price: "8,000" },
      at("2026-02-01"),
    );
    must(await answerFirstRefusal(call(owner, { resaleId, answer: "pass" }, at("2026-02-02"))));
    must(await wantShares(call(other, { resaleId, percent: "0.1" }, at("2026-02-03"))));
    expect(refusalOf(await withdrawResale(call(buyer, { resaleId }, at("2026-02-03"))))).toBe(
      "not_found",
    );
    must(await withdrawResale(call(seller, { resaleId }, at("2026-02-03"))));
    expect(await cashOf(buyer)).toBe(5_000_000n);
    expect(await cashOf(other)).toBe(1_000_000n);
    expect(await sharesOf(seller, token)).toBe(100_000n);
  });

  test("asked ten times at once, it settles once", async () => {
    const { token, owner } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const buyer = await makeBuyer(50_000);
    const resaleId = await funded(
      token,
      seller,
      buyer,
      { percent: "0.4", price: "8,000" },
      at("2026-02-01"),
    );
    must(await answerFirstRefusal(call(owner, { resaleId, answer: "pass" }, at("2026-02-02"))));
    const approve = () =>
      answerBuyer(call(owner, { resaleId, answer: "approve" }, at("2026-02-03")));
    const answers = await Promise.all(Array.from({ length: 10 }, approve));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await sharesOf(buyer, token)).toBe(40_000n);
    expect(refusalOf(await fundResale(call(buyer, { resaleId }, at("2026-02-03"))))).toBe(
      "resale_closed",
    );
  });
});

describe("a lot that ends while it is for sale", () => {
  test("goes back to the owner; the resale ends and all money goes back", async () => {
    const { token, owner } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
      sunset: "2026-02-10",
    });
    const buyer = await makeBuyer(50_000);
    const wish = { percent: "0.4", price: "8,000" };
    const resaleId = await funded(token, seller, buyer, wish, at("2026-02-01"));
    must(await endLot(call(SYSTEM, { lotId: seller.lotId }, at("2026-02-10"))));
    expect(await stateOf(resaleId)).toBe("returned");
    expect(await sharesOf(owner, token)).toBe(10_000_000n);
    expect(await cashOf(buyer)).toBe(5_000_000n);
  });
});
