import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getDb, inTransaction } from "#db/client.server";
import * as entries from "~/ledger/entries";
import { reversed } from "~/ledger/entries-of-reversals";
import type { EntryKind } from "~/ledger/kinds";
import { type Posted, post, postMany } from "~/ledger/post.server";
import { getLogId } from "~/ledger/read.server";
import { LEDGER_REFUSALS, type LedgerRefusal } from "~/ledger/refusals";
import { policy } from "~/policy";
import {
  actAt,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  makeWithdrawal,
  mustPost,
  START,
  settling,
  signing,
} from "../setup/book";
import { useDatabase } from "../setup/database";
import { settle } from "../setup/settled";

useDatabase();
const MILLION = 1_000_000n;
const LATER = new Date("2026-07-01T00:00:00.000Z");

/** Everything that posting may change, as one text. */
async function wholeBook(): Promise<string> {
  const [row] = await getDb().execute<{ all: string }>(sql`
    SELECT concat_ws(' ', (SELECT count(*) FROM journal_entries), (SELECT count(*) FROM postings), (SELECT count(*) FROM log_queue),
      (SELECT count(*) FROM entry_openings), (SELECT count(*) FROM reservations), (SELECT count(*) FROM lot_movements),
      (SELECT md5(string_agg(accounts::text, ',' ORDER BY id)) FROM accounts)) AS all`);
  return row?.all ?? "";
}

async function rich(cents: bigint, now: Date = START): Promise<string> {
  const person = await makeBarePerson();
  await giveCash(person, cents, now);
  return person;
}
const asks = async (person: string, cents: bigint, act = actAt()) =>
  entries.withdrawalRequested(act, await makeWithdrawal(person, cents));
const takesBack = (posted: Posted, kind: EntryKind, postings: entries.PostingInput[]) =>
  reversed(
    actAt(),
    { entryId: posted.entryId, logId: posted.logId, kind },
    { postings, claims: [] },
    (id) => id,
  );

/** For each refusal an entry that meets it. The type asks for one a code. */
const MEETS: Record<LedgerRefusal, () => Promise<entries.EntryInput>> = {
  async idempotency_conflict() {
    const act = actAt();
    const person = await rich(100n);
    await mustPost(await asks(person, 1n, act));
    return asks(person, 2n, { ...act, input: { other: 1 } });
  },
  async not_reversible() {
    const person = await makeBarePerson();
    const opened = await mustPost(entries.personOpened(actAt(), { id: person, handle: "h" }));
    return takesBack(opened, "person_opened", []);
  },
  async already_reversed() {
    const person = await makeBarePerson();
    const deposit = await giveCash(person, 100n);
    const back = [entries.usd(entries.cash(person), entries.outside, 100n)];
    await mustPost(takesBack(deposit, "deposit", back));
    return takesBack(deposit, "deposit", back);
  },
  async asset_mismatch() {
    const entry = await asks(await rich(100n), 1n);
    const [posting] = entry.postings;
    if (!posting) throw new Error("no posting");
    return { ...entry, postings: [{ ...posting, asset: entries.tokenAsset(randomUUID()) }] };
  },
  unknown_account: async () => asks(await makeBarePerson(), 1n),
  clock_behind: async () => asks(await rich(100n, LATER), 1n),
  async reverse_later_entries_first() {
    const person = await rich(100n);
    const w = await makeWithdrawal(person, 60n);
    const asked = await mustPost(entries.withdrawalRequested(actAt(), w));
    await mustPost(entries.withdrawalPaid(actAt(), w));
    const back = entries.usd(entries.escrow(w.id), entries.cash(person), 60n);
    return takesBack(asked, "withdrawal_requested", [back]);
  },
  async shares_locked() {
    const token = await makeToken();
    const terms = { paidCents: 100_000n, shares: 100_000n, now: START, lockedUntil: "2027-01-01" };
    const { lotId } = await settle(token, terms);
    return {
      ...actAt(),
      recordedAt: START,
      kind: "resale",
      about: { type: "token", id: token.id },
      data: { taken: [{ lot: lotId }] },
      postings: [],
    };
  },
  async claim_exceeded() {
    const [debtor, creditor] = [await rich(100n), await makeBarePerson()];
    const logId = (id: string) => getLogId(getDb(), "person", id);
    return {
      ...(await asks(debtor, 1n)),
      kind: "claim_repaid",
      about: { type: "entry", id: randomUUID() },
      data: { debtor: await logId(debtor), creditor: await logId(creditor), cents: "1" },
      postings: [entries.usd(entries.cash(debtor), entries.cash(creditor), 1n)],
    };
  },
  async too_many_holders() {
    const token = await makeToken();
    const held = [];
    for (let i = 0; i < policy.maxHoldersOneToken.value; i++)
      held.push({ investorId: await makeBarePerson(), amountCents: 100n, shares: 100n });
    await mustPost(signing(await makeBareOffer(token, held), actAt()));
    const one = { investorId: await makeBarePerson(), amountCents: 1n, shares: 1n };
    return signing(await makeBareOffer(token, [one]), actAt());
  },
  async too_many_people() {
    const token = await makeToken();
    const parts = Array.from({ length: 257 }, () => ({
      lot: randomUUID(),
      holder: randomUUID(),
      cents: "1",
    }));
    return {
      ...actAt(),
      recordedAt: START,
      kind: "gain",
      about: { type: "gain", id: randomUUID() },
      data: { token: token.logId, parts },
      postings: [],
    };
  },
  async cap_exceeded() {
    const token = await makeToken();
    for (let i = 0; i < 2; i++) {
      const investorId = await makeBarePerson();
      const terms = { investorId, amountCents: MILLION, shares: MILLION };
      await mustPost(signing(await makeBareOffer(token, [terms]), actAt()));
    }
    const one = { investorId: await makeBarePerson(), amountCents: 100_000n, shares: 1n };
    return signing(await makeBareOffer(token, [one]), actAt());
  },
  insufficient_balance: async () => asks(await rich(100n), 101n),
  async holder_limit() {
    const token = await makeToken();
    const investorId = await rich(2n * MILLION);
    const first = { investorId, amountCents: 600_000n, shares: 600_000n };
    await mustPost(signing(await makeBareOffer(token, [first]), actAt()));
    const more = { investorId, amountCents: 400_001n, shares: 400_001n };
    return signing(await makeBareOffer(token, [more]), actAt());
  },
};

describe("each refusal", () => {
  it("stands in the room's table, in the code and here, in the same order", () => {
    const readme = readFileSync(new URL("../../app/ledger/README.md", import.meta.url), "utf8");
    const rows = [...readme.matchAll(/^\| \d+ \| `([a-z_]+)` \|/gm)].map((match) => match[1]);
    expect(rows).toEqual([...LEDGER_REFUSALS]);
    expect(Object.keys(MEETS)).toEqual(rows);
  });

  it.each([...LEDGER_REFUSALS])(
    "%s is a value and changes nothing, alone or in a batch",
    async (code) => {
      const entry = await MEETS[code]();
      const before = await wholeBook();
      // Commits: the refusal itself must leave no trace.
      expect(await inTransaction((tx) => post(tx, entry))).toEqual({ ok: false, error: code });
      expect(await postMany([entry, entry])).toEqual([
        { ok: false, error: code },
        { ok: false, error: code },
      ]);
      expect(await wholeBook()).toBe(before);
    },
  );
});

describe("an entry that breaks two rules meets the first in the table", () => {
  const answer = async (entry: entries.EntryInput) => {
    const result = await inTransaction((tx) => post(tx, entry));
    return result.ok ? "ok" : result.error;
  };
  const broken = (entry: entries.EntryInput): entries.EntryInput => ({
    ...entry,
    postings: entry.postings.map((p) => ({ ...p, asset: entries.tokenAsset(randomUUID()) })),
  });

  it("a used key before anything about the postings", async () => {
    expect(await answer(broken(await MEETS.idempotency_conflict()))).toBe("idempotency_conflict");
  });
  it("what cannot be reversed, and what was, before the postings", async () => {
    const reversal = await MEETS.already_reversed();
    expect(await answer(broken(reversal))).toBe("already_reversed");
  });
  it("an asset before an account, wherever in the entry each of them is", async () => {
    const entry = await MEETS.unknown_account();
    expect(await answer(broken(entry))).toBe("asset_mismatch");
  });
  it("an account before a clock, a clock before a balance", async () => {
    const person = await rich(100n, LATER);
    const beyond = await asks(person, 101n);
    expect(await answer(beyond)).toBe("clock_behind");
    const nobody = {
      ...beyond,
      postings: [
        ...beyond.postings,
        entries.usd(entries.cash(person), entries.cash(randomUUID()), 1n),
      ],
    };
    expect(await answer(nobody)).toBe("unknown_account");
  });
  it("later entries before a balance, the 20% before a holder's 10%", async () => {
    const later = await MEETS.reverse_later_entries_first();
    expect(await answer(later)).toBe("reverse_later_entries_first");
    const token = await makeToken();
    const investorId = await makeBarePerson();
    const shares = 900_000n;
    const terms = { investorId, amountCents: shares, shares };
    await mustPost(signing(await makeBareOffer(token, [terms]), actAt()));
    const other = { ...terms, investorId: await makeBarePerson() };
    await mustPost(signing(await makeBareOffer(token, [other]), actAt()));
    expect(await answer(signing(await makeBareOffer(token, [terms]), actAt()))).toBe(
      "cap_exceeded",
    );
  });
});

describe("a holder's limit", () => {
  it("counts what is reserved as well as what is held, and frees what is given back", async () => {
    const token = await makeToken();
    const investorId = await rich(2n * MILLION);
    const make = (shares: bigint) =>
      makeBareOffer(token, [{ investorId, amountCents: shares, shares }]);
    const first = await make(600_000n);
    await mustPost(signing(first, actAt()));
    for (const part of first.parts) await mustPost(entries.offerFunded(actAt(), part));
    await mustPost(settling(first, actAt()));
    const [exact, more] = [await make(400_000n), await make(1n)];
    await mustPost(signing(exact, actAt()));
    const refused = { ok: false, error: "holder_limit" };
    expect(await inTransaction((tx) => post(tx, signing(more, actAt())))).toEqual(refused);
    await mustPost(
      entries.offerLeft(actAt(), {
        id: exact.id,
        tokenId: token.id,
        ownerId: token.ownerId,
        shares: exact.shares,
        parts: [],
        reservations: [{ holderId: investorId, shares: 400_000n }],
        by: "student",
      }),
    );
    await mustPost(signing(more, actAt()));
  });
});
