import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { journalEntries, lots, outbox, partings } from "#db/schema/index";
import { type Actor, SYSTEM } from "~/auth/actor";
import { declareGain } from "~/features/gains/declare-gain.server";
import { payGain } from "~/features/gains/pay-gain.server";
import { askResale } from "~/features/resales/ask-resale.server";
import { decideParting } from "~/features/tokens/decide-parting.server";
import { disputeParting } from "~/features/tokens/dispute-parting.server";
import { offerParting } from "~/features/tokens/offer-parting.server";
import { settleParting } from "~/features/tokens/settle-parting.server";
import { listGainParts } from "~/ledger/read.server";
import { flowsOf } from "../setup/carried";
import { useDatabase } from "../setup/database";
import { must } from "../setup/deals";
import { checkRecordsAtTheEnd } from "../setup/record-checks";
import {
  at,
  call,
  cashOf,
  giveCash,
  lotsOf,
  makeBuyer,
  makeHolder,
  makeOwner,
  refusalOf,
  resold,
  sharesOf,
} from "../setup/sales";
import { makeBareOperator } from "../setup/settled";

const database = useDatabase();
checkRecordsAtTheEnd(database);

const offer = (owner: Actor, holder: Actor, price: string, now: Date) =>
  offerParting(call(owner, { holder: holder.handle, price }, now));
const settle = (partingId: string, now: Date) => settleParting(call(SYSTEM, { partingId }, now));
const stateOf = async (id: string) =>
  (await getDb().select().from(partings).where(eq(partings.id, id)))[0]?.state;

async function declared(owner: Actor, closingDate: string, proceeds: string, now: Date) {
  const sale = { company: "Rope Ltd", closingDate, proceeds, basis: "0", costs: "0" };
  return must(await declareGain(call(owner, sale, now)));
}

/** A token whose holder of 1% for $10,000 is to be parted from, and the owner's money for it. */
async function makePair() {
  const { token, owner } = await makeOwner();
  const holder = await makeHolder(token, {
    paidCents: 1_000_000n,
    shares: 100_000n,
    day: "2026-01-10",
    lockedUntil: "2030-01-01",
  });
  await giveCash(owner.id, 10_000_000n, at("2026-01-11"));
  return { token, owner, holder };
}

describe("parting ways", () => {
  test("costs at least what the lots cost and are carried at; the money waits 14 days, then all is the owner's", async () => {
    const { token, owner, holder } = await makePair();
    const before = await cashOf(owner);
    expect(await offer(owner, holder, "9,999.99", at("2026-02-01"))).toMatchObject({
      error: { code: "price_too_low", field: "price", facts: { least: "$10,000.00" } },
    });
    const { partingId } = must(await offer(owner, holder, "12,000", at("2026-02-01")));
    expect(await cashOf(owner)).toBe(before - 1_200_000n);
    expect(refusalOf(await offer(owner, holder, "12,000", at("2026-02-01")))).toBe(
      "parting_open on holder",
    );
    const buyer = await makeBuyer(1_000);
    const wish = { tokenId: token.id, buyer: buyer.handle, percent: "0.1", price: "1,000" };
    expect(refusalOf(await askResale(call(holder, wish, at("2026-02-02"))))).toBe("parting_open");
    expect(refusalOf(await settle(partingId, at("2026-02-15", "11:59:59.999")))).toBe("not_due");
    must(await settle(partingId, at("2026-02-15")));
    expect(await cashOf(holder)).toBe(1_200_000n);
    expect(await sharesOf(owner, token)).toBe(10_000_000n);
    expect(await lotsOf(holder, token)).toMatchObject([{ sharesLeft: 0n, costLeftCents: 0n }]);
    const [entry] = await getDb()
      .select()
      .from(journalEntries)
      .where(eq(journalEntries.kind, "parting"));
    expect(entry?.data).toMatchObject({ lots: [], unconnected: false, priceCents: "1200000" });
    // Never more confirmed than what the shares were carried at the day before.
    expect(await flowsOf(holder)).toMatchObject([
      { kind: "proceeds", cents: 1_000_000n, confirmed: true },
      { kind: "proceeds", cents: 200_000n, confirmed: false },
    ]);
    const mails = await getDb().select().from(outbox).where(eq(outbox.personId, holder.id));
    expect(mails.map((mail) => mail.template)).toEqual(["parting-offered", "parting-settled"]);
    expect(must(await settle(partingId, at("2026-02-16")))).toMatchObject({ state: "settled" });
  });

  test("lapses where the shares are worth more by the time it would settle", async () => {
    const { token, owner, holder } = await makePair();
    const seller = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-12",
    });
    const buyer = await makeBuyer(100_000);
    const before = await cashOf(owner);
    const { partingId } = must(await offer(owner, holder, "10,000", at("2026-02-01")));
    await resold(
      token,
      owner,
      seller,
      buyer,
      { percent: "0.5", price: "30,000" },
      at("2026-02-02"),
    );
    must(await settle(partingId, at("2026-02-15")));
    expect(await stateOf(partingId)).toBe("returned");
    expect(await cashOf(owner)).toBe(before);
    expect(await sharesOf(holder, token)).toBe(100_000n);
    expect(await offer(owner, holder, "10,000", at("2026-02-16"))).toMatchObject({
      error: { code: "price_too_low", facts: { least: "$60,000.00" } },
    });
  });

  test("disputed within 14 days, an operator who is neither settles it", async () => {
    const { token, owner, holder } = await makePair();
    const operator = await makeBareOperator();
    const before = await cashOf(owner);
    const { partingId } = must(await offer(owner, holder, "10,000", at("2026-02-01")));
    const dispute = (who: Actor, now: Date) =>
      disputeParting(call(who, { partingId, reason: "It is worth more." }, now));
    expect(refusalOf(await dispute(owner, at("2026-02-02")))).toBe("not_found");
    expect(refusalOf(await dispute(holder, at("2026-02-15")))).toBe("too_late");
    const decide = (input: Record<string, unknown>, who: Actor = operator) =>
      decideParting(
        call(
          who,
          { partingId, decision: "settle", reason: "Seen the books.", ...input },
          at("2026-03-01"),
        ),
      );
    expect(refusalOf(await decide({}))).toBe("not_disputed");
    must(await dispute(holder, at("2026-02-10")));
    expect(refusalOf(await dispute(holder, at("2026-02-10")))).toBe("already_disputed");
    expect(refusalOf(await settle(partingId, at("2026-02-20")))).toBe("not_due");
    expect(refusalOf(await decide({}, { ...holder, operator: true }))).toBe("not_found");
    expect(refusalOf(await decide({ price: "9,000" }))).toBe("price_too_low on price");
    must(await decide({ price: "15,000" }));
    expect(await cashOf(holder)).toBe(1_500_000n);
    expect(await cashOf(owner)).toBe(before - 1_500_000n);
    expect(await sharesOf(owner, token)).toBe(10_000_000n);
  });

  test("given back by an operator, nothing was sold", async () => {
    const { token, owner, holder } = await makePair();
    const operator = await makeBareOperator();
    const before = await cashOf(owner);
    const { partingId } = must(await offer(owner, holder, "10,000", at("2026-02-01")));
    must(await disputeParting(call(holder, { partingId, reason: "No." }, at("2026-02-02"))));
    must(
      await decideParting(
        call(
          operator,
          { partingId, decision: "return", reason: "A buyer is there." },
          at("2026-02-03"),
        ),
      ),
    );
    expect(await cashOf(owner)).toBe(before);
    expect(await sharesOf(holder, token)).toBe(100_000n);
  });
});

describe("the 24 months after a parting", () => {
  test("bring what the lot would have got, less the price, out of the owner's part", async () => {
    const { owner, holder } = await makePair();
    const { partingId } = must(await offer(owner, holder, "10,000", at("2026-02-01")));
    must(await settle(partingId, at("2026-02-15")));
    // 1% of 800,000 is 8,000: less than the price.
    const small = await declared(owner, "2026-06-30", "800,000", at("2026-07-02"));
    expect(small.toPayCents).toBe("0");
    // 1% of 500,000 more: 13,000 by now, 3,000 over the price.
    const second = await declared(owner, "2027-06-30", "500,000", at("2027-07-02"));
    expect(await listGainParts(getDb(), second.gainId)).toMatchObject([
      { lotId: holder.lotId, holderId: holder.id, cents: 300_000n },
    ]);
    must(await payGain(call(owner, { gainId: second.gainId }, at("2027-07-03"))));
    expect(await cashOf(holder)).toBe(1_300_000n);
    const third = await declared(owner, "2028-02-14", "1,000,000", at("2028-02-16"));
    expect(third.toPayCents).toBe("1000000");
    // 24 months after 15 Feb 2026, noon: the day's end is beyond it.
    const late = await declared(owner, "2028-02-15", "1,000,000", at("2028-02-17"));
    expect(late.toPayCents).toBe("0");
    const mine = await flowsOf(holder);
    expect(mine.filter((flow) => flow.kind === "distribution")).toMatchObject([
      { cents: 300_000n },
    ]);
  });

  test("stop at what was left of the lot's cap", async () => {
    const { token, owner } = await makeOwner();
    const holder = await makeHolder(token, {
      paidCents: 1_000_000n,
      shares: 100_000n,
      day: "2026-01-10",
      capCents: 3_000_000n,
    });
    await giveCash(owner.id, 10_000_000n, at("2026-01-11"));
    const { partingId } = must(await offer(owner, holder, "10,000", at("2026-02-01")));
    must(await settle(partingId, at("2026-02-15")));
    const { gainId, toPayCents } = await declared(
      owner,
      "2026-06-30",
      "10,000,000",
      at("2026-07-02"),
    );
    // 100,000 would be its part, 30,000 its cap, 10,000 was the price.
    expect(toPayCents).toBe("2000000");
    must(await payGain(call(owner, { gainId }, at("2026-07-03"))));
    const more = await declared(owner, "2026-08-30", "10,000,000", at("2026-09-02"));
    expect(more.toPayCents).toBe("0");
    const [lot] = await getDb().select().from(lots).where(eq(lots.id, holder.lotId));
    expect(lot).toMatchObject({ capLeftCents: 1_000_000n, sharesLeft: 0n, endedCause: null });
  });

  test("count what the owner sells of others' tokens too", async () => {
    const { owner, holder } = await makePair();
    const { partingId } = must(await offer(owner, holder, "10,000", at("2026-02-01")));
    must(await settle(partingId, at("2026-02-15")));
    const other = await makeOwner();
    await makeHolder(other.token, {
      paidCents: 100_000n,
      shares: 100_000n,
      day: "2026-03-01",
      investorId: owner.id,
    });
    const buyer = await makeBuyer(2_000_000);
    const cash = await cashOf(holder);
    await resold(
      other.token,
      other.owner,
      owner,
      buyer,
      { percent: "1", price: "1,201,000" },
      at("2026-04-01"),
    );
    // 1% of 1,200,000 less 10,000.
    expect((await cashOf(holder)) - cash).toBe(200_000n);
  });
});
