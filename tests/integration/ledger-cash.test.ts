import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getDb, inTransaction } from "#db/client.server";
import * as entries from "~/ledger/entries";
import type { EntryKind } from "~/ledger/kinds";
import { type PostResult, post, postMany } from "~/ledger/post.server";
import { actAt, giveCash, makeBarePerson, makeWithdrawal, mustPost, START } from "../setup/book";
import { useDatabase } from "../setup/database";

useDatabase();
const SECOND_MS = 1_000;
const sooner = (ms: number): Date => new Date(START.getTime() - ms);

/** Who has $100 in cash and $40 in an escrow of theirs. */
async function makeTwin(): Promise<{ person: string; escrow: string }> {
  const person = await makeBarePerson();
  await giveCash(person, 14_000n);
  const w = await makeWithdrawal(person, 4_000n);
  await mustPost(entries.withdrawalRequested(actAt(), w));
  return { person, escrow: w.id };
}
type Twin = Awaited<ReturnType<typeof makeTwin>>;
type Variation = Partial<entries.EntryInput> & { cents?: bigint; back?: boolean; acted?: boolean };

function entryOf(
  twin: Twin,
  { cents = 100n, back, acted, ...rest }: Variation,
): entries.EntryInput {
  const ends = [entries.cash(twin.person), entries.escrow(twin.escrow)] as const;
  const [from, to] = back ? [ends[1], ends[0]] : ends;
  const { now, ...act } = actAt();
  return {
    ...act,
    recordedAt: now,
    actorId: acted ? twin.person : null,
    kind: "withdrawal_requested",
    about: { type: "withdrawal", id: twin.escrow },
    data: { n: 1 },
    postings: [entries.usd(from, to, cents)],
    ...rest,
  };
}

/** All that the twin's last entry wrote, but for ids, and what its accounts are now. */
async function written(twin: Twin): Promise<unknown> {
  const [row] = await getDb().execute<{ all: unknown }>(sql`
    WITH own AS (SELECT * FROM accounts WHERE owner_id IN (${twin.person}, ${twin.escrow}))
    SELECT jsonb_build_object(
      'accounts', (SELECT jsonb_agg(to_jsonb(own) - 'id' - 'owner_id' ORDER BY purpose) FROM own),
      'entry', (SELECT (to_jsonb(e) || jsonb_build_object('actor_id', e.actor_id = ${twin.person})) - 'id' - 'log_id' - 'idempotency_key' - 'input_hash' - 'about_id' FROM journal_entries e WHERE e.id = last.id),
      'postings', (SELECT jsonb_agg(to_jsonb(p) - 'entry_id' - 'from_id' - 'to_id'
        || jsonb_build_object('from', (SELECT purpose FROM own WHERE id = p.from_id), 'to', (SELECT purpose FROM own WHERE id = p.to_id)))
        FROM postings p WHERE p.entry_id = last.id),
      'salt', (SELECT jsonb_build_object('bytes', octet_length(o.salt), 'body', o.body) FROM entry_openings o WHERE o.entry_id = last.id),
      'queued', (SELECT count(*) FROM log_queue q WHERE q.entry_id = last.id)) AS all
    FROM (SELECT max(p.entry_id) AS id FROM postings p JOIN own ON own.id = p.from_id) AS last`);
  return row?.all;
}

const CASES: Record<string, Variation> = {
  "money into an escrow": {},
  "all there is": { cents: 10_000n },
  "money out of it": { back: true, kind: "withdrawal_refused" },
  "a memo and an actor": { memo: 'a "quoted" memo, {}\\', acted: true },
  "facts that need quoting": {
    data: { text: 'a "quoted" \\ text\nin lines, {}', deep: { n: [1] } },
  },
  "what took effect before": { effectiveAt: sooner(86_400 * SECOND_MS) },
  "a clock five seconds behind": { recordedAt: sooner(5 * SECOND_MS) },
  "a clock behind, and what took effect before": {
    recordedAt: sooner(3 * SECOND_MS),
    effectiveAt: sooner(60 * SECOND_MS),
  },
  "more than there is": { cents: 10_001n },
  "a clock more than five seconds behind": { recordedAt: sooner(5 * SECOND_MS + 1) },
  "an account that is not there": {
    postings: [entries.usd(entries.cash(randomUUID()), entries.cash(randomUUID()), 1n)],
  },
};
const outcome = (result: PostResult | undefined): string | number | undefined =>
  result?.ok ? result.value.recordedAt.getTime() : result?.error;

describe("an entry of one posting of money", () => {
  it.each(Object.entries(CASES))(
    "is written alone as it is in a batch: %s",
    async (_, variation) => {
      const [one, other] = [await makeTwin(), await makeTwin()];
      const alone = await inTransaction((tx) => post(tx, entryOf(one, variation)));
      const [batched] = await postMany([entryOf(other, variation)]);
      expect(outcome(alone)).toEqual(outcome(batched));
      expect(await written(one)).toEqual(await written(other));
    },
  );

  it.each<EntryKind>(["offer_funded", "offer_refunded", "resale_funded", "withdrawal_paid"])(
    "is written alike in each kind that moves money alone: %s",
    async (kind) => {
      const [one, other] = [await makeTwin(), await makeTwin()];
      expect(outcome(await inTransaction((tx) => post(tx, entryOf(one, { kind }))))).toBe(
        outcome((await postMany([entryOf(other, { kind })]))[0]),
      );
      expect(await written(one)).toEqual(await written(other));
    },
  );

  it("gives the first answer again, whichever way the key was used first", async () => {
    for (const [first, second] of [
      ["alone", "batch"],
      ["batch", "alone"],
      ["alone", "alone"],
    ]) {
      const entry = entryOf(await makeTwin(), {});
      const give = async (way: string | undefined) =>
        way === "alone" ? inTransaction((tx) => post(tx, entry)) : (await postMany([entry]))[0];
      const answer = await give(first);
      if (!answer?.ok) throw new Error("refused");
      expect(await give(second)).toEqual({ ok: true, value: { ...answer.value, replayed: true } });
    }
  });

  it("is opened an escrow that was not there", async () => {
    const twin = await makeTwin();
    const { id } = await makeWithdrawal(twin.person, 100n);
    const postings = [entries.usd(entries.cash(twin.person), entries.escrow(id), 100n)];
    expect(await inTransaction((tx) => post(tx, entryOf(twin, { postings })))).toMatchObject({
      ok: true,
    });
  });

  it("goes from one account to another, and more than nothing", async () => {
    const twin = await makeTwin();
    const cash = entries.cash(twin.person);
    const code = (variation: Variation) =>
      inTransaction((tx) => post(tx, entryOf(twin, variation))).then(
        () => "posted",
        (error: { code?: string }) => error.code,
      );
    expect(await code({ postings: [entries.usd(cash, cash, 1n)] })).toBe("23514");
    expect(await code({ cents: 0n })).toBe("23514");
    expect(await code({ cents: -1n })).toBe("23514");
    expect(await code({ kind: "invented" as EntryKind })).toBe("23514");
  });

  it("is asked all that the book is asked where more than balances follows from its kind", async () => {
    const facts = { debtor: randomUUID(), creditor: randomUUID(), cents: "100" };
    const entry = entryOf(await makeTwin(), { kind: "claim_repaid", data: facts });
    expect(outcome(await inTransaction((tx) => post(tx, entry)))).toBe("claim_exceeded");
  });
});
