import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { resalePurchases } from "#db/schema/index";
import { answerFirstRefusal } from "~/features/resales/answer-first-refusal.server";
import { wantShares } from "~/features/resales/want-shares.server";
import { useDatabase } from "../setup/database";
import { must } from "../setup/deals";
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
  sharesOf,
  stateOf,
} from "../setup/sales";

const database = useDatabase();
checkRecordsAtTheEnd(database);

describe("the owner's first refusal", () => {
  test("buys all shares for the price, from cash, at once; the buyer gets the money back", async () => {
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
    expect(await cashOf(buyer)).toBe(4_200_000n);
    must(await answerFirstRefusal(call(owner, { resaleId, answer: "buy" }, at("2026-02-14"))));
    expect(await cashOf(buyer)).toBe(5_000_000n);
    expect(await cashOf(owner)).toBe(200_000n);
    expect(await cashOf(seller)).toBe(800_000n);
    expect(await sharesOf(owner, token)).toBe(9_940_000n);
    const [lot] = await lotsOf(seller, token);
    expect(lot).toMatchObject({ sharesLeft: 60_000n, costLeftCents: 600_000n });
    const [entry] = await entriesOf("resale");
    expect(entry?.data).toMatchObject({
      lots: [],
      unconnected: false,
      gainCents: "0",
      ownParts: [],
    });
    expect(await stateOf(resaleId)).toBe("settled");
  });

  test("lasts 14 days to the instant; without money it is refused", async () => {
    const { token, owner } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 100_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const buyer = await makeBuyer(50_000);
    const resaleId = await funded(
      token,
      seller,
      buyer,
      { percent: "1", price: "8,000" },
      at("2026-02-01"),
    );
    const buy = (now: Date) => answerFirstRefusal(call(owner, { resaleId, answer: "buy" }, now));
    expect(refusalOf(await buy(at("2026-02-14")))).toBe("insufficient_balance");
    await giveCash(owner.id, 1_000_000n, at("2026-02-14"));
    expect(refusalOf(await buy(at("2026-02-15")))).toBe("too_late");
    must(await advance(resaleId, at("2026-02-15")));
    // Nobody else holds the token: the owner is asked about the buyer.
    expect(await stateOf(resaleId)).toBe("approval");
  });
});

describe("the other holders' first refusal", () => {
  test("divides what several want in proportion to what they hold; the rest waits for approval", async () => {
    const { token, owner } = await makeOwner();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
    });
    const one = await makeHolder(token, {
      paidCents: 100_000n,
      shares: 10_000n,
      day: "2026-01-11",
    });
    const three = await makeHolder(token, {
      paidCents: 300_000n,
      shares: 30_000n,
      day: "2026-01-12",
    });
    const buyer = await makeBuyer(50_000);
    await giveCash(one.id, 1_000_000n, at("2026-01-20"));
    await giveCash(three.id, 1_000_000n, at("2026-01-20"));
    const resaleId = await funded(
      token,
      seller,
      buyer,
      { percent: "0.4", price: "8,000" },
      at("2026-02-01"),
    );
    must(await advance(resaleId, at("2026-02-15")));
    const want = (who: typeof one, percent: string, now = at("2026-02-16")) =>
      wantShares(call(who, { resaleId, percent }, now));
    expect(refusalOf(await want(one, "0.41"))).toBe("more_than_offered on percent");
    expect(
      refusalOf(await wantShares(call(buyer, { resaleId, percent: "0.1" }, at("2026-02-16")))),
    ).toBe("not_found");
    must(await want(one, "0.2"));
    expect(refusalOf(await want(one, "0.1"))).toBe("already_in on percent");
    must(await want(three, "0.4"));
    expect(await cashOf(one)).toBe(600_000n);
    must(await advance(resaleId, at("2026-02-22")));
    // 10,000 and 30,000 of 40,000: nothing is left for the buyer.
    expect(await stateOf(resaleId)).toBe("settled");
    expect(await sharesOf(one, token)).toBe(20_000n);
    expect(await sharesOf(three, token)).toBe(60_000n);
    expect(await cashOf(one)).toBe(800_000n);
    expect(await cashOf(three)).toBe(400_000n);
    expect(await cashOf(buyer)).toBe(5_000_000n);
    expect(await cashOf(seller)).toBe(800_000n);
    expect(await cashOf(owner)).toBe(1_400_000n);
  });

  test("leaves the rest to the buyer, at the rest of the price; silence of the owner gives all back", async () => {
    const { token } = await makeOwner();
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
      { percent: "0.00003", price: "1" },
      at("2026-02-01"),
    );
    must(await advance(resaleId, at("2026-02-15")));
    must(await wantShares(call(other, { resaleId, percent: "0.00001" }, at("2026-02-16"))));
    must(await advance(resaleId, at("2026-02-22")));
    expect(await stateOf(resaleId)).toBe("approval");
    const [bought] = await getDb()
      .select()
      .from(resalePurchases)
      .where(eq(resalePurchases.buyerId, other.id));
    expect(bought).toMatchObject({ boughtShares: 1n, fundedCents: 34n, paidCents: 33n });
    expect(await cashOf(other)).toBe(999_967n);
    must(await advance(resaleId, at("2026-03-08")));
    expect(await stateOf(resaleId)).toBe("returned");
    expect(await sharesOf(seller, token)).toBe(99_999n);
    expect(await cashOf(buyer)).toBe(5_000_000n);
  });
});
