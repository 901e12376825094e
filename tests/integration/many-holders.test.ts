import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getDb, inTransaction } from "#db/client.server";
import { SYSTEM } from "~/auth/actor";
import { declareGain } from "~/features/gains/declare-gain.server";
import { gradeGain } from "~/features/gains/grade-gain.server";
import { payGain } from "~/features/gains/pay-gain.server";
import { offerParting } from "~/features/tokens/offer-parting.server";
import { settleParting } from "~/features/tokens/settle-parting.server";
import * as entries from "~/ledger/entries";
import { writtenDown } from "~/ledger/entries-of-facts";
import { PUBLIC_KINDS } from "~/ledger/kinds";
import { getLogPlace } from "~/ledger/log/place.server";
import { Sequencer } from "~/ledger/log/sequencer.server";
import { post } from "~/ledger/post.server";
import { findEntry, postReversal } from "~/ledger/reverse.server";
import { policy } from "~/policy";
import {
  actAt,
  type BareToken,
  giveCash,
  makeBareOffer,
  makeBarePerson,
  makeToken,
  mustPost,
  postAlone,
  settling,
  signing,
} from "../setup/book";
import { useDatabase } from "../setup/database";
import { must } from "../setup/deals";
import { changeEnv } from "../setup/log-place";
import { expectPeople } from "../setup/record-checks";
import { at, call } from "../setup/sales";
import { actorOf, latestEntry, makeBareOperator } from "../setup/settled";

const database = useDatabase();
const MOST = policy.maxHoldersOneToken.value;
const REFUSED = { ok: false, error: "too_many_holders" };

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "belay-log-"));
  changeEnv({ LOG_STATE_DIR: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An offer of several new people, each for 0.04% and the least price. */
async function offerOf(token: BareToken, count: number) {
  const parts = [];
  for (let i = 0; i < count; i++)
    parts.push({ investorId: await makeBarePerson(), amountCents: 4_000n, shares: 4_000n });
  return makeBareOffer(token, parts);
}

/** A token with so many holders since that day. */
async function heldBy(count: number, day: Date) {
  const token = await makeToken();
  const offer = await offerOf(token, count);
  for (const part of offer.parts) {
    await giveCash(part.investorId, part.amountCents, day);
    await mustPost(entries.offerFunded(actAt(day), part));
  }
  await mustPost(signing(offer, actAt(day)));
  await mustPost(settling(offer, actAt(day)));
  const holders = offer.parts.map((part) => part.investorId);
  return { token, owner: await actorOf(token.ownerId), holders };
}

/** What posting an entry would answer; nothing is kept. */
async function wouldPost(entry: entries.EntryInput): Promise<string> {
  class Undone extends Error {}
  let answer = "";
  await inTransaction(async (tx) => {
    const result = await post(tx, entry);
    answer = result.ok ? "ok" : result.error;
    throw new Undone();
  }).catch((error) => {
    if (!(error instanceof Undone)) throw error;
  });
  return answer;
}

async function asOwner<T>(work: (owner: postgres.Sql) => Promise<T>): Promise<T> {
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

describe("a token's holders", () => {
  test(`are ${MOST} at most, whoever else wants in; they may buy more, and everything of the token's life fits into the log`, async () => {
    const { token, owner, holders } = await heldBy(MOST - 1, at("2026-01-10"));
    const last = await offerOf(token, 1);
    await mustPost(signing(last, actAt(at("2026-01-11"))));
    for (let i = 0; i < 57; i++)
      expect(await postAlone(signing(await offerOf(token, 1), actAt(at("2026-01-12"))))).toEqual(
        REFUSED,
      );
    const more = { investorId: holders[0] ?? "", amountCents: 4_000n, shares: 4_000n };
    await mustPost(signing(await makeBareOffer(token, [more]), actAt(at("2026-01-12"))));

    await giveCash(owner.id, 100_000_000n, at("2026-01-13"));
    const sale = {
      ...{ company: "Rope Ltd", closingDate: "2026-02-01" },
      ...{ proceeds: "500,000", basis: "0", costs: "0" },
    };
    const { gainId } = must(await declareGain(call(owner, sale, at("2026-02-03"))));
    must(await payGain(call(owner, { gainId }, at("2026-02-04"))));
    const graded = { gainId, grade: "counterparty", reason: "Seen." };
    const operator = await makeBareOperator();
    must(await gradeGain(call(operator, graded, at("2026-02-05"))));
    const cause = "statement" as const;
    await mustPost(
      writtenDown(actAt(at("2026-02-06")), {
        ...{ tokenId: token.id, day: "2026-02-06", counts: [], cause },
      }),
    );
    for (const kind of ["mark", "distribution"]) {
      const entry = await findEntry(getDb(), await latestEntry(kind));
      if (!entry) throw new Error(`no ${kind}`);
      const reversed = await inTransaction((tx) =>
        postReversal(tx, actAt(at("2026-02-07")), entry),
      );
      expect(reversed.ok).toBe(true);
    }

    const sequencer = new Sequencer({ place: getLogPlace, now: () => at("2026-02-08") });
    await sequencer.drain();
    const [left] = await getDb().execute<{ waiting: string; most: number }>(sql`
      SELECT (SELECT count(*) FROM log_queue)::text AS waiting, max(people)::int AS most
      FROM (SELECT count(*) AS people FROM log_links GROUP BY leaf_index) x`);
    // All holders but the last, whose shares only wait, and the owner.
    expect(left).toEqual({ waiting: "0", most: MOST });
    await expectPeople(database.ownerUrl);
  });

  test("count whoever was parted from the token as long as its tail may give them a part, and not after", async () => {
    const { token, owner, holders } = await heldBy(MOST, at("2026-01-10"));
    await giveCash(owner.id, 1_000_000n, at("2026-01-11"));
    const { handle } = await actorOf(holders[0] ?? "");
    const wish = { holder: handle, price: "100" };
    const { partingId } = must(await offerParting(call(owner, wish, at("2026-02-01"))));
    must(await settleParting(call(SYSTEM, { partingId }, at("2026-02-15"))));
    const another = await offerOf(token, 1);
    expect(await postAlone(signing(another, actAt(at("2028-02-15"))))).toEqual(REFUSED);
    // Who was parted is among them, and may come back.
    const again = { investorId: holders[0] ?? "", amountCents: 4_000n, shares: 4_000n };
    const back = await makeBareOffer(token, [again]);
    expect(await wouldPost(signing(back, actAt(at("2028-02-15"))))).toBe("ok");
    await mustPost(signing(another, actAt(at("2028-02-17"))));
  });
});

describe("a public entry's people", () => {
  test("are counted where posting looks: 256 fit, 257 do not, whatever names them", async () => {
    const ids = Array.from(
      { length: 257 },
      (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
    );
    await asOwner(async (owner) => {
      const tooMany = async (kind: string, data: unknown) => {
        const [row] = await owner`
          SELECT ledger_names_too_many(${kind}, gen_random_uuid(), NULL, ${owner.json(data as never)}, '{}') AS many`;
        return row?.many;
      };
      const parts = (count: number) => ids.slice(0, count).map((holder) => ({ holder }));
      for (const [kind, of] of [
        ["distribution", (count: number) => ({ parts: parts(count) })],
        ["resale", (count: number) => ({ seller: ids[0], buyer: ids[1], ownParts: parts(count) })],
        ["mark", (count: number) => ({ counts: ids.slice(0, count) })],
        ["reversal", (count: number) => ({ claims: parts(count) })],
      ] as const) {
        expect([kind, await tooMany(kind, of(256))]).toEqual([kind, false]);
        expect([kind, await tooMany(kind, of(257))]).toEqual([kind, true]);
      }
      expect(await tooMany("offer_signed", { reserved: parts(257) })).toBe(false);
    });
  });

  test("are looked for in the kinds that the log shows, and no others", async () => {
    await asOwner(async (owner) => {
      const rows = await owner<{ kind: string }[]>`
        SELECT kind FROM unnest(${[...PUBLIC_KINDS, "deposit", "offer_signed", "resale_reserved"]}::text[]) AS kind WHERE ledger_kind_is_public(kind)`;
      expect(rows.map((row) => row.kind)).toEqual([...PUBLIC_KINDS]);
    });
  });
});
