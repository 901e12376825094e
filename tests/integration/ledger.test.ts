import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { beforeAll, describe, expect, it } from "vitest";
import { constraintName, getDb, inTransaction, sqlState } from "#db/client.server";
import { accounts, journalEntries, lots, postings } from "#db/schema/index";
import { auditLedger } from "~/ledger/audit.server";
import * as entries from "~/ledger/entries";
import { EDGE_KINDS, PRIVATE_KINDS, PUBLIC_KINDS, SHARE_KINDS } from "~/ledger/kinds";
import { post } from "~/ledger/post.server";
import {
  getBalance,
  getLogId,
  getOwnerShares,
  listLotsOfToken,
  listStatement,
} from "~/ledger/read.server";
import {
  actAt,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  makeWithdrawal,
  mustPost,
  newKey,
  postAlone,
  reservationsOf,
  START,
  settling,
  signing,
} from "../setup/book";
import { useDatabase } from "../setup/database";

const database = useDatabase();
const MILLION = 1_000_000n;

async function counts() {
  const [row] = await getDb().execute<{ n: string }>(sql`
    SELECT (SELECT count(*) FROM journal_entries) || '/' || (SELECT count(*) FROM postings) || '/' || (SELECT count(*) FROM accounts) || '/' || (SELECT COALESCE(sum(version), 0) FROM accounts) AS n`);
  return row?.n;
}

/** Runs SQL and answers the SQLSTATE it fails with, undefined when it succeeds. */
async function failure(url: string, statement: string): Promise<string | undefined> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client.begin(async (tx) => {
      await tx.unsafe(statement);
      throw new Error("rolled back");
    });
    return undefined;
  } catch (error) {
    return sqlState(error);
  } finally {
    await client.end();
  }
}

describe("posting", () => {
  it("moves money and keeps versions and balances on each posting", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 10_000n);
    await giveCash(person, 2_500n);
    const w = await makeWithdrawal(person, 4_000n);
    await mustPost(entries.withdrawalRequested(actAt(), w));
    await mustPost(entries.withdrawalPaid(actAt(), w));
    expect(await getBalance(getDb(), "cash", person)).toBe(8_500n);
    expect(await getBalance(getDb(), "escrow", w.id)).toBe(0n);
    const lines = await listStatement(getDb(), { purpose: "cash", owner: person });
    expect(lines.map((l) => [l.version, l.amount, l.balance])).toEqual([
      [3n, -4_000n, 8_500n],
      [2n, 2_500n, 12_500n],
      [1n, 10_000n, 10_000n],
    ]);
    const older = await listStatement(
      getDb(),
      { purpose: "cash", owner: person },
      { limit: 1, beforeVersion: 3n },
    );
    expect(older.map((l) => l.version)).toEqual([2n]);
  });

  it("keeps no balance of the outside world, so that it is never a hot row", async () => {
    await giveCash(await makeBarePerson(), 1n);
    const [outside] = await getDb().select().from(accounts).where(eq(accounts.purpose, "outside"));
    expect(outside).toMatchObject({ balance: null, version: null });
  });

  it("answers a repeated key with the first answer, and refuses it with other input", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n);
    const w = await makeWithdrawal(person, 60n);
    const act = actAt();
    const first = await mustPost(entries.withdrawalRequested(act, w));
    const again = await mustPost(
      entries.withdrawalRequested({ ...act, now: new Date(START.getTime() + 9e5) }, w),
    );
    expect(again).toEqual({ ...first, replayed: true });
    expect(await getBalance(getDb(), "cash", person)).toBe(40n);
    const other = await postAlone(entries.withdrawalRequested({ ...act, input: { other: 1 } }, w));
    expect(other).toEqual({ ok: false, error: "idempotency_conflict" });
  });

  it("lets the same key in once when twenty ask at the same moment", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n);
    const w = await makeWithdrawal(person, 30n);
    const act = actAt();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => mustPost(entries.withdrawalRequested(act, w))),
    );
    expect(results.filter((r) => !r.replayed)).toHaveLength(1);
    expect(new Set(results.map((r) => r.entryId)).size).toBe(1);
    expect(await getBalance(getDb(), "cash", person)).toBe(70n);
    const opened = { id: person, handle: "h" };
    const bare = actAt();
    const empty = await Promise.all(
      Array.from({ length: 20 }, () => mustPost(entries.personOpened(bare, opened))),
    );
    expect(empty.filter((r) => !r.replayed)).toHaveLength(1);
  });

  it("clamps a clock that is up to five seconds behind, and refuses one further behind", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n, new Date("2026-05-01T12:00:05.000Z"));
    const w = await makeWithdrawal(person, 10n);
    const late = await mustPost(
      entries.withdrawalRequested(actAt(new Date("2026-05-01T12:00:00.000Z")), w),
    );
    expect(late.recordedAt.toISOString()).toBe("2026-05-01T12:00:05.000Z");
    const w2 = await makeWithdrawal(person, 10n);
    expect(
      await postAlone(entries.withdrawalRequested(actAt(new Date("2026-05-01T11:59:59.999Z")), w2)),
    ).toEqual({ ok: false, error: "clock_behind" });
  });
});

describe("refusals change nothing", () => {
  const refused = async (entry: entries.EntryInput, code: string) => {
    const before = await counts();
    const answer = await inTransaction((tx) => post(tx, entry)); // commits: the refusal itself must leave no trace
    expect(answer).toEqual({ ok: false, error: code });
    expect(await counts()).toBe(before);
  };

  it("insufficient_balance", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n);
    await refused(
      entries.withdrawalRequested(actAt(), await makeWithdrawal(person, 101n)),
      "insufficient_balance",
    );
  });
  it("unknown_account", async () => {
    const person = await makeBarePerson();
    await refused(
      entries.withdrawalRequested(actAt(), {
        id: crypto.randomUUID(),
        personId: person,
        amountCents: 1n,
      }),
      "unknown_account",
    );
    await giveCash(person, 100n);
    await refused(
      entries.withdrawalRequested(actAt(), {
        id: crypto.randomUUID(),
        personId: person,
        amountCents: 1n,
      }),
      "unknown_account",
    );
  });
  it("asset_mismatch", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n);
    const entry = entries.withdrawalRequested(actAt(), await makeWithdrawal(person, 1n));
    const [posting] = entry.postings;
    if (!posting) throw new Error("no posting");
    await refused(
      { ...entry, postings: [{ ...posting, asset: entries.tokenAsset(crypto.randomUUID()) }] },
      "asset_mismatch",
    );
  });
  it("clock_behind", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n, new Date("2026-07-01T00:00:00.000Z"));
    await refused(
      entries.withdrawalRequested(actAt(), await makeWithdrawal(person, 1n)),
      "clock_behind",
    );
  });
  it("claim_exceeded", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n);
    const entry = entries.withdrawalRequested(actAt(), await makeWithdrawal(person, 1n));
    const other = await makeBarePerson();
    const facts = {
      data: {
        debtor: await getLogId(getDb(), "person", person),
        creditor: await getLogId(getDb(), "person", other),
        cents: "1",
      },
      about: { type: "entry", id: crypto.randomUUID() },
      postings: [entries.usd(entries.cash(person), entries.cash(other), 1n)],
    };
    await refused({ ...entry, ...facts, kind: "claim_repaid" }, "claim_exceeded");
  });
  it("cap_exceeded", async () => {
    const token = await makeToken();
    const people = await Promise.all([1, 2, 3].map(() => makeBarePerson()));
    const offers = [];
    for (const investorId of people)
      offers.push(
        await makeBareOffer(token, [{ investorId, amountCents: MILLION, shares: MILLION }]),
      );
    for (const offer of offers.slice(0, 2)) await mustPost(signing(offer, actAt()));
    const third = offers[2];
    if (!third) throw new Error("no offer");
    await refused(signing(third, actAt()), "cap_exceeded");
    expect(await getOwnerShares(getDb(), token.id, token.ownerId)).toEqual({
      held: 8_000_000n,
      reserved: 2_000_000n,
    });
  });
  it("holder_limit, counting what is reserved as well as what is held", async () => {
    const token = await makeToken();
    const investorId = await makeBarePerson();
    await giveCash(investorId, 2n * MILLION);
    const first = await makeBareOffer(token, [
      { investorId, amountCents: 600_000n, shares: 600_000n },
    ]);
    const second = await makeBareOffer(await tokenTwin(token), [
      { investorId, amountCents: 400_001n, shares: 400_001n },
    ]);
    await mustPost(signing(first, actAt()));
    await refused(signing(second, actAt()), "holder_limit");
    for (const part of first.parts) await mustPost(entries.offerFunded(actAt(), part));
    await mustPost(settling(first, actAt()));
    await refused(signing(second, actAt()), "holder_limit");
  });
});

/** The same token: `makeBareOffer` needs a token only to name its owner. */
const tokenTwin = async <T>(token: T): Promise<T> => token;

describe("an offer's way through the book", () => {
  it("signs, settles with one lot a part, and everything adds up", async () => {
    const token = await makeToken();
    const [a, b] = await Promise.all([makeBarePerson(), makeBarePerson()]);
    await giveCash(a, 10_000_000n);
    await giveCash(b, 10_000_000n);
    const offer = await makeBareOffer(token, [
      { investorId: a, amountCents: 6_666_667n, shares: 100_000n },
      { investorId: b, amountCents: 6_666_666n, shares: 100_000n },
    ]);
    for (const part of offer.parts) await mustPost(entries.offerFunded(actAt(), part));
    await mustPost(signing(offer, actAt()));
    await mustPost(settling(offer, actAt()));
    expect(await getBalance(getDb(), "cash", token.ownerId)).toBe(13_333_333n);
    const made = await listLotsOfToken(getDb(), token.id);
    expect(made.map((l) => [l.sharesLeft, l.costLeftCents])).toEqual([
      [100_000n, 6_666_667n],
      [100_000n, 6_666_666n],
    ]);
    expect(await getOwnerShares(getDb(), token.id, token.ownerId)).toEqual({
      held: 9_800_000n,
      reserved: 0n,
    });
  });

  it("gives everything back when someone leaves", async () => {
    const token = await makeToken();
    const a = await makeBarePerson();
    await giveCash(a, 500_000n);
    const offer = await makeBareOffer(token, [
      { investorId: a, amountCents: 400_000n, shares: 100_000n },
    ]);
    for (const part of offer.parts) await mustPost(entries.offerFunded(actAt(), part));
    await mustPost(signing(offer, actAt()));
    await mustPost(
      entries.offerLeft(actAt(), {
        id: offer.id,
        tokenId: token.id,
        ownerId: token.ownerId,
        shares: offer.shares,
        parts: offer.parts,
        reservations: reservationsOf(offer),
        by: "student",
      }),
    );
    expect(await getBalance(getDb(), "cash", a)).toBe(500_000n);
    expect(await getOwnerShares(getDb(), token.id, token.ownerId)).toEqual({
      held: 10_000_000n,
      reserved: 0n,
    });
  });

  it("refuses a second minting of the same token", async () => {
    const token = await makeToken();
    const entry = entries.tokenMinted(actAt(), {
      id: token.id,
      ownerId: token.ownerId,
      ownerLogId: token.logId,
    });
    const error = await postAlone(entry).then(
      () => undefined,
      (e: unknown) => e,
    );
    expect(constraintName(error)).toBe("journal_entries_minted_once");
  });
});

describe("races", () => {
  it("pays out one balance exactly as often as it lasts, forty asking at once", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 1_000n);
    const asked = await Promise.all(Array.from({ length: 40 }, () => makeWithdrawal(person, 90n)));
    const answers = await Promise.all(
      asked.map((w) => postAlone(entries.withdrawalRequested(actAt(), w))),
    );
    expect(answers.filter((r) => r.ok)).toHaveLength(11);
    expect(
      answers.filter((r) => !r.ok).every((r) => !r.ok && r.error === "insufficient_balance"),
    ).toBe(true);
    expect(await getBalance(getDb(), "cash", person)).toBe(10n);
  });

  it("never sells more than 20% of a token, forty signing at once", async () => {
    const token = await makeToken();
    const offers = [];
    for (let i = 0; i < 40; i++) {
      offers.push(
        await makeBareOffer(token, [
          { investorId: await makeBarePerson(), amountCents: 300_000n, shares: 300_000n },
        ]),
      );
    }
    const answers = await Promise.all(offers.map((offer) => postAlone(signing(offer, actAt()))));
    expect(answers.filter((r) => r.ok)).toHaveLength(6);
    expect(await getOwnerShares(getDb(), token.id, token.ownerId)).toEqual({
      held: 8_200_000n,
      reserved: 1_800_000n,
    });
  });

  it("survives opposite transfers between the same people", async () => {
    const [a, b] = await Promise.all([makeBarePerson(), makeBarePerson()]);
    await giveCash(a, 1_000n);
    await giveCash(b, 1_000n);
    const transfer = async (from: string, to: string) => {
      const w = await makeWithdrawal(from, 1n);
      const entry = entries.withdrawalRequested(actAt(), w);
      return {
        ...entry,
        postings: [
          ...entry.postings,
          {
            from: { purpose: "escrow" as const, owner: w.id },
            to: { purpose: "cash" as const, owner: to },
            asset: entries.USD,
            amount: 1n,
          },
        ],
      };
    };
    const both = await Promise.all(
      Array.from({ length: 30 }, (_, i) => (i % 2 ? transfer(a, b) : transfer(b, a))),
    );
    const answers = await Promise.all(both.map((entry) => postAlone(entry)));
    expect(answers.every((r) => r.ok)).toBe(true);
    expect(await getBalance(getDb(), "cash", a)).toBe(1_000n);
  });
});

describe("the database guards the book", () => {
  let posting: typeof postings.$inferSelect;
  beforeAll(async () => {
    await giveCash(await makeBarePerson(), 777n);
    const [row] = await getDb().select().from(postings).limit(1);
    if (!row) throw new Error("no posting");
    posting = row;
  });
  const both = () => [database.appUrl, database.ownerUrl];

  it.each(["journal_entries", "postings"])(
    "nobody updates, deletes or truncates %s",
    async (table) => {
      const column = table === "postings" ? "amount = amount + 1" : "kind = 'deposit'";
      for (const [url, code] of [
        [database.appUrl, "42501"],
        [database.ownerUrl, "23000"],
      ] as const) {
        expect(await failure(url, `UPDATE ${table} SET ${column}`)).toBe(code);
        expect(await failure(url, `DELETE FROM ${table}`)).toBe(code);
        expect(await failure(url, `TRUNCATE ${table} CASCADE`)).toBe(code);
      }
    },
  );

  it("the application cannot write the book by hand at all", async () => {
    for (const table of [
      "accounts",
      "journal_entries",
      "postings",
      "lots",
      "lot_movements",
      "lot_payments",
      "gain_parts",
      "reservations",
      "log_queue",
      "entry_openings",
      "log_ids",
    ]) {
      expect(await failure(database.appUrl, `INSERT INTO ${table} DEFAULT VALUES`), table).toBe(
        "42501",
      );
    }
    expect(await failure(database.appUrl, "UPDATE accounts SET balance = 1")).toBe("42501");
    expect(await failure(database.appUrl, "SELECT ledger_project(e) FROM journal_entries e")).toBe(
      "42501",
    );
  });

  it("a posting of the owner's that breaks L1 is refused", async () => {
    const insert = (amount: string, from: bigint, to: bigint, asset: string) =>
      `INSERT INTO postings (entry_id, position, asset, amount, from_id, to_id) VALUES (${posting.entryId}, 9, '${asset}', ${amount}, ${from}, ${to})`;
    const [usd] = await getDb()
      .select()
      .from(accounts)
      .where(eq(accounts.purpose, "cash"))
      .limit(1);
    const token = await makeToken();
    const [shares] = await getDb()
      .select()
      .from(accounts)
      .where(eq(accounts.ownerId, token.ownerId))
      .limit(1);
    if (!usd || !shares) throw new Error("no accounts");
    expect(await failure(database.ownerUrl, insert("0", posting.fromId, posting.toId, "USD"))).toBe(
      "23514",
    );
    expect(
      await failure(database.ownerUrl, insert("-5", posting.fromId, posting.toId, "USD")),
    ).toBe("23514");
    expect(await failure(database.ownerUrl, insert("5", usd.id, usd.id, "USD"))).toBe("23514");
    expect(await failure(database.ownerUrl, insert("5", usd.id, shares.id, "USD"))).toBe("23503");
  });

  it("a balance of the owner's that breaks L2 is refused", async () => {
    expect(
      await failure(database.ownerUrl, "UPDATE accounts SET balance = -1 WHERE purpose = 'cash'"),
    ).toBe("23514");
    expect(
      await failure(database.ownerUrl, "UPDATE accounts SET floor = -5 WHERE purpose = 'cash'"),
    ).toBe("23514");
    const token = await makeToken();
    expect(
      await failure(
        database.ownerUrl,
        `UPDATE accounts SET balance = 7999999 WHERE owner_id = '${token.ownerId}'`,
      ),
    ).toBe("23514");
  });

  it("an entry of the owner's that breaks L6 or L7 is refused", async () => {
    const token = await makeToken();
    const [minted] = await getDb()
      .select()
      .from(journalEntries)
      .where(eq(journalEntries.aboutId, token.id));
    if (!minted) throw new Error("no entry");
    const entry = (values: Record<string, string>) => {
      const all = {
        kind: "'reversal'",
        effective_at: "now()",
        recorded_at: "now()",
        idempotency_key: `'${newKey()}'`,
        input_hash: "sha256('x')",
        about_type: "'entry'",
        about_id: "gen_random_uuid()",
        data: "'{}'",
        ...values,
      };
      return `INSERT INTO journal_entries (${Object.keys(all).join(", ")}) VALUES (${Object.values(all).join(", ")})`;
    };
    const reverse = (id: bigint, kind: string) =>
      entry({ reverses_id: String(id), reverses_kind: `'${kind}'` });
    expect(await failure(database.ownerUrl, reverse(minted.id, "token_minted"))).toBe("23514");
    expect(await failure(database.ownerUrl, reverse(minted.id, "deposit"))).toBe("23503");
    expect(
      await failure(
        database.ownerUrl,
        `${reverse(posting.entryId, "deposit")}; ${reverse(posting.entryId, "deposit").replace("test:", "test:2")}`,
      ),
    ).toBe("23505");
    expect(
      await failure(
        database.ownerUrl,
        entry({ kind: "'investment'", effective_at: "now() - interval '1 day'" }),
      ),
    ).toBe("23514");
    expect(await failure(database.ownerUrl, entry({ kind: "'invented'" }))).toBe("23514");
  });

  it("a holder's limit and a lot's cap hold for the owner too", async () => {
    const token = await makeToken();
    const investorId = await makeBarePerson();
    await giveCash(investorId, MILLION);
    const offer = await makeBareOffer(token, [
      { investorId, amountCents: 100_000n, shares: 100_000n },
    ]);
    for (const part of offer.parts) await mustPost(entries.offerFunded(actAt(), part));
    await mustPost(signing(offer, actAt()));
    await mustPost(settling(offer, actAt()));
    expect(
      await failure(
        database.ownerUrl,
        `UPDATE accounts SET balance = 1000001 WHERE owner_id = '${investorId}' AND purpose = 'shares'`,
      ),
    ).toBe("23514");
    const [lot] = await listLotsOfToken(getDb(), token.id);
    expect(
      await failure(
        database.ownerUrl,
        `UPDATE lots SET shares_left = shares_bought + 1 WHERE id = '${lot?.id}'`,
      ),
    ).toBe("23514");
  });

  it("both logins may read", async () => {
    for (const url of both())
      expect(await failure(url, "SELECT count(*) FROM postings")).toBeUndefined();
  });

  it("knows the same kinds as the code", async () => {
    const [row] = await getDb().execute<{ known: boolean; unknown: boolean; moving: string[] }>(sql`
      SELECT bool_and(ledger_kind_is_known(k)) AS known, ledger_kind_is_known('other') AS unknown,
        array_agg(k ORDER BY k) FILTER (WHERE ledger_kind_moves_shares(k)) AS moving
      FROM unnest(ARRAY[${sql.join(
        [...PUBLIC_KINDS, ...PRIVATE_KINDS].map((k) => sql`${k}`),
        sql`, `,
      )}]::text[]) k`);
    expect(row).toEqual({ known: true, unknown: false, moving: [...SHARE_KINDS].sort() });
    expect(EDGE_KINDS.every((kind) => (PRIVATE_KINDS as readonly string[]).includes(kind))).toBe(
      true,
    );
  });
});

describe("the auditor", () => {
  const tamper = async (statement: string) => {
    const client = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    try {
      await client.unsafe(statement);
    } finally {
      await client.end();
    }
  };

  it("finds the owner's forgeries of balances, lots and rights, and is content once they are mended", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 5_000n);
    expect(await auditLedger(getDb())).toEqual([]);
    await tamper(`UPDATE accounts SET balance = balance + 1 WHERE owner_id = '${person}'`);
    expect((await auditLedger(getDb())).map((f) => f.guarantee)).toEqual(["L3", "L10"]);
    await tamper(
      `UPDATE accounts SET balance = balance - 1, version = version + 1 WHERE owner_id = '${person}'`,
    );
    expect((await auditLedger(getDb())).map((f) => f.guarantee)).toEqual(["L3"]);
    await tamper(`UPDATE accounts SET version = version - 1 WHERE owner_id = '${person}'`);

    const [lot] = await getDb().select().from(lots).limit(1);
    await tamper(`UPDATE lots SET shares_left = shares_left - 1 WHERE id = '${lot?.id}'`);
    expect((await auditLedger(getDb())).map((f) => f.guarantee)).toEqual([
      "projection",
      "projection",
    ]);
    await tamper(`UPDATE lots SET shares_left = shares_left + 1 WHERE id = '${lot?.id}'`);

    await tamper(
      "ALTER TABLE postings DISABLE TRIGGER postings_no_change; GRANT INSERT ON postings TO belay_app",
    );
    expect((await auditLedger(getDb())).map((f) => f.guarantee)).toEqual(["L4", "L4"]);
    await tamper(
      "ALTER TABLE postings ENABLE TRIGGER postings_no_change; REVOKE INSERT ON postings FROM belay_app",
    );
    expect(await auditLedger(getDb())).toEqual([]);
  });

  it("finds an entry that is missing from the log's queue", async () => {
    const posted = await giveCash(await makeBarePerson(), 5n);
    await tamper(`DELETE FROM log_queue WHERE entry_id = ${posted.entryId}`);
    expect((await auditLedger(getDb())).map((f) => f.guarantee)).toEqual(["log"]);
    await tamper(`INSERT INTO log_queue VALUES (${posted.entryId})`);
  });
});
