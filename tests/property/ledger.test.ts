import fc from "fast-check";
import { expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { gains } from "#db/schema/index";
import { auditLedger } from "~/ledger/audit.server";
import * as entries from "~/ledger/entries";
import { getBalance, getLogId, getOwnerShares, listEntitledLots } from "~/ledger/read.server";
import {
  actAt,
  type BareOffer,
  type BareToken,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  makeWithdrawal,
  postAlone,
  reservationsOf,
  START,
  settling,
  signing,
} from "../setup/book";
import { useDatabase } from "../setup/database";

useDatabase();

/** The plain model: what a careful person with pencil and paper would keep. */
type Model = {
  cash: bigint[];
  owner: { cash: bigint; shares: bigint };
  withdrawals: { who: number; cents: bigint; state: "asked" | "done" }[];
  offers: {
    offer: BareOffer;
    who: number;
    cents: bigint;
    shares: bigint;
    state: "new" | "funded" | "signed" | "over";
  }[];
  held: bigint[];
};
type Real = {
  people: string[];
  token: BareToken;
  asked: { id: string; personId: string; amountCents: bigint }[];
};

const PEOPLE = 3;
const step = fc.oneof(
  fc.record({
    do: fc.constant("deposit" as const),
    who: fc.nat(PEOPLE - 1),
    amount: fc.bigInt(1n, 3_000_000n),
  }),
  fc.record({
    do: fc.constant("withdraw" as const),
    who: fc.nat(PEOPLE - 1),
    amount: fc.bigInt(1n, 3_000_000n),
  }),
  fc.record({ do: fc.constantFrom("paid" as const, "refused" as const), pick: fc.nat(20) }),
  fc.record({
    do: fc.constant("offer" as const),
    who: fc.nat(PEOPLE - 1),
    amount: fc.bigInt(1_000_000n, 1_500_000n),
    shares: fc.bigInt(200_000n, 1_000_000n),
  }),
  fc.record({
    do: fc.constantFrom("fund" as const, "sign" as const, "leave" as const, "settle" as const),
    pick: fc.nat(20),
  }),
  fc.record({
    do: fc.constantFrom("fund" as const, "sign" as const, "settle" as const),
    pick: fc.nat(20),
  }),
  fc.record({ do: fc.constantFrom("sign" as const, "settle" as const), pick: fc.nat(20) }),
  fc.record({ do: fc.constant("gain" as const), amount: fc.bigInt(1n, 50_000_000n) }),
);
/** Each walk begins with one funded offer a person, which together pass the 20%: the rest is chance. */
const opening: Step[] = [0, 1, 2].flatMap((who): Step[] => [
  { do: "offer", who, amount: 1_000_000n, shares: 700_000n },
  { do: "fund", pick: 0 },
]);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** How often each kind of entry was accepted and each refusal met, so that a walk that proves nothing is noticed. */
const seen = new Map<string, number>();
const answer = async (entry: entries.EntryInput): Promise<string> => {
  const result = await postAlone(entry);
  const what = result.ok ? entry.kind : result.error;
  seen.set(what, (seen.get(what) ?? 0) + 1);
  return result.ok ? "ok" : result.error;
};

async function take(s: Step, m: Model, r: Real, now: Date): Promise<void> {
  const db = getDb();
  switch (s.do) {
    case "deposit": {
      await giveCash(r.people[s.who] ?? "", s.amount, now);
      m.cash[s.who] = (m.cash[s.who] ?? 0n) + s.amount;
      return;
    }
    case "withdraw": {
      const w = await makeWithdrawal(r.people[s.who] ?? "", s.amount);
      const before = m.cash[s.who] ?? 0n;
      const expected =
        before === 0n && (await getBalance(db, "cash", w.personId)) === 0n
          ? ["unknown_account", "insufficient_balance"]
          : before < s.amount
            ? ["insufficient_balance"]
            : ["ok"];
      const got = await answer(entries.withdrawalRequested(actAt(now), w));
      expect(expected).toContain(got);
      if (got !== "ok") return;
      m.cash[s.who] = before - s.amount;
      r.asked.push(w);
      m.withdrawals.push({ who: s.who, cents: s.amount, state: "asked" });
      return;
    }
    case "paid":
    case "refused": {
      const index = m.withdrawals.length ? s.pick % m.withdrawals.length : -1;
      const [known, w] = [m.withdrawals[index], r.asked[index]];
      if (!known || !w) return;
      const build = s.do === "paid" ? entries.withdrawalPaid : entries.withdrawalRefused;
      expect(await answer(build(actAt(now), w))).toBe(
        known.state === "asked" ? "ok" : "insufficient_balance",
      );
      if (known.state === "asked" && s.do === "refused")
        m.cash[known.who] = (m.cash[known.who] ?? 0n) + known.cents;
      known.state = "done";
      return;
    }
    case "offer": {
      const investorId = r.people[s.who] ?? "";
      const offer = await makeBareOffer(r.token, [
        { investorId, amountCents: s.amount, shares: s.shares },
      ]);
      m.offers.push({ offer, who: s.who, cents: s.amount, shares: s.shares, state: "new" });
      return;
    }
    case "gain":
      return takeGain(s.amount, m, r, now);
    default:
      return takeOffer(s, m, r, now);
  }
}

async function takeOffer(
  s: Extract<Step, { do: "fund" | "sign" | "leave" | "settle" }>,
  m: Model,
  r: Real,
  now: Date,
): Promise<void> {
  const ready = m.offers.filter(
    (o) => o.state === { fund: "new", sign: "funded", leave: "signed", settle: "signed" }[s.do],
  );
  const known = ready.length ? ready[s.pick % ready.length] : undefined;
  const part = known?.offer.parts[0];
  if (!known || !part) return;
  const cash = m.cash[known.who] ?? 0n;
  if (s.do === "fund") {
    const got = await answer(entries.offerFunded(actAt(now), part));
    if (cash < known.cents)
      return expect(["insufficient_balance", "unknown_account"]).toContain(got);
    expect(got).toBe("ok");
    m.cash[known.who] = cash - known.cents;
    known.state = "funded";
  } else if (s.do === "sign") {
    const waiting = m.offers
      .filter((o) => o.who === known.who && o.state === "signed")
      .reduce((sum, o) => sum + o.shares, 0n);
    const tooMuchOut = m.owner.shares - known.shares < 8_000_000n;
    const tooMuchHeld = (m.held[known.who] ?? 0n) + waiting + known.shares > 1_000_000n;
    expect(await answer(signing(known.offer, actAt(now)))).toBe(
      tooMuchOut ? "cap_exceeded" : tooMuchHeld ? "holder_limit" : "ok",
    );
    if (tooMuchOut || tooMuchHeld) return;
    m.owner.shares -= known.shares;
    known.state = "signed";
  } else if (s.do === "leave") {
    const left = entries.offerLeft(actAt(now), {
      id: known.offer.id,
      tokenId: r.token.id,
      ownerId: r.token.ownerId,
      shares: known.shares,
      parts: [part],
      reservations: reservationsOf(known.offer),
      by: "investor",
    });
    expect(await answer(left)).toBe("ok");
    m.owner.shares += known.shares;
    m.cash[known.who] = cash + known.cents;
    known.state = "over";
  } else {
    expect(await answer(settling(known.offer, actAt(now)))).toBe("ok");
    m.owner.cash += known.cents;
    m.held[known.who] = (m.held[known.who] ?? 0n) + known.shares;
    known.state = "over";
  }
}

async function takeGain(amount: bigint, m: Model, r: Real, now: Date): Promise<void> {
  const db = getDb();
  const lots = await listEntitledLots(db, r.token.id, now);
  const parts = lots
    .map((lot) => ({ ...lot, cents: (amount * lot.shares) / 10_000_000n }))
    .filter((p) => p.cents > 0n);
  const [row] = await db
    .insert(gains)
    .values({
      tokenId: r.token.id,
      company: "c",
      closingDate: START.toISOString().slice(0, 10),
      proceedsCents: amount,
      basisCents: 0n,
      costsCents: 0n,
      lossCents: 0n,
      distributableCents: amount,
      grade: "self_reported",
      declaredAt: new Date("2026-06-01T00:00:00Z"),
      dueAt: new Date("2026-07-01T00:00:00Z"),
    })
    .returning();
  const named = await Promise.all(
    parts.map(async (p) => ({ ...p, holderLogId: await getLogId(db, "person", p.holderId) })),
  );
  const gain = {
    id: row?.id ?? "",
    tokenId: r.token.id,
    tokenLogId: r.token.logId,
    ownerId: r.token.ownerId,
    parts: named,
  };
  const declared = entries.gainDeclared(actAt(now), {
    ...gain,
    recordInstant: now,
    proceedsCents: amount,
    basisCents: 0n,
    costsCents: 0n,
    lossCents: 0n,
    distributableCents: amount,
    grade: "self_reported",
  });
  expect(await answer(declared)).toBe("ok");
  if (parts.length === 0) return;
  const due = parts.reduce((sum, p) => sum + p.cents, 0n);
  const got = await answer(entries.gainDistributed(actAt(now), gain));
  if (m.owner.cash < due) return expect(["insufficient_balance", "unknown_account"]).toContain(got);
  expect(got).toBe("ok");
  m.owner.cash -= due;
  for (const p of parts) {
    const who = r.people.indexOf(p.holderId);
    m.cash[who] = (m.cash[who] ?? 0n) + p.cents;
  }
  await expect(
    postAlone(
      entries.gainDistributed(actAt(now), {
        ...gain,
        parts: named.map((p) => ({ ...p, cents: 1n })),
      }),
    ),
  ).rejects.toThrow();
}

it("agrees with the plain model after every step, and the auditor finds nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 45, size: "max" }),
      async (steps) => {
        const people = await Promise.all(Array.from({ length: PEOPLE }, () => makeBarePerson()));
        const real: Real = { people, token: await makeToken(), asked: [] };
        const model: Model = {
          cash: people.map(() => 20_000_000n),
          owner: { cash: 0n, shares: 10_000_000n },
          withdrawals: [],
          offers: [],
          held: people.map(() => 0n),
        };
        for (const id of people) await giveCash(id, 20_000_000n);
        for (const [index, s] of [...opening, ...steps].entries()) {
          await take(s, model, real, new Date(START.getTime() + (index + 1) * 60_000));
          expect(await Promise.all(people.map((id) => getBalance(getDb(), "cash", id)))).toEqual(
            model.cash,
          );
          expect(await getBalance(getDb(), "cash", real.token.ownerId)).toBe(model.owner.cash);
          expect((await getOwnerShares(getDb(), real.token.id, real.token.ownerId)).held).toBe(
            model.owner.shares,
          );
          expect(
            await Promise.all(
              people.map((id) =>
                getBalance(getDb(), "shares", id, entries.tokenAsset(real.token.id)),
              ),
            ),
          ).toEqual(model.held);
          expect(await auditLedger(getDb())).toEqual([]);
        }
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
  const certain = ["offer_funded", "offer_signed", "gain", "cap_exceeded"];
  for (const what of certain) expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
}, 240_000);
