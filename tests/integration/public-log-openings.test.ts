import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import type { Actor } from "~/auth/actor";
import { closeOpening } from "~/features/public-log/close-opening.server";
import { dropClosing } from "~/features/public-log/drop-closing.server";
import { getEntryPage, getSealedLeaf } from "~/features/public-log/get-entry-page.server";
import { listClosings, previewClosing } from "~/features/public-log/openings.server";
import { getBundleExport } from "~/features/records/bundle.server";
import * as entries from "~/ledger/entries";
import { getLogPlace } from "~/ledger/log/place.server";
import { Sequencer } from "~/ledger/log/sequencer.server";
import { actAt, giveCash, makeBarePerson, makeToken, mustPost, newKey } from "../setup/book";
import { useDatabase } from "../setup/database";
import { codeOf } from "../setup/deals";
import { askLog, changeEnv, logSettings } from "../setup/log-place";
import { actorOf, makeBareOperator, settle } from "../setup/settled";
import { judge } from "../setup/verify-world";

useDatabase();
const NOW = new Date("2026-06-01T00:00:00.000Z");
const operators: Actor[] = [];
beforeAll(async () => {
  changeEnv(logSettings());
  operators.push(await makeBareOperator(), await makeBareOperator());
});

const drain = () => new Sequencer({ place: getLogPlace, now: () => NOW }).drain();
const close = (which: number, entryId: string, reason = "An order of a court.") =>
  closeOpening({
    actor: operators[which] as Actor,
    input: { entryId, reason },
    idempotencyKey: newKey(),
    now: NOW,
  });
const drop = (which: number, entryId: string) =>
  dropClosing({
    actor: operators[which] as Actor,
    input: { entryId },
    idempotencyKey: newKey(),
    now: NOW,
  });
const previewBy = (which: number, entryId: string) =>
  previewClosing(operators[which] as Actor, { entryId, reason: "An order of a court." });
const proofOf = async (entryId: string, viewer: string | null) =>
  (await askLog(`proof/${entryId}`, viewer)).status;

async function verdictOf(handle: string) {
  const found = await getBundleExport(handle, NOW);
  if (found === null || found === "not yet") throw new Error(`no bundle: ${found}`);
  let text = "";
  for await (const piece of found.text) text += piece;
  return judge(text, { vkeys: getLogPlace().keys.map(({ vkey }) => vkey) });
}

test("a private opening is erased by two operators: then its party cannot prove it either", async () => {
  const personId = await makeBarePerson();
  const { logId } = await giveCash(personId, 1_000n);
  expect(codeOf(await close(0, logId))).toBe("not_closable");
  await drain();
  expect(await proofOf(logId, personId)).toBe(200);
  const preview = async (which: number) => {
    const found = await previewBy(which, logId);
    return found.ok ? found.value : null;
  };
  expect(await preview(0)).toMatchObject({ kind: "deposit", isPublic: false, first: null });
  expect((await preview(0))?.parties).toHaveLength(1);
  expect((await close(0, logId)).ok).toBe(true);
  expect((await preview(1))?.first?.reason).toBe("An order of a court.");
  expect(codeOf(await previewBy(0, logId))).toBe("needs_another");
  expect(await listClosings()).toMatchObject([{ entryId: logId, closedAt: null, secondBy: null }]);
  expect(codeOf(await close(0, logId))).toBe("needs_another");
  expect(await proofOf(logId, personId)).toBe(200);
  expect((await close(1, logId)).ok).toBe(true);
  expect(await proofOf(logId, personId)).toBe(404);
  expect(codeOf(await close(1, logId))).toBe("already_decided");
  const [taken] = await listClosings();
  expect(taken?.closedAt).toEqual(NOW);
  expect(taken?.secondBy).not.toBe(taken?.firstBy);
  expect(codeOf(await previewBy(0, logId))).toBe("already_decided");
  expect(codeOf(await previewBy(0, crypto.randomUUID()))).toBe("no_such_entry");
  await drain();
});

test("a request that waits is taken back or turned down, and nothing was taken away", async () => {
  const personId = await makeBarePerson();
  const { logId } = await giveCash(personId, 1_000n);
  await drain();
  expect(codeOf(await drop(0, logId))).toBe("not_asked");
  for (const who of [0, 1]) {
    expect((await close(0, logId)).ok).toBe(true);
    expect((await drop(who, logId)).ok).toBe(true);
    expect(await proofOf(logId, personId)).toBe(200);
    expect((await listClosings()).map(({ entryId }) => entryId)).not.toContain(logId);
  }
  // Whoever comes next is the first again.
  expect((await close(1, logId)).ok).toBe(true);
  expect(await proofOf(logId, personId)).toBe(200);
  expect((await close(0, logId)).ok).toBe(true);
  expect(codeOf(await drop(0, logId))).toBe("already_decided");
  const told = await getDb().execute<{ data: { decision: string } }>(
    sql`SELECT data FROM audit_events WHERE subject_id = ${logId} ORDER BY id`,
  );
  expect(told.map(({ data }) => data.decision)).toEqual([
    "first",
    "taken back",
    "first",
    "turned down",
    "first",
    "close",
  ]);
});

test("a public body is withheld with the checkpoint that says so, and every bundle says so", async () => {
  const investorId = await makeBarePerson();
  const { handle } = await actorOf(investorId);
  await mustPost(entries.personOpened(actAt(), { id: investorId, handle }));
  const token = await makeToken();
  await settle(token, {
    paidCents: 100_000n,
    shares: 10_000n,
    now: new Date("2026-02-01T00:00:00.000Z"),
    investorId,
  });
  await drain();
  expect((await verdictOf(handle)).verdict).toBe("true");
  const [row] = await getDb().execute<{ log_id: string; index: string }>(sql`
    SELECT e.log_id, l.index::text FROM journal_entries e JOIN log_leaves l ON l.entry_id = e.id WHERE e.kind = 'investment'`);
  const entryId = String(row?.log_id);
  expect((await close(0, entryId)).ok).toBe(true);
  expect((await close(1, entryId)).ok).toBe(true);
  // Until the log says so, nothing is missing.
  expect((await verdictOf(handle)).verdict).toBe("true");
  await drain();
  const after = await verdictOf(handle);
  expect(after.lies).toEqual([]);
  expect(after.verdict).toBe("incomplete");
  expect((await askLog(`open/${row?.index}`)).status).toBe(404);
  expect(await getEntryPage(row?.index)).toBeNull();
  expect(await getSealedLeaf(row?.index)).toMatchObject({ why: "withheld" });
  expect(await proofOf(entryId, investorId)).toBe(404);
});

test("neither its parties nor the application by itself can do it", async () => {
  const one = operators[0] as Actor;
  const { logId } = await giveCash(one.id, 1_000n);
  await drain();
  expect(codeOf(await close(0, logId))).toBe("not_found");
  expect(codeOf(await previewBy(0, logId))).toBe("own_case");
  expect((await close(1, logId)).ok).toBe(true);
  expect(codeOf(await drop(0, logId))).toBe("not_found");
  expect((await drop(1, logId)).ok).toBe(true);
  const [row] = await getDb().execute<{ id: string }>(
    sql`SELECT id::text FROM journal_entries WHERE log_id = ${logId}`,
  );
  await expect(
    getDb().execute(sql`SELECT log_erase_opening(${row?.id}::bigint)`),
  ).rejects.toThrow();
  await expect(getDb().execute(sql`SELECT log_keep_opening(${row?.id}::bigint)`)).rejects.toThrow();
  await expect(
    getDb().execute(sql`DELETE FROM entry_openings WHERE entry_id = ${row?.id}::bigint`),
  ).rejects.toThrow();
  const [announced] = await getDb().execute<{ log_id: string }>(
    sql`SELECT log_id FROM journal_entries WHERE kind = 'withheld'`,
  );
  expect(codeOf(await close(1, String(announced?.log_id)))).toBe("not_closable");
});
