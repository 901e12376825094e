import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "#db/client.server";
import { accounts, journalEntries, postings } from "#db/schema/index";
import * as entries from "~/ledger/entries";
import { IRREVERSIBLE_KINDS, PRIVATE_KINDS, PUBLIC_KINDS, SHARE_KINDS } from "~/ledger/kinds";
import { listLotsOfToken } from "~/ledger/read.server";
import {
  actAt,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  mustPost,
  newKey,
  settling,
  signing,
} from "../setup/book";
import { failure } from "../setup/by-hand";
import { useDatabase } from "../setup/database";

const database = useDatabase();
const MILLION = 1_000_000n;

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
    const irreversible = await getDb().execute<{ kind: string }>(sql`
      SELECT k AS kind FROM unnest(ARRAY[${sql.join(
        [...PUBLIC_KINDS, ...PRIVATE_KINDS].map((k) => sql`${k}`),
        sql`, `,
      )}]::text[]) k WHERE NOT ledger_kind_is_reversible(k)`);
    expect(irreversible.map((r) => r.kind).sort()).toEqual([...IRREVERSIBLE_KINDS].sort());
  });
});
