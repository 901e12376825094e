import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb, type Queryable } from "#db/client.server";
import { gains } from "#db/schema/index";
import { AUDIT_CHECKS, type AuditProgress, auditLedger } from "~/ledger/audit.server";
import * as entries from "~/ledger/entries";
import { nothingSold, samePerson, writtenDown } from "~/ledger/entries-of-facts";
import { reversed } from "~/ledger/entries-of-reversals";
import { getLogPlace } from "~/ledger/log/place.server";
import { Sequencer } from "~/ledger/log/sequencer.server";
import { getLogId } from "~/ledger/read.server";
import {
  actAt,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  makeWithdrawal,
  mustPost,
  signing,
} from "../setup/book";
import { useDatabase } from "../setup/database";
import { changeEnv, logSettings } from "../setup/log-place";
import { at, makeBuyer, makeHolder, makeOwner, resold } from "../setup/sales";
import { settle } from "../setup/settled";

const database = useDatabase();

/** A token whose gain of $1,000 was declared and paid to its one holder of 1%. */
async function makeGain(): Promise<void> {
  const token = await makeToken();
  const { lotId, investorId } = await settle(token, {
    paidCents: 100_000n,
    shares: 100_000n,
    now: at("2026-01-02"),
  });
  await giveCash(token.ownerId, 100_000n, at("2026-02-01"));
  const facts = {
    proceedsCents: 100_000n,
    basisCents: 0n,
    costsCents: 0n,
    lossCents: 0n,
    distributableCents: 100_000n,
    grade: "self_reported" as const,
  };
  const [row] = await getDb()
    .insert(gains)
    .values({
      ...facts,
      tokenId: token.id,
      company: "Rope Ltd",
      closingDate: "2026-02-01",
      declaredAt: at("2026-02-05"),
      dueAt: at("2026-03-05"),
    })
    .returning();
  const gain = {
    ...facts,
    id: row?.id ?? "",
    tokenId: token.id,
    tokenLogId: token.logId,
    ownerId: token.ownerId,
    recordInstant: at("2026-02-02", "00:00:00.000"),
    parts: [
      {
        lotId,
        holderId: investorId,
        holderLogId: await getLogId(getDb(), "person", investorId),
        cents: 1_000n,
      },
    ],
  };
  await mustPost(entries.gainDeclared(actAt(at("2026-02-05")), gain));
  await mustPost(entries.gainDistributed(actAt(at("2026-02-06")), gain));
}

/** A deposit whose money is half spent is reversed: the rest is a claim, due to the platform. */
async function makeClaim(): Promise<void> {
  const person = await makeBarePerson();
  const deposit = await giveCash(person, 1_000n);
  await mustPost(entries.withdrawalRequested(actAt(), await makeWithdrawal(person, 400n)));
  const claim = { debtor: person, creditor: entries.OUTSIDE, cents: 400n };
  const owed: entries.PostingInput = {
    ...entries.usd(entries.cash(person), entries.outside, 400n),
    from: { purpose: "claim", owner: person },
    to: { purpose: "due", owner: entries.OUTSIDE },
  };
  const postings = [entries.usd(entries.cash(person), entries.outside, 600n), owed];
  const logId = await getLogId(getDb(), "person", person);
  await mustPost(
    reversed(
      actAt(),
      { entryId: deposit.entryId, logId: deposit.logId, kind: "deposit" },
      { postings, claims: [claim] },
      () => logId,
    ),
  );
}

/** A book in which every check has something to look at. */
/** All of the book but for one entry is in the public log. */
async function sequenced(): Promise<void> {
  changeEnv(logSettings());
  await new Sequencer({ place: getLogPlace, now: () => at("2026-06-01") }).drain();
  await giveCash(await makeBarePerson(), 1_000n);
}

async function makeBook(): Promise<void> {
  await makeGain();
  await makeClaim();
  const { token, owner } = await makeOwner();
  const deal = { paidCents: 2_000_000n, shares: 200_000n };
  const holder = await makeHolder(token, { ...deal, day: "2026-01-02" });
  const buyer = await makeBuyer(50_000);
  await resold(token, owner, holder, buyer, { percent: "1", price: "20,000" }, at("2026-03-01"));
  const waiting = { investorId: await makeBarePerson(), amountCents: 100_000n, shares: 100_000n };
  const later = (day: string) => actAt(at(day));
  await mustPost(signing(await makeBareOffer(token, [waiting]), later("2026-04-01")));
  await mustPost(nothingSold(later("2026-04-02"), { id: token.id, year: 2025 }));
  const other = await getLogId(getDb(), "person", await makeBarePerson());
  await mustPost(samePerson(later("2026-04-02"), { personId: buyer.id, otherLogId: other }));
  const counts = [await getLogId(getDb(), "person", buyer.id)];
  const mark = { tokenId: token.id, day: "2026-04-03", counts, cause: "statement" as const };
  await mustPost(writtenDown(later("2026-04-03"), mark));
}

const FIRST_CASH = "(SELECT min(id) FROM accounts WHERE purpose = 'cash' AND balance > 0)";
const entryOf = (kind: string) => `(SELECT min(id) FROM journal_entries WHERE kind = '${kind}')`;

/** One forgery a check, as a superuser who has put triggers and constraints out of the way. */
const DAMAGES: Record<string, string> = {
  "postings are positive, of one asset, between two accounts":
    "ALTER TABLE postings DROP CONSTRAINT postings_sound; UPDATE postings SET amount = -amount WHERE asset = 'USD'",
  "every posting belongs to an entry": `DELETE FROM journal_entries WHERE id = ${entryOf("deposit")}`,
  "no balance passes its limits": `ALTER TABLE accounts DROP CONSTRAINT accounts_sound; UPDATE accounts SET balance = -1 WHERE id = ${FIRST_CASH}`,
  "each account has the limits of its purpose":
    "UPDATE accounts SET floor = 0 WHERE floor = 8000000",
  "a holder's account counts what waits for the holder":
    "UPDATE accounts SET waiting = waiting + 1 WHERE ceiling = 1000000",
  "balances are the sum of postings, versions have no gap": `UPDATE accounts SET balance = balance + 1 WHERE id = ${FIRST_CASH}`,
  "the book's tables refuse changes": "ALTER TABLE postings DISABLE TRIGGER postings_no_change",
  "no key was used twice": `ALTER TABLE journal_entries DROP CONSTRAINT journal_entries_idempotency_key_unique;
    UPDATE journal_entries SET idempotency_key = (SELECT idempotency_key FROM journal_entries ORDER BY id LIMIT 1) WHERE id = (SELECT max(id) FROM journal_entries)`,
  "reversals are single and of what can be reversed": `ALTER TABLE journal_entries DROP CONSTRAINT journal_entries_sound;
    UPDATE journal_entries SET reverses_id = ${entryOf("token_minted")}, reverses_kind = 'token_minted' WHERE kind = 'reversal'`,
  "shares move when it is recorded, in the kinds that move shares": `ALTER TABLE journal_entries DROP CONSTRAINT journal_entries_sound;
    UPDATE journal_entries SET effective_at = recorded_at - interval '1 day' WHERE kind = 'investment'`,
  "whoever made an entry is a person":
    "UPDATE journal_entries SET actor_id = gen_random_uuid() WHERE kind = 'deposit'",
  "money on the platform is what came in less what went out": `UPDATE accounts SET balance = balance + 1 WHERE id = ${FIRST_CASH}`,
  "only confirmed movements cross the platform's edge":
    "UPDATE journal_entries SET kind = 'offer_funded' WHERE kind = 'deposit'",
  "a token has 10,000,000 shares":
    "UPDATE accounts SET balance = balance - 1 WHERE floor = 8000000 AND balance > 8000000",
  "nobody holds more than 10% with what is reserved for them":
    "ALTER TABLE lots DROP CONSTRAINT lots_shares; UPDATE lots SET shares_left = 1000001",
  "every entry waits for the log, with its salt, or is in it":
    "DELETE FROM entry_openings WHERE entry_id = (SELECT max(entry_id) FROM entry_openings)",
  "openings are away only where two operators took them, of public entries with a word in the log":
    "DELETE FROM entry_openings WHERE entry_id = (SELECT min(entry_id) FROM log_leaves)",
  "the public log is what its entries make it":
    "UPDATE log_links SET head = sha256(head) WHERE n = 1",
  "the lots of an investment are its facts and its postings": `UPDATE lots SET shares_bought = shares_bought + 1 WHERE entry_id = ${entryOf("investment")}`,
  "the lots that an entry makes are its facts": "UPDATE lots SET sunset = '2040-01-01'",
  "a sale's rows are its facts and its postings": "UPDATE sales SET price_cents = price_cents + 1",
  "a distribution's facts are its postings and its payments":
    "UPDATE lot_payments SET cents = cents + 1",
  "a reversed payment is taken back in full": `INSERT INTO lot_payments (lot_id, entry_id, gain_id, cents, recorded_at)
    SELECT l.id, r.id, NULL, 5, r.recorded_at FROM (SELECT id FROM lots LIMIT 1) l, journal_entries r WHERE r.kind = 'reversal'`,
  "a gain's parts are its facts": "UPDATE gain_parts SET cents = cents + 1",
  "what counts in a token's year is what was declared and sold":
    "UPDATE token_gains SET distributable_cents = distributable_cents - 1 WHERE distributable_cents > 0",
  "lots are what their movements, payments and sales left":
    "UPDATE lots SET shares_left = shares_left - 1 WHERE shares_left > 0",
  "a holder's lots are the holder's shares, those reserved for a sale included":
    "UPDATE lots SET shares_left = shares_left - 1 WHERE shares_left > 0",
  "reserved shares wait for someone":
    "UPDATE accounts SET balance = balance + 1 WHERE purpose = 'reserved'",
  "marks are their facts, and stand as long as their entries":
    "UPDATE marks SET shares = shares - 1",
  "a reversal mirrors its entry; what is missing is claimed": `UPDATE postings SET amount = amount + 1 WHERE entry_id = ${entryOf("reversal")}`,
  "claims are what was not repaid, and as much is due": "UPDATE claims SET repaid_cents = 1",
  "who paid whom is what investments, payments and sales say":
    "UPDATE person_payments SET cents = cents + 1",
  "declared years and joined persons are their entries": "DELETE FROM nothing_declared",
  "a record's cash is what payments and sales brought":
    "UPDATE record_flows SET confirmed = NOT confirmed WHERE gain_id IS NOT NULL",
  "a position's totals are the sums of its lots and cash":
    "UPDATE person_totals SET unconfirmed_cents = unconfirmed_cents + 1",
};

describe("the auditor", () => {
  let client: postgres.Sql;
  let owner: ReturnType<typeof drizzle>;
  beforeAll(async () => {
    await makeBook();
    await sequenced();
    client = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    owner = drizzle(client);
  });
  afterAll(() => client.end());

  /** What it finds once that was done; then all is as before. */
  async function findingsAfter(damage: string, onProgress?: AuditProgress) {
    const undone = new Error("undone");
    let found: Awaited<ReturnType<typeof auditLedger>> = [];
    await owner
      .transaction(async (tx) => {
        await tx.execute(sql.raw("SET LOCAL session_replication_role = replica"));
        await tx.execute(sql.raw(damage));
        found = await auditLedger(tx as unknown as Queryable, onProgress);
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    return found;
  }

  it("has a damage for each of its checks", () => {
    expect(Object.keys(DAMAGES).sort()).toEqual(AUDIT_CHECKS.map((c) => c.sentence).sort());
  });

  it.each(AUDIT_CHECKS)("finds what breaks: $sentence", async ({ sentence, guarantee }) => {
    const found = await findingsAfter(DAMAGES[sentence] ?? "");
    expect(found.filter((finding) => finding.check === sentence)).toMatchObject([{ guarantee }]);
  });

  it("finds nothing in the book as it is", async () => {
    expect(await auditLedger(getDb())).toEqual([]);
  });

  it("names the first wrong row of a kind, once, however many there are", async () => {
    const ids = await client`
      SELECT id FROM accounts WHERE purpose = 'cash' AND balance > 0 ORDER BY id`;
    expect(ids.length).toBeGreaterThan(3);
    const second = String(ids[1]?.id);
    const found = await findingsAfter(
      `UPDATE accounts SET balance = balance + 1 WHERE purpose = 'cash' AND id >= ${second}`,
    );
    const lines = found.filter((finding) => finding.guarantee === "L3");
    expect(lines.map((finding) => finding.message)).toEqual([
      `account ${second}: the balance is not the sum of its postings`,
    ]);
  });

  it("finds each way of forging a line: a version, a balance after it, a missing posting", async () => {
    const forged = async (damage: string) =>
      (await findingsAfter(damage)).map((finding) => finding.guarantee);
    const last =
      "(entry_id, position) = (SELECT entry_id, position FROM postings WHERE asset = 'USD' ORDER BY entry_id DESC LIMIT 1)";
    expect(await forged(`UPDATE postings SET to_version = to_version + 1 WHERE ${last}`)).toContain(
      "L3",
    );
    expect(await forged(`UPDATE postings SET to_balance = to_balance + 1 WHERE ${last}`)).toContain(
      "L3",
    );
    expect(await forged(`DELETE FROM postings WHERE ${last}`)).toContain("L3");
    expect(await forged("GRANT INSERT ON postings TO belay_app")).toEqual(["L4"]);
    expect(await forged("DELETE FROM log_queue")).toEqual(["log"]);
  });

  it("finds each way of forging who paid whom: a payment that is missing, too many, of another, or of another day", async () => {
    const forged = async (damage: string) =>
      (await findingsAfter(damage)).map((finding) => finding.check);
    const sentence = ["who paid whom is what investments, payments and sales say"];
    const kinds = await client`
      SELECT DISTINCT e.kind FROM person_payments p JOIN journal_entries e ON e.id = p.entry_id ORDER BY 1`;
    expect(kinds.map((row) => row.kind)).toEqual(["distribution", "investment", "resale"]);
    for (const { kind } of kinds)
      expect(
        await forged(
          `DELETE FROM person_payments WHERE entry_id IN (SELECT id FROM journal_entries WHERE kind = '${kind}')`,
        ),
      ).toEqual(sentence);
    expect(
      await forged(
        `INSERT INTO person_payments SELECT ${entryOf("gain")}, payer_id, payee_id, 1, recorded_at FROM person_payments LIMIT 1`,
      ),
    ).toEqual(sentence);
    expect(
      await forged("UPDATE person_payments SET payer_id = payee_id, payee_id = payer_id"),
    ).toEqual(sentence);
    expect(
      await forged("UPDATE person_payments SET recorded_at = recorded_at + interval '1 day'"),
    ).toEqual(sentence);
  });

  it.each([
    ["the hash of a leaf", "UPDATE log_leaves SET hash = sha256(hash) WHERE index = 3"],
    [
      "a leaf",
      "UPDATE log_leaves SET data = data || 'x', hash = sha256('\\x00'::bytea || data || 'x') WHERE index = 3",
    ],
    [
      "an opening",
      "UPDATE entry_openings SET body = body || ' ' WHERE entry_id = (SELECT entry_id FROM log_leaves WHERE index = 3)",
    ],
    [
      "a salt",
      "UPDATE entry_openings SET salt = substr(sha256(salt), 1, 16) WHERE entry_id = (SELECT entry_id FROM log_leaves WHERE index = 3)",
    ],
    [
      "an entry",
      "UPDATE journal_entries SET recorded_at = recorded_at + interval '1 second', effective_at = effective_at + interval '1 second' WHERE id = 3",
    ],
    ["a root", "UPDATE log_trees SET root = sha256(root)"],
    ["a tree", "DELETE FROM log_trees"],
    ["a checkpoint", "UPDATE log_checkpoints SET note = replace(note, E'\\n', E'\\n1')"],
    [
      "a link too many",
      "INSERT INTO log_links SELECT gen_random_uuid(), 1, leaf_index, head FROM log_links LIMIT 1",
    ],
    ["a leaf's end", "DELETE FROM log_leaves WHERE index = (SELECT max(index) FROM log_leaves)"],
    ["a tile", "INSERT INTO log_tile_hashes SELECT 1, 0, hash FROM log_leaves LIMIT 1"],
  ])("finds what is wrong in the public log: %s", async (_what, damage) => {
    const found = await findingsAfter(damage);
    expect(
      found.filter(({ check }) => check === "the public log is what its entries make it"),
    ).toHaveLength(1);
  });

  it("shows how far each check is", async () => {
    const seen = new Map<string, string>();
    await auditLedger(getDb(), ({ check, upTo, of }) => seen.set(check, `${upTo}/${of}`));
    expect([...seen.keys()]).toEqual(AUDIT_CHECKS.map((c) => c.sentence));
    for (const [check, progress] of seen) {
      const [upTo, of] = progress.split("/");
      expect(upTo, check).toBe(of);
    }
  });
});
