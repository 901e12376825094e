import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type postgres from "postgres";
import { describe, expect, it } from "vitest";
import { getDb, inTransaction } from "#db/client.server";
import {
  accounts,
  auditEvents,
  commandResults,
  deposits,
  gains,
  journalEntries,
  offerParts,
  offers,
  tokens,
} from "#db/schema/index";
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
  START,
  settling,
  signing,
} from "#tests/setup/book";
import { refusal, withLogin } from "#tests/setup/by-hand";
import { useDatabase } from "#tests/setup/database";
import {
  admit,
  codeOf,
  day,
  key,
  makeActor,
  makeCohort,
  makeSigned,
  makeTeacher,
  must,
  offer,
  settle,
} from "#tests/setup/deals";
import { actorOf, settle as settleBare } from "#tests/setup/settled";
import { SYSTEM } from "~/auth/actor";
import { payGain } from "~/features/gains/pay-gain.server";
import { settleOffer } from "~/features/offers/settle-offer.server";
import { requestWithdrawal } from "~/features/treasury/request-withdrawal.server";
import * as entries from "~/ledger/entries";
import { post } from "~/ledger/post.server";
import { getLogIds, listEntitledLots } from "~/ledger/read.server";
import { policy } from "~/policy";

const database = useDatabase();

/** Runs statements on one connection with the application's rights. */
const asApp = <T>(act: (sql: postgres.Sql) => Promise<T>): Promise<T> =>
  withLogin(database.appUrl, act);

/** The row of a gain of 10,000 cents. */
const gainOf = (tokenId: string): typeof gains.$inferInsert => ({
  tokenId,
  company: "c",
  closingDate: "2026-01-02",
  proceedsCents: 10_000n,
  basisCents: 0n,
  costsCents: 0n,
  lossCents: 0n,
  distributableCents: 10_000n,
  grade: "self_reported",
  declaredAt: day(5),
  dueAt: day(35),
});

describe("what the application may do by hand", () => {
  it("gives it no function of the owner's but those that are meant for it", async () => {
    await asApp(async (sql) => {
      const rows = await sql`
        SELECT proname::text AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
          AND has_function_privilege(current_user, oid, 'EXECUTE') ORDER BY 1`;
      expect(rows.map((row) => row.name)).toEqual([
        "ledger_hold",
        "ledger_post_cash",
        "ledger_post_many",
        "log_append",
        "log_erase_opening",
        "log_hold",
        "log_keep_opening",
        "log_publish",
      ]);
      const open = await sql`
        SELECT proname::text AS name FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND prosecdef
          AND EXISTS (SELECT 1 FROM aclexplode(COALESCE(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)`;
      expect(open).toHaveLength(0);
    });
  });

  it("hangs no trigger with the owner's rights on a table of its own", async () => {
    await asApp(async (sql) => {
      await sql`CREATE TEMP TABLE mine (id uuid)`;
      const hung = sql`CREATE TRIGGER t AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION give_log_id('person')`;
      expect(await refusal(hung)).toBe("42501");
    });
  });

  it("puts no function or table beside ours", async () => {
    await asApp(async (sql) => {
      const put = sql.unsafe(
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      );
      expect(await refusal(put)).toBe("42501");
      expect(await refusal(sql.unsafe("CREATE TABLE public.mine (id int)"))).toBe("42501");
    });
  });

  it("deceives no trigger with a temporary table of the same name", async () => {
    const young = await makeActor({ dateOfBirth: "2015-01-01" });
    await asApp(async (sql) => {
      await sql.unsafe(
        "CREATE TEMP TABLE persons AS SELECT * FROM public.persons; UPDATE pg_temp.persons SET date_of_birth = '1980-01-01'",
      );
      const signed = sql`
        INSERT INTO public.agreements (kind, person_id, version, text, text_sha256, typed_legal_name, signed_at)
        VALUES ('token', ${young.id}, '1', 'x', encode(sha256('x'), 'hex'), 'x', ${START})`;
      expect(await refusal(signed)).toBe("agreements_of_age");
    });
  });

  it("moves no money over the edge and no shares from the mint but in their own kinds", async () => {
    const person = await makeBarePerson();
    const withdrawal = await makeWithdrawal(person, 100n);
    await giveCash(person, 100n);
    const deposit = entries.depositConfirmed(actAt(), {
      id: randomUUID(),
      personId: person,
      arrivedCents: 5n,
    });
    expect(await refusal(postAlone({ ...deposit, kind: "offer_funded" }))).toBe("ledger_edge");
    await mustPost(entries.withdrawalRequested(actAt(), withdrawal));
    const paid = entries.withdrawalPaid(actAt(), withdrawal);
    expect(await refusal(postAlone({ ...paid, kind: "withdrawal_refused" }))).toBe("ledger_edge");
    const token = await makeToken();
    const minted = entries.tokenMinted(actAt(), {
      id: token.id,
      ownerId: token.ownerId,
      ownerLogId: token.logId,
    });
    expect(await refusal(postAlone({ ...minted, kind: "offer_left" }))).toBe("ledger_edge");
  });
});

describe("what was agreed", () => {
  it("stands: parts, times and terms of an offer, its funding, tokens, gains, deposits", async () => {
    const { offerId } = await makeSigned();
    const db = getDb();
    const part = eq(offerParts.offerId, offerId);
    expect(await refusal(db.update(offerParts).set({ amountCents: 200_000n }).where(part))).toBe(
      "offer_parts_fixed",
    );
    expect(await refusal(db.update(offerParts).set({ fundedAt: null }).where(part))).toBe(
      "offer_parts_fixed",
    );
    const late = { offerId, investorId: await makeBarePerson(), amountCents: 1n, shares: 1n };
    expect(await refusal(db.insert(offerParts).values(late))).toBe("offer_parts_while_funding");
    const change = (set: Partial<typeof offers.$inferInsert>) =>
      refusal(db.update(offers).set(set).where(eq(offers.id, offerId)));
    expect(
      await change({ signedAt: day(1), settlesAt: day(8), investorMayLeaveUntil: day(5) }),
    ).toBe("offers_terms_fixed");
    expect(await change({ expiresAt: day(300) })).toBe("offers_terms_fixed");
    expect(await change({ message: "Other words." })).toBe("offers_terms_fixed");
    expect(await refusal(db.update(tokens).set({ mintedAt: day(1) }))).toBe("42501");
  });

  it("goes out only when the funded parts are the offer", async () => {
    const teacher = await makeTeacher(1_000_000n);
    const other = await makeTeacher(0n);
    const student = await makeActor();
    const applicationId = await admit(teacher, student, await makeCohort(teacher));
    const [model] = await getDb()
      .select()
      .from(offers)
      .where(eq(offers.id, await offer(teacher, applicationId)));
    if (!model) throw new Error("no offer");
    const row = { ...model, id: randomUUID(), madeBy: other.id, sentAt: null, expiresAt: null };
    const db = getDb();
    expect(await refusal(db.insert(offers).values({ ...model, id: randomUUID() }))).toBe(
      "offers_funded",
    );
    await db.insert(offers).values({ ...row, state: "funding" });
    const send = () =>
      refusal(
        db
          .update(offers)
          .set({ state: "open", sentAt: day(12), expiresAt: day(19) })
          .where(eq(offers.id, row.id)),
      );
    expect(await send()).toBe("offers_funded");
    await db.insert(offerParts).values({
      offerId: row.id,
      investorId: other.id,
      amountCents: row.amountCents,
      shares: row.shares - 1n,
      fundedAt: day(12),
    });
    expect(await send()).toBe("offers_funded");
    await db.insert(offerParts).values({
      offerId: row.id,
      investorId: teacher.id,
      amountCents: 1n,
      shares: 1n,
    });
    expect(await send()).toBe("offers_funded");
  });

  it("keeps a gain's figures and a deposit's amount", async () => {
    const token = await makeToken();
    const db = getDb();
    const [gain] = await db.insert(gains).values(gainOf(token.id)).returning();
    const at = eq(gains.id, gain?.id ?? "");
    expect(await refusal(db.update(gains).set({ distributableCents: 1n }).where(at))).toBe(
      "gains_fixed",
    );
    expect(await refusal(db.update(gains).set({ grade: "counterparty" }).where(at))).toBe(
      "accepted",
    );
    await giveCash(await makeBarePerson(), 5n);
    expect(await refusal(db.update(deposits).set({ amountCents: 1n }))).toBe("deposits_fixed");
  });
});

describe("keys", () => {
  it("a conflict found under the locks opens no account", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 1_000n);
    const shared = newKey();
    const [one, two] = [await makeWithdrawal(person, 10n), await makeWithdrawal(person, 20n)];
    const results = await Promise.all(
      [one, two].map((w) =>
        inTransaction((tx) =>
          post(tx, {
            ...entries.withdrawalRequested(actAt(START, shared), w),
            input: { withdrawal: w.id },
          }),
        ),
      ),
    );
    expect(results.map((r) => (r.ok ? "ok" : r.error)).sort()).toEqual([
      "idempotency_conflict",
      "ok",
    ]);
    const loser = results[0]?.ok ? two : one;
    expect(await getDb().select().from(accounts).where(eq(accounts.ownerId, loser.id))).toEqual([]);
  });

  it("of a transaction that fails is free again, for whoever waited for it", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n);
    const withdrawal = await makeWithdrawal(person, 60n);
    const entry = entries.withdrawalRequested(actAt(), withdrawal);
    let posted = () => {};
    const first = new Promise<void>((resolve) => {
      posted = resolve;
    });
    const failing = inTransaction(async (tx) => {
      await mustPost(entry, tx);
      posted();
      await new Promise((resolve) => setTimeout(resolve, 100));
      throw new Error("after the post");
    }).catch(() => "failed");
    await first;
    const waiting = await postAlone(entry);
    expect(await failing).toBe("failed");
    expect(waiting).toMatchObject({ ok: true, value: { replayed: false } });
    expect(await postAlone(entry)).toMatchObject({ ok: true, value: { replayed: true } });
  });

  it("a refused form may be sent again; a used one with other contents or by another person says so", async () => {
    const person = await actorOf(await makeBarePerson());
    const other = await actorOf(await makeBarePerson());
    const call = (amount: string, actor = person) =>
      requestWithdrawal({
        actor,
        input: { amount, destination: "A bank account" },
        idempotencyKey: "the same",
        now: START,
      });
    expect(codeOf(await call("1"))).toBe("unknown_account");
    await giveCash(person.id, 50n);
    expect(codeOf(await call("1"))).toBe("insufficient_balance");
    await giveCash(person.id, 450n);
    const both = await Promise.all([call("1"), call("1")]);
    expect(both.map(codeOf)).toEqual(["ok", "ok"]);
    expect(both[0]).toEqual(both[1]);
    expect(codeOf(await call("2"))).toBe("idempotency_conflict");
    expect(codeOf(await call("1", other))).toBe("unknown_account");
  });

  it("a settlement asked for before the signing leaves the later one alone", async () => {
    const { offerId, teacher } = await makeSigned();
    const student = await makeActor();
    const open = await offer(teacher, await admit(teacher, student, await makeCohort(teacher)));
    const early = { actor: SYSTEM, input: { offerId: open }, idempotencyKey: open } as const;
    expect(codeOf(await settleOffer({ ...early, now: day(13) }))).toBe("not_due");
    const kept = await getDb()
      .select()
      .from(commandResults)
      .where(eq(commandResults.idempotencyKey, open));
    expect(kept).toEqual([]);
    expect(must(await settle(offerId))).toMatchObject({ settled: true });
  });
});

describe("instants", () => {
  it("nothing settles before a gain that was declared already", async () => {
    const token = await makeToken();
    const investorId = await makeBarePerson();
    await giveCash(investorId, 100_000n);
    const bare = await makeBareOffer(token, [
      { investorId, amountCents: 100_000n, shares: 100_000n },
    ]);
    for (const part of bare.parts) await mustPost(entries.offerFunded(actAt(), part));
    await mustPost(signing(bare, actAt()));
    const midnight = day(2);
    const declared = new Date(midnight.getTime() + 1_000);
    await mustPost(
      entries.gainDeclared(actAt(declared), {
        id: randomUUID(),
        tokenId: token.id,
        tokenLogId: token.logId,
        ownerId: token.ownerId,
        recordInstant: midnight,
        proceedsCents: 10n,
        basisCents: 0n,
        costsCents: 0n,
        lossCents: 0n,
        distributableCents: 0n,
        grade: "self_reported",
        parts: [],
      }),
    );
    // Another process, whose clock had not struck midnight.
    const tooEarly = await postAlone(settling(bare, actAt(new Date(midnight.getTime() - 10_000))));
    expect(tooEarly).toEqual({ ok: false, error: "clock_behind" });
    const settled = await mustPost(settling(bare, actAt(new Date(midnight.getTime() - 500))));
    expect(settled.recordedAt).toEqual(declared);
    const [entry] = await getDb()
      .select()
      .from(journalEntries)
      .where(eq(journalEntries.id, settled.entryId));
    expect(entry?.effectiveAt).toEqual(declared);
  });

  it("a clamped clock keeps what took effect earlier where it was", async () => {
    const person = await makeBarePerson();
    await giveCash(person, 100n, day(1));
    const behind = new Date(day(1).getTime() - 4_000);
    const withdrawal = await makeWithdrawal(person, 5n);
    const entry = {
      ...entries.withdrawalRequested(actAt(behind), withdrawal),
      effectiveAt: day(0),
    };
    const posted = await mustPost(entry);
    expect(posted.recordedAt).toEqual(day(1));
    const [row] = await getDb()
      .select()
      .from(journalEntries)
      .where(eq(journalEntries.id, posted.entryId));
    expect(row?.effectiveAt).toEqual(day(0));
  });

  it("offers and their cooling-off count hours, whatever the session's time zone makes of days", async () => {
    const rows = await getDb().execute<{ text: string }>(
      "SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE contype = 'c' AND conrelid = 'offers'::regclass",
    );
    expect(rows.filter((row) => /interval/i.test(row.text)).length).toBeGreaterThan(0);
    expect(rows.filter((row) => /\bday/i.test(row.text))).toEqual([]);
  });
});

describe("large entries", () => {
  it("settles with as many investors in one entry as a token may have, pays them in one, and ends with a trace the lot whose cap it uses up", async () => {
    const most = policy.maxHoldersOneToken.value;
    const token = await makeToken();
    const owner = await actorOf(token.ownerId);
    const investors = await Promise.all(Array.from({ length: most - 1 }, makeBarePerson));
    await Promise.all(investors.map((id) => giveCash(id, 1_000n)));
    const bare = await makeBareOffer(
      token,
      investors.map((investorId) => ({ investorId, amountCents: 1_000n, shares: 1_000n })),
    );
    await Promise.all(bare.parts.map((part) => mustPost(entries.offerFunded(actAt(), part))));
    await mustPost(signing(bare, actAt()));
    await mustPost(settling(bare, actAt()));
    const capped = await settleBare(token, {
      paidCents: 1_000n,
      shares: 1_000n,
      now: START,
      capCents: 100n,
    });
    const held = await listEntitledLots(getDb(), token.id, day(2));
    expect(held).toHaveLength(most);
    const [gain] = await getDb().insert(gains).values(gainOf(token.id)).returning();
    if (!gain) throw new Error("no gain");
    const logIds = await getLogIds(getDb(), "person", [...investors, capped.investorId]);
    const parts = held.map(({ lotId, holderId }) => ({
      lotId,
      holderId,
      holderLogId: logIds.get(holderId) ?? "",
      cents: lotId === capped.lotId ? 100n : 7n,
    }));
    const facts = {
      ...gain,
      tokenLogId: token.logId,
      ownerId: token.ownerId,
      recordInstant: day(2),
    };
    await mustPost(entries.gainDeclared(actAt(day(5)), { ...facts, parts }));
    const pay = { actor: owner, input: { gainId: gain.id }, idempotencyKey: key(), now: day(6) };
    must(await payGain(pay));
    const traces = await getDb()
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subjectId, capped.lotId));
    expect(traces.map((trace) => [trace.subjectType, trace.data])).toEqual([
      ["lot", { cause: "cap" }],
    ]);
  });
});
