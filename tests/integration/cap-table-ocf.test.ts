import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { type Actor, SYSTEM } from "~/auth/actor";
import { askReversal, confirmReversal } from "~/features/conduct/reverse-entry.server";
import { getCapTableOcf } from "~/features/tokens/cap-table-ocf.server";
import { endLot } from "~/features/tokens/end-lot.server";
import { offerParting } from "~/features/tokens/offer-parting.server";
import { settleParting } from "~/features/tokens/settle-parting.server";
import { getCapTable } from "~/ledger/cap-table.server";
import { getLogIds } from "~/ledger/read.server";
import { loader } from "~/routes/tokens.$token.cap-table[.]ocf[.]zip/route";
import type { BareToken } from "../setup/book";
import { useDatabase } from "../setup/database";
import { must } from "../setup/deals";
import { publishLog } from "../setup/log-place";
import {
  at,
  call,
  giveCash,
  lotsOf,
  makeBuyer,
  makeHolder,
  makeOwner,
  refusalOf,
  resold,
} from "../setup/sales";
import { latestEntry, makeBareOperator } from "../setup/settled";

useDatabase();

type Item = Record<string, unknown> & { object_type: string };
type File = { file_type: string; items: Item[] };

async function reverse(entryId: string, now: Date): Promise<void> {
  const [first, second] = [await makeBareOperator(), await makeBareOperator()];
  const input = { entryId, reason: "error", orderNumber: "AZ 7/26", note: "Wrong buyer." };
  const asked = must(await askReversal(call(first, input, now)));
  expect(refusalOf(await confirmReversal(call(second, asked, now)))).toBe("ok");
}

async function filesOf(token: BareToken): Promise<Record<string, string>> {
  const zip = await getCapTableOcf(token.logId);
  if (!zip) throw new Error("no package");
  return Object.fromEntries(
    Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
}

/** What each stakeholder holds by the format's own rules: issued, and not taken by a later transaction. */
function holdingsIn(transactions: File): Map<string, bigint> {
  const live = new Map<string, { whose: string; shares: bigint }>();
  const named = new Set<string>();
  for (const item of transactions.items) {
    const security = String(item.security_id);
    if (item.object_type === "TX_STOCK_ISSUANCE") {
      expect(live.has(security)).toBe(false);
      named.delete(security);
      live.set(security, {
        whose: String(item.stakeholder_id),
        shares: BigInt(String(item.quantity)),
      });
      continue;
    }
    const taken = live.get(security);
    if (!taken) throw new Error(`${item.object_type} of ${security}, which nobody has`);
    const quantity = item.quantity === undefined ? taken.shares : BigInt(String(item.quantity));
    expect(quantity <= taken.shares).toBe(true);
    expect(item.balance_security_id !== undefined).toBe(quantity < taken.shares);
    for (const id of [item.balance_security_id, ...((item.resulting_security_ids as []) ?? [])])
      if (id !== undefined) named.add(String(id));
    live.delete(security);
  }
  expect([...named]).toEqual([]);
  const sums = new Map<string, bigint>();
  for (const { whose, shares } of live.values()) sums.set(whose, (sums.get(whose) ?? 0n) + shares);
  return sums;
}

/** The package's holdings are the cap table's, and add up to the whole token. */
async function expectCapTable(token: BareToken): Promise<Item[]> {
  const files = await filesOf(token);
  const transactions = JSON.parse(files["Transactions.ocf.json"] ?? "") as File;
  const table = await getCapTable(getDb(), token);
  const ids = [token.ownerId, ...table.holders.map(({ holderId }) => holderId)];
  const logIds = await getLogIds(getDb(), "person", ids);
  const expected = new Map(
    table.holders.map(({ holderId, shares }) => [logIds.get(holderId) ?? "", shares]),
  );
  expected.set(logIds.get(token.ownerId) ?? "", table.ownerShares + table.reservedShares);
  const found = holdingsIn(transactions);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  expect([...found.values()].reduce((a, b) => a + b, 0n)).toBe(10_000_000n);
  return transactions.items;
}

/** A token whose shares went every way: sold, resold in part, taken back, bought out, ended. */
async function makeHistory(check: (token: BareToken) => Promise<unknown>) {
  const { token, owner } = await makeOwner();
  await check(token);
  const deal = { paidCents: 1_000_001n, shares: 300_000n };
  const first = await makeHolder(token, { ...deal, day: "2026-01-10", sunset: "2026-06-30" });
  const second = await makeHolder(token, { ...deal, day: "2026-01-12" });
  await check(token);
  const buyers: Actor[] = [await makeBuyer(50_000), await makeBuyer(50_000)];
  const [one, other] = buyers as [Actor, Actor];
  await resold(token, owner, first, one, { percent: "1", price: "5,000" }, at("2026-02-01"));
  await check(token);
  await reverse(await latestEntry("resale"), at("2026-03-01"));
  await check(token);
  await resold(token, owner, first, other, { percent: "2.5", price: "9,000" }, at("2026-03-02"));
  await check(token);
  await makeHolder(token, { ...deal, day: "2026-04-01" });
  await check(token);
  await reverse(await latestEntry("investment"), at("2026-04-02"));
  await check(token);
  await giveCash(owner.id, 10_000_000n, at("2026-04-03"));
  const { partingId } = must(
    await offerParting(call(owner, { holder: second.handle, price: "20,000" }, at("2026-05-01"))),
  );
  must(await settleParting(call(SYSTEM, { partingId }, at("2026-06-01"))));
  await check(token);
  const [lot] = await lotsOf(first, token);
  must(await endLot(call(SYSTEM, { lotId: lot?.id }, at("2026-07-01"))));
  return { token };
}

describe("a cap table in the Open Cap Table Format", () => {
  test("holds what the cap table holds, after each way that shares can go", async () => {
    const { token } = await makeHistory(expectCapTable);
    const items = await expectCapTable(token);
    const types = new Set(items.map(({ object_type }) => object_type));
    for (const type of ["ISSUANCE", "TRANSFER", "REPURCHASE", "CANCELLATION", "RETRACTION"])
      expect(types).toContain(`TX_STOCK_${type}`);
    expect(items.find(({ object_type }) => object_type === "TX_STOCK_REPURCHASE")).toMatchObject({
      date: "2026-06-01",
      quantity: "300000",
      price: { amount: "0.0666666667", currency: "USD" },
    });
    expect(items[1]).toMatchObject({
      object_type: "TX_STOCK_TRANSFER",
      date: "2026-01-10",
      quantity: "300000",
      consideration_text: "Investment: $10,000.01 paid",
    });
    expect(items[2]).toMatchObject({
      object_type: "TX_STOCK_ISSUANCE",
      share_price: { amount: "0.0333333667", currency: "USD" },
    });
  });

  test("begins with all that an earlier one had, and stands for the signed tree alone", async () => {
    const { token, owner } = await makeOwner();
    const deal = { paidCents: 1_000_000n, shares: 100_000n };
    await makeHolder(token, { ...deal, day: "2026-01-10" });
    const before = JSON.parse((await filesOf(token))["Transactions.ocf.json"] ?? "") as File;
    await publishLog(at("2026-01-11"));
    const signed = await getCapTableOcf(token.logId);
    await makeHolder(token, { ...deal, day: "2026-01-12" });
    expect(await getCapTableOcf(token.logId)).toEqual(signed);
    await publishLog(at("2026-01-13"));
    const after = JSON.parse((await filesOf(token))["Transactions.ocf.json"] ?? "") as File;
    expect(after.items.slice(0, before.items.length)).toEqual(before.items);
    expect(after.items.length).toBeGreaterThan(before.items.length);
    const ids = after.items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(owner.handle).not.toBe("");
  });

  test("is served to every origin as a file, 304 to whoever has it, 404 for no token", async () => {
    const { token } = await makeOwner();
    await publishLog(at("2026-01-02"));
    const ask = (id: string, headers: Record<string, string> = {}) =>
      loader({
        params: { token: id },
        request: new Request("http://x.test/", { headers }),
        context: { clientAddress: "192.0.2.44" },
      } as unknown as LoaderFunctionArgs);
    const answer = await ask(token.logId);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/zip");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    const tag = answer.headers.get("etag") ?? "";
    expect(tag).toMatch(/^"/);
    expect((await ask(token.logId, { "if-none-match": tag })).status).toBe(304);
    expect((await ask(token.id)).status).toBe(404);
    expect((await ask("not-a-token")).status).toBe(404);
  });
});

const schemas = process.env.OCF_SCHEMAS ?? "";
const folder = existsSync(join(schemas, "schema")) ? join(schemas, "schema") : schemas;
const hasSchemas = schemas !== "" && existsSync(join(folder, "files"));
const NAMES: Record<string, string> = {
  "Manifest.ocf.json": "OCFManifestFile",
  "Stakeholders.ocf.json": "StakeholdersFile",
  "StockClasses.ocf.json": "StockClassesFile",
  "Transactions.ocf.json": "TransactionsFile",
};

describe("by the published schemas", () => {
  test("every file is valid, and the manifest has each by its digest", async ({ skip }) => {
    skip(!hasSchemas, "OCF_SCHEMAS names no folder with the schemas of version 1.2.0");
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
      if (name.endsWith(".json"))
        ajv.addSchema(JSON.parse(readFileSync(join(folder, name), "utf8")));
    const { token } = await makeHistory(async () => {});
    await publishLog(at("2026-08-01"));
    const files = await filesOf(token);
    expect(Object.keys(files)).toEqual(Object.keys(NAMES));
    for (const [name, schema] of Object.entries(NAMES)) {
      const check = ajv.getSchema(
        `https://schema.opencaptablecoalition.com/v/1.2.0/files/${schema}.schema.json`,
      );
      if (!check) throw new Error(`no schema of ${schema}`);
      const content = JSON.parse(files[name] ?? "");
      expect([name, check(content), check.errors]).toEqual([name, true, null]);
      expect([name, check({ ...content, more: 1 })]).toEqual([name, false]);
    }
    const manifest = JSON.parse(files["Manifest.ocf.json"] ?? "");
    const listed = Object.entries(manifest)
      .filter(([key]) => key.endsWith("_files"))
      .flatMap(([, value]) => value as { filepath: string; md5: string }[]);
    expect(listed.map(({ filepath }) => filepath).sort()).toEqual(
      Object.keys(NAMES).slice(1).sort(),
    );
    for (const { filepath, md5 } of listed)
      expect(
        createHash("md5")
          .update(files[filepath] ?? "")
          .digest("hex"),
      ).toBe(md5);
  });
});
