import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { ties } from "#db/schema/index";
import { SYSTEM } from "~/auth/actor";
import { declareNothing } from "~/features/gains/declare-nothing.server";
import { listMissed, missYears } from "~/features/gains/miss-years.server";
import { declareTie, endTie, joinPersons } from "~/features/people/ties.server";
import { askResale } from "~/features/resales/ask-resale.server";
import { findWriteDown, stateWriteDown } from "~/features/tokens/write-down.server";
import { listLotsOfHolder } from "~/ledger/read.server";
import { carriedOf, flowsOf, marksOf } from "../setup/carried";
import { useDatabase } from "../setup/database";
import { must } from "../setup/deals";
import { checkRecordsAtTheEnd } from "../setup/record-checks";
import {
  at,
  call,
  giveCash,
  makeBuyer,
  makeHolder,
  makeOwner,
  refusalOf,
  resold,
} from "../setup/sales";
import { makeBareOperator } from "../setup/settled";
import { World } from "../setup/world";

const database = useDatabase();
checkRecordsAtTheEnd(database);

/** A token with two holders of 1% at $10,000 each; one of them sells some of it. */
async function makeSale() {
  const { token, owner } = await makeOwner();
  const seller = await makeHolder(token, {
    paidCents: 1_000_000n,
    shares: 100_000n,
    day: "2026-01-10",
  });
  const other = await makeHolder(token, {
    paidCents: 1_000_000n,
    shares: 100_000n,
    day: "2026-01-10",
  });
  const buyer = await makeBuyer(100_000);
  return { token, owner, seller, other, buyer };
}

describe("a price", () => {
  test("raises the mark of holders unconnected to a new holder, not the seller's nor the buyer's", async () => {
    const { token, owner, seller, other, buyer } = await makeSale();
    await resold(
      token,
      owner,
      seller,
      buyer,
      { percent: "0.5", price: "50,000" },
      at("2026-03-01"),
    );
    expect(await marksOf(token)).toMatchObject([
      {
        class: "price",
        priceCents: 5_000_000n,
        shares: 50_000n,
        day: "2026-03-08",
        counts: [other.id],
      },
    ]);
    expect(await carriedOf(other, token, "2026-03-08")).toEqual(["10000000 price"]);
    expect(await carriedOf(seller, token, "2026-03-08")).toEqual(["500000 cost"]);
    expect(await carriedOf(buyer, token, "2026-03-08")).toEqual(["5000000 cost"]);
    // 36 months of age: × 0.65625; a month short of it, more.
    expect(await carriedOf(other, token, "2029-03-08")).toEqual(["6562500 price"]);
    expect(await carriedOf(other, token, "2027-09-07")).toEqual(["10000000 price"]);
  });

  test.each([
    ["under 50,000 shares", { percent: "0.49999", price: "49,999" }],
    ["under $10,000", { percent: "0.5", price: "9,999.99" }],
  ])("%s raises nothing", async (_, wish) => {
    const { token, owner, seller, other, buyer } = await makeSale();
    await resold(token, owner, seller, buyer, wish, at("2026-03-01"));
    expect(await marksOf(token)).toEqual([]);
    expect(await carriedOf(other, token, "2026-03-08")).toEqual(["1000000 cost"]);
  });

  test("that is lower counts from anyone, for everybody who is carried higher", async () => {
    const { token, owner, seller, other, buyer } = await makeSale();
    must(
      await declareTie(call(other, { other: buyer.handle, kind: "relative" }, at("2026-02-01"))),
    );
    await resold(token, owner, seller, buyer, { percent: "0.001", price: "10" }, at("2026-03-01"));
    // The price that the shares had cost is no lower one.
    expect(await marksOf(token)).toEqual([]);
    await resold(token, owner, seller, buyer, { percent: "0.001", price: "5" }, at("2026-04-01"));
    expect(await marksOf(token)).toMatchObject([{ priceCents: 500n, shares: 100n, counts: [] }]);
    expect(await carriedOf(other, token, "2026-04-08")).toEqual(["500000 price"]);
  });

  test.each(["relative", "controls"] as const)(
    "of somebody tied (%s) raises nothing",
    async (kind) => {
      const { token, owner, seller, other, buyer } = await makeSale();
      must(await declareTie(call(buyer, { other: other.handle, kind }, at("2026-02-01"))));
      await resold(
        token,
        owner,
        seller,
        buyer,
        { percent: "0.5", price: "50,000" },
        at("2026-03-01"),
      );
      expect(await carriedOf(other, token, "2026-03-08")).toEqual(["1000000 cost"]);
    },
  );

  test("of whoever the holder paid in 24 months raises nothing; later it does", async () => {
    const { token, owner, seller, other, buyer } = await makeSale();
    // The other holder once bought shares from the later buyer.
    const elsewhere = await makeOwner();
    await makeHolder(elsewhere.token, {
      paidCents: 100_000n,
      shares: 10_000n,
      day: "2026-01-10",
      investorId: buyer.id,
    });
    await giveCash(other.id, 1_000_000n, at("2026-01-20"));
    await resold(
      elsewhere.token,
      elsewhere.owner,
      buyer,
      other,
      { percent: "0.1", price: "1,000" },
      at("2026-02-01"),
    );
    await resold(
      token,
      owner,
      seller,
      buyer,
      { percent: "0.5", price: "50,000" },
      at("2028-01-20"),
    );
    expect(await carriedOf(other, token, "2028-01-27")).toEqual(["875000 cost"]);
    const late = await makeBuyer(100_000);
    await resold(token, owner, buyer, late, { percent: "0.5", price: "50,000" }, at("2028-03-01"));
    expect(await carriedOf(other, token, "2028-03-08")).toEqual(["10000000 price"]);
  });
});

describe("an investment's price", () => {
  test("marks an earlier, unconnected investor; co-teachers do not mark each other", async () => {
    const world = await World.make();
    const first = await world.investor("500,000");
    const second = await world.investor("500,000");
    const student = await world.person("student");
    await world.invested(first, student, { amount: "10,000", percent: "1" });
    await world.invested(second, student, { amount: "40,000", percent: "1" });
    const [lot] = await lotsOfPerson(first.id);
    const token = { id: lot?.tokenId ?? "" };
    const day = world.now.toISOString().slice(0, 10);
    expect(await carriedOf(first, token, day)).toEqual(["4000000 price"]);

    const cohort = await world.cohort(first);
    await world.teachTogether(first, second, cohort.cohortId);
    await world.invested(second, student, { amount: "90,000", percent: "1" });
    expect((await carriedOf(first, token, day))[0]).toBe("4000000 price");
  });

  test("in a relative's token stands apart", async () => {
    const world = await World.make();
    const teacher = await world.investor("100,000");
    const student = await world.person("student");
    must(await declareTie(world.call(teacher, { other: student.handle, kind: "relative" })));
    await world.invested(teacher, student, { amount: "10,000", percent: "1" });
    expect(await lotsOfPerson(teacher.id)).toMatchObject([{ apart: true }]);
  });
});

const lotsOfPerson = (id: string) => listLotsOfHolder(getDb(), id);

describe("a write-down", () => {
  test("by the owner's statement or an operator's finding carries every lot at nothing, until a price counts", async () => {
    const { token, owner, seller, other, buyer } = await makeSale();
    const operator = await makeBareOperator();
    const state = (now = at("2026-02-01")) =>
      stateWriteDown(call(owner, { statement: "I gave it up." }, now));
    must(await state());
    expect(await carriedOf(other, token, "2026-02-01")).toEqual(["0 written_down"]);
    expect(await carriedOf(seller, token, "2026-01-31")).toEqual(["1000000 cost"]);
    expect(refusalOf(await state())).toBe("already_so");
    expect(
      refusalOf(
        await findWriteDown(
          call(operator, { tokenId: token.id, reason: "Seen." }, at("2026-02-02")),
        ),
      ),
    ).toBe("already_so");
    await resold(
      token,
      owner,
      seller,
      buyer,
      { percent: "0.5", price: "20,000" },
      at("2026-03-01"),
    );
    expect(await carriedOf(other, token, "2026-03-08")).toEqual(["4000000 price"]);
    must(
      await findWriteDown(call(operator, { tokenId: token.id, reason: "Gone." }, at("2026-04-01"))),
    );
    expect(await carriedOf(buyer, token, "2026-04-01")).toEqual(["0 written_down"]);
    expect((await marksOf(token)).map((mark) => mark.event)).toMatchObject([
      "statement",
      expect.any(String),
      "finding",
    ]);
  });

  test("comes after two missed years, once; a declaration of either year, or a sale, prevents it", async () => {
    const { token, owner, other } = await makeSale();
    const miss = (now: Date) => missYears(call(SYSTEM, { tokenId: token.id }, now));
    // 2026 and 2027 are due by the end of March 2028.
    expect(refusalOf(await miss(at("2028-03-31")))).toBe("not_due");
    expect(await listMissed(at("2028-03-31"), 10, token.id)).toEqual([]);
    expect(await listMissed(at("2028-04-01"), 10, token.id)).toEqual([token.id]);
    const nothing = (year: string, now: Date) => declareNothing(call(owner, { year }, now));
    expect(refusalOf(await nothing("2027", at("2027-12-31")))).toBe("year_not_over on year");
    expect(refusalOf(await nothing("2025", at("2028-01-02")))).toBe("before_token on year");
    must(await nothing("2026", at("2028-01-02")));
    expect(refusalOf(await nothing("2026", at("2028-01-02")))).toBe("already_declared on year");
    expect(refusalOf(await miss(at("2028-04-01")))).toBe("not_due");
    // 2027 and 2028 are missed.
    must(await miss(at("2029-04-01")));
    expect(await carriedOf(other, token, "2029-04-01")).toEqual(["0 written_down"]);
    expect(refusalOf(await miss(at("2029-04-02")))).toBe("not_due");
    expect((await marksOf(token)).map((mark) => mark.event)).toEqual(["missed_years"]);
  });
});

describe("ties and joined persons", () => {
  test("a tie is declared once, by one of the two or an operator; an operator ends it", async () => {
    const [one, other] = [await makeBuyer(1), await makeBuyer(1)];
    const operator = await makeBareOperator();
    const now = at("2026-02-01");
    expect(
      refusalOf(await declareTie(call(one, { other: one.handle, kind: "relative" }, now))),
    ).toBe("yourself on other");
    const tie = must(
      await declareTie(
        call(operator, { person: one.handle, other: other.handle, kind: "relative" }, now),
      ),
    );
    expect(
      refusalOf(await declareTie(call(other, { other: one.handle, kind: "controls" }, now))),
    ).toBe("already_declared on other");
    expect(refusalOf(await endTie(call(one, { tieId: tie.tieId, reason: "No." }, now)))).toBe(
      "not_found",
    );
    must(await endTie(call(operator, { tieId: tie.tieId, reason: "A mistake." }, now)));
    expect(
      refusalOf(await endTie(call(operator, { tieId: tie.tieId, reason: "Again." }, now))),
    ).toBe("already_ended");
    must(await declareTie(call(other, { other: one.handle, kind: "controls" }, now)));
    expect((await getDb().select().from(ties)).length).toBeGreaterThan(1);
  });

  test("one person does not sell to themselves", async () => {
    const { token, seller, buyer } = await makeSale();
    const operator = await makeBareOperator();
    const join = (person: string, other: string) =>
      joinPersons(call(operator, { person, other, reason: "Owns it." }, at("2026-02-01")));
    must(await join(seller.handle, buyer.handle));
    expect(refusalOf(await join(buyer.handle, seller.handle))).toBe("already_joined on other");
    const input = { tokenId: token.id, buyer: buyer.handle, percent: "0.5", price: "50,000" };
    expect(refusalOf(await askResale(call(seller, input, at("2026-03-01"))))).toBe(
      "same_person on buyer",
    );
  });
});

describe("cash from a buyer", () => {
  test("who is unconnected is confirmed whole; from anyone else up to what the shares were carried at", async () => {
    const { token, owner, seller, other, buyer } = await makeSale();
    const relative = await makeBuyer(100_000);
    must(
      await declareTie(
        call(seller, { other: relative.handle, kind: "relative" }, at("2026-02-01")),
      ),
    );
    await resold(
      token,
      owner,
      seller,
      relative,
      { percent: "0.2", price: "30,000" },
      at("2026-03-01"),
    );
    await resold(token, owner, other, buyer, { percent: "0.2", price: "30,000" }, at("2026-04-01"));
    expect(await flowsOf(seller)).toMatchObject([
      { kind: "proceeds", cents: 200_000n, confirmed: true },
      { kind: "proceeds", cents: 2_800_000n, confirmed: false },
    ]);
    expect(await flowsOf(other)).toMatchObject([
      { kind: "proceeds", cents: 3_000_000n, confirmed: true },
    ]);
  });
});
