import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { persons } from "#db/schema/index";
import { getBundleExport } from "~/features/records/bundle.server";
import * as entries from "~/ledger/entries";
import { type Checkpoint, parseCheckpoint, parseTlogProof } from "~/ledger/log/checkpoint";
import { sha256, verifyEd25519 } from "~/ledger/log/crypto.server";
import { commitmentOf, parseEntryLeaf, parseHeadsLeaf } from "~/ledger/log/leaf";
import { leafHash, provesConsistency, rootFromInclusion, treeOf } from "~/ledger/log/merkle";
import { openNote } from "~/ledger/log/note";
import { getLogPlace, type LogPlace } from "~/ledger/log/place.server";
import { getPublished } from "~/ledger/log/published.server";
import { LogStopped, Sequencer, type Step } from "~/ledger/log/sequencer.server";
import { parseEntryBundle } from "~/ledger/log/tiles";
import { getConsistencyProof } from "~/ledger/log/tree.server";
import {
  actAt,
  type BareToken,
  giveCash,
  makeBarePerson,
  makeToken,
  mustPost,
  START,
} from "../setup/book";
import { useDatabase } from "../setup/database";
import { askLog, changeEnv } from "../setup/log-place";
import { settle } from "../setup/settled";
import { judge, keysOf } from "../setup/verify-world";

const database = useDatabase();
const at = (day: string) => new Date(`${day}T12:00:00.000Z`);
let folder: string;
let place: LogPlace;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "belay-log-"));
  changeEnv({ LOG_STATE_DIR: folder });
  place = getLogPlace();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sequencer = (onStep?: (step: Step) => void) =>
  new Sequencer({ place: getLogPlace, now: () => START, ...(onStep ? { onStep } : {}) });

async function handleOf(personId: string): Promise<string> {
  const [row] = await getDb().execute<{ handle: string }>(
    sql`SELECT handle FROM ${persons} WHERE id = ${personId}`,
  );
  return String(row?.handle);
}

async function openPerson(personId: string): Promise<string> {
  const handle = await handleOf(personId);
  await mustPost(entries.personOpened(actAt(), { id: personId, handle }));
  return handle;
}

/** A student whose token an investor bought into, both with a handle in the log. */
async function invested(): Promise<{ token: BareToken; investorId: string; handle: string }> {
  const investorId = await makeBarePerson();
  const handle = await openPerson(investorId);
  const token = await makeToken();
  await openPerson(token.ownerId);
  await settle(token, {
    paidCents: 6_666_667n,
    shares: 100_000n,
    now: at("2026-02-01"),
    investorId,
  });
  return { token, investorId, handle };
}

async function published(): Promise<Checkpoint & { note: string }> {
  const found = await getPublished(getDb());
  if (!found) throw new Error("nothing was published");
  const keys = keysOf(...place.keys.map(({ vkey }) => vkey));
  const checkpoint = parseCheckpoint(String(await openNote(found.note, keys, verifyEd25519)));
  if (!checkpoint) throw new Error("no checkpoint");
  return { ...checkpoint, note: found.note };
}

const leaves = async (): Promise<Buffer[]> =>
  (await getDb().execute<{ data: Buffer }>(sql`SELECT data FROM log_leaves ORDER BY index`)).map(
    (row) => row.data,
  );
const bytesOf = async (path: string) => {
  const response = await askLog(path);
  return response.status === 200 ? new Uint8Array(await response.arrayBuffer()) : null;
};
const textOf = async (path: string, viewer: string | null = null) =>
  (await askLog(path, viewer)).text();
const statusOf = async (path: string, viewer: string | null = null) =>
  (await askLog(path, viewer)).status;

async function bundleOf(handle: string, now = at("2026-11-01")): Promise<string> {
  const found = await getBundleExport(handle, now);
  if (found === null || found === "not yet") throw new Error(`no bundle: ${found}`);
  let text = "";
  for await (const piece of found.text) text += piece;
  return text;
}
const vkeys = () => place.keys.map(({ vkey }) => vkey);

/** As the owner with the guards off, as nobody but a database administrator could. */
async function tamper(...statements: string[]): Promise<void> {
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await owner.unsafe("SET session_replication_role = replica");
    for (const one of statements) await owner.unsafe(one);
  } finally {
    await owner.end({ timeout: 5 });
  }
}

describe("the sequencer", () => {
  test("takes what waits into a tree that ends with all heads, and signs it", async () => {
    const { handle } = await invested();
    const taken = await sequencer().drain();
    expect(taken).toBeGreaterThan(5);
    const [waiting] = await getDb().execute(sql`SELECT count(*)::int AS n FROM log_queue`);
    expect(waiting?.n).toBe(0);
    const signed = await published();
    const all = await leaves();
    expect(signed.size).toBe(all.length);
    expect(signed.root).toEqual(
      treeOf(
        sha256,
        all.map((data) => leafHash(sha256, data)),
      ).root,
    );
    const heads = parseHeadsLeaf(all.at(-1) as Buffer);
    expect(heads?.n).toBeGreaterThanOrEqual(2);
    const outcome = await judge(await bundleOf(handle), { vkeys: vkeys() });
    expect(outcome.lies).toEqual([]);
    expect(outcome.verdict).toBe("true");
  });

  test("commits to private entries without naming anybody", async () => {
    const personId = await makeBarePerson();
    const { logId } = await giveCash(personId, 500n);
    await sequencer().drain();
    const [row] = await getDb().execute<{ data: Buffer; body: Buffer; salt: Buffer }>(sql`
      SELECT l.data, o.body, o.salt FROM log_leaves l JOIN journal_entries e ON e.id = l.entry_id JOIN entry_openings o ON o.entry_id = e.id
      WHERE e.log_id = ${logId}`);
    if (!row) throw new Error("not in the log");
    const leaf = parseEntryLeaf(row.data);
    expect(leaf?.chains).toEqual([]);
    expect(leaf?.commit).toEqual(new Uint8Array(commitmentOf(sha256, row.salt, row.body)));
    expect(JSON.parse(row.body.toString()).people).toEqual([]);
  });

  test("every tree that was signed is the beginning of every later one", async () => {
    const made: Checkpoint[] = [];
    const one = sequencer();
    for (let round = 0; round < 6; round++) {
      const personId = await makeBarePerson();
      for (let i = 0; i <= round * 7; i++) await giveCash(personId, 100n + BigInt(i));
      await openPerson(personId);
      await one.drain();
      made.push(await published());
    }
    for (const [i, from] of made.entries())
      for (const to of made.slice(i)) {
        const proof = await getConsistencyProof(getDb(), from.size, to.size);
        expect(provesConsistency(sha256, from, to, proof)).toBe(true);
      }
  });

  test("is the same log with tiles that are full as with one that is kept in memory", async () => {
    const personId = await makeBarePerson();
    await openPerson(personId);
    const one = sequencer();
    for (let i = 0; i < 300; i++) {
      await giveCash(personId, 100n + BigInt(i));
      if (i % 97 === 0) await one.drain();
    }
    // Another process, which knows nothing of the edge, goes on.
    await sequencer().drain();
    const all = await leaves();
    const tree = treeOf(
      sha256,
      all.map((data) => leafHash(sha256, data)),
    );
    expect((await published()).root).toEqual(tree.root);
    const full = Math.floor(all.length / 256);
    expect(full).toBeGreaterThanOrEqual(1);
    expect(await bytesOf("tile/0/000")).toEqual(
      new Uint8Array(Buffer.concat(all.slice(0, 256).map((data) => leafHash(sha256, data)))),
    );
    const above = await bytesOf(`tile/1/000.p/${full}`);
    expect(above?.slice(0, 32)).toEqual(
      treeOf(
        sha256,
        all.slice(0, 256).map((data) => leafHash(sha256, data)),
      ).root,
    );
    expect(parseEntryBundle((await bytesOf("tile/entries/000")) as Uint8Array)).toEqual(
      all.slice(0, 256).map((data) => new Uint8Array(data)),
    );
  });
});

describe("whatever kills it", () => {
  test.each(["before append", "appended", "marked", "published"] as const)(
    "%s: the next one goes on, with the same bytes",
    async (step) => {
      await invested();
      let armed = false;
      const broken = sequencer((now) => {
        if (now === step && armed) throw new Error("killed");
      });
      // What was published before is not what is killed.
      await broken.drain();
      armed = true;
      await giveCash(await makeBarePerson(), 777n);
      const before = await published();
      await expect(broken.drain()).rejects.toThrow("killed");
      const marked = readFileSync(join(folder, "high-water-mark"), "utf8");
      await sequencer().drain();
      const after = await published();
      expect(after.size).toBe(before.size + 2);
      const proof = await getConsistencyProof(getDb(), before.size, after.size);
      expect(provesConsistency(sha256, before, after, proof)).toBe(true);
      if (step === "marked") expect(parseCheckpoint(marked)?.root).toEqual(after.root);
      // The one that was interrupted goes on too.
      armed = false;
      await giveCash(await makeBarePerson(), 778n);
      await broken.drain();
      expect((await published()).size).toBe(after.size + 2);
    },
  );

  test("one that has long been running publishes what another left appended", async () => {
    const running = sequencer();
    await giveCash(await makeBarePerson(), 5n);
    await running.drain();
    const before = await published();
    const broken = sequencer((step) => {
      if (step === "appended") throw new Error("killed");
    });
    await giveCash(await makeBarePerson(), 6n);
    await expect(broken.advance()).rejects.toThrow("killed");
    expect((await published()).size).toBe(before.size);
    expect(await running.advance()).toBe(0);
    expect((await published()).size).toBe(before.size + 2);
    await giveCash(await makeBarePerson(), 7n);
    expect(await running.advance()).toBe(1);
    expect((await published()).size).toBe(before.size + 4);
  });

  test("two at once make one log", async () => {
    const people = await Promise.all(Array.from({ length: 12 }, makeBarePerson));
    const posting = (async () => {
      for (let i = 0; i < 60; i++) await giveCash(people[i % 12] as string, BigInt(i + 1));
    })();
    const running = [sequencer(), sequencer(), sequencer()].map(async (one) => {
      for (let i = 0; i < 40; i++) await one.advance();
    });
    await Promise.all([posting, ...running]);
    await sequencer().drain();
    const all = await leaves();
    expect((await published()).root).toEqual(
      treeOf(
        sha256,
        all.map((data) => leafHash(sha256, data)),
      ).root,
    );
  });
});

describe("a database that is not the one that was signed", () => {
  test("an older copy is refused before anything is appended", async () => {
    await giveCash(await makeBarePerson(), 100n);
    await sequencer().drain();
    const { size } = await published();
    const mark = readFileSync(join(folder, "high-water-mark"), "utf8");
    writeFileSync(join(folder, "high-water-mark"), mark.replace(`\n${size}\n`, `\n${size + 2}\n`));
    await giveCash(await makeBarePerson(), 100n);
    await expect(sequencer().advance()).rejects.toThrow(LogStopped);
    await expect(sequencer().advance()).rejects.toThrow(`${size} leaves of it, but ${size + 2}`);
    expect((await leaves()).length).toBe(size);
    writeFileSync(join(folder, "high-water-mark"), mark);
    expect(await sequencer().drain()).toBe(1);
  });

  test("a fork is refused, and never signed", async () => {
    await giveCash(await makeBarePerson(), 100n);
    await sequencer().drain();
    const { size } = await published();
    await giveCash(await makeBarePerson(), 100n);
    const hash = "decode(repeat('ab', 32), 'hex')";
    await tamper(`UPDATE log_leaves SET hash = ${hash} WHERE index = ${size - 1}`);
    await expect(sequencer().drain()).rejects.toThrow("a fork");
    expect((await published()).size).toBe(size);
    // Put right again, so that the books of this file end true.
    const data = (await leaves())[size - 1] as Buffer;
    const right = Buffer.from(leafHash(sha256, data)).toString("hex");
    await tamper(
      `UPDATE log_leaves SET hash = decode('${right}', 'hex') WHERE index = ${size - 1}`,
      `INSERT INTO log_queue SELECT entry_id FROM log_leaves WHERE index >= ${size} AND entry_id IS NOT NULL`,
      `DELETE FROM log_links WHERE leaf_index >= ${size}`,
      `DELETE FROM log_leaves WHERE index >= ${size}`,
      `DELETE FROM log_trees WHERE size > ${size}`,
      `UPDATE log_state SET size = ${size}`,
    );
    await sequencer().drain();
  });
});

describe("what is served", () => {
  test("a proof that stands by itself, of public entries for everybody, of private ones for their parties", async () => {
    const { handle, investorId } = await invested();
    await sequencer().drain();
    const { root, size } = await published();
    const [opening, deposit] = await getDb().execute<{ log_id: string }>(sql`
      (SELECT log_id FROM journal_entries WHERE kind = 'person_opened' AND about_id = ${investorId})
      UNION ALL (SELECT e.log_id FROM journal_entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.to_id
        WHERE e.kind = 'deposit' AND a.owner_id = ${investorId})`);
    const proof = parseTlogProof(await textOf(`proof/${opening?.log_id}`));
    const extra = JSON.parse(Buffer.from(proof?.extra ?? []).toString());
    const leaf = Buffer.from(extra.leaf, "base64");
    const found = rootFromInclusion(
      sha256,
      leafHash(sha256, leaf),
      proof?.index ?? 0,
      size,
      proof?.hashes ?? [],
    );
    expect(found).toEqual(root);
    expect(JSON.parse(Buffer.from(extra.body, "base64").toString()).data).toEqual({ handle });
    expect(await statusOf(`open/${proof?.index}`)).toBe(200);
    expect(await statusOf(`proof/${deposit?.log_id}`)).toBe(404);
    expect(await statusOf(`proof/${deposit?.log_id}`, await makeBarePerson())).toBe(404);
    const own = parseTlogProof(await textOf(`proof/${deposit?.log_id}`, investorId));
    expect(own).not.toBeNull();
    expect(await statusOf(`open/${own?.index}`)).toBe(404);
  });

  test("nothing beyond what is signed, and no other spelling", async () => {
    await giveCash(await makeBarePerson(), 100n);
    await sequencer().drain();
    const { size } = await published();
    const index = String(Math.floor(size / 256)).padStart(3, "0");
    const width = size % 256;
    expect(await statusOf(`tile/0/${index}.p/${width}`)).toBe(200);
    expect(await statusOf(`tile/entries/${index}.p/1`)).toBe(200);
    for (const path of [
      `tile/0/${index}.p/${width + 1}`,
      `tile/0/${index}`,
      `tile/0/${index}.p/256`,
      `tile/0/${index}.p/0`,
      `tile/00/${index}.p/1`,
      "tile/0/999",
      "tile/0",
      "open/999999",
      "open/-1",
      "proof/1",
      "nothing",
      "",
    ])
      expect([path, await statusOf(path)]).toEqual([path, 404]);
    const missing = await askLog("tile/0/999");
    expect(missing.headers.get("cache-control")).toBe("no-store");
    const tile = await askLog(`tile/0/${index}.p/${width}`);
    expect(Object.fromEntries(tile.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "cache-control": "max-age=31536000, immutable",
      "content-type": "application/octet-stream",
    });
    // What is appended but not signed yet is not there.
    await giveCash(await makeBarePerson(), 100n);
    const stopped = sequencer((step) => {
      if (step === "appended") throw new Error("killed");
    });
    await expect(stopped.advance()).rejects.toThrow("killed");
    expect(await statusOf(`tile/0/${index}.p/${width + 1}`)).toBe(404);
    expect((await published()).size).toBe(size);
  });

  test("all checkpoints, and the key that signed them", async () => {
    await giveCash(await makeBarePerson(), 100n);
    await sequencer().drain();
    const notes = (await textOf("checkpoints")).split(/\n\n(?=localhost)/);
    expect(notes.length).toBeGreaterThan(3);
    expect((await textOf("vkey")).split("\n")).toContain(place.keys[0]?.vkey);
  });

  test("a bundle of somebody without investments is empty and true", async () => {
    const handle = await openPerson(await makeBarePerson());
    expect(await getBundleExport(handle, START)).toBe("not yet");
    await sequencer().drain();
    const outcome = await judge(await bundleOf(handle), { vkeys: vkeys() });
    expect(outcome.verdict).toBe("true");
    expect(await getBundleExport("nobody-at-all", START)).toBeNull();
  });
});

describe("its tables", () => {
  test("are nobody's to change", async () => {
    await giveCash(await makeBarePerson(), 100n);
    await sequencer().drain();
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
    try {
      const tables = ["leaves", "links", "tile_hashes", "trees", "checkpoints", "keys"];
      for (const table of tables.map((name) => `log_${name}`)) {
        await expect(owner.unsafe(`TRUNCATE ${table} CASCADE`)).rejects.toThrow("never changed");
        if (table === "log_tile_hashes") continue;
        await expect(owner.unsafe(`DELETE FROM ${table}`)).rejects.toThrow("never changed");
        const [column] = await owner`
          SELECT column_name FROM information_schema.columns WHERE table_name = ${table} LIMIT 1`;
        await expect(
          owner.unsafe(`UPDATE ${table} SET ${column?.column_name} = ${column?.column_name}`),
        ).rejects.toThrow("never changed");
        const db = getDb();
        await expect(db.execute(sql.raw(`INSERT INTO ${table} DEFAULT VALUES`))).rejects.toThrow();
      }
    } finally {
      await owner.end({ timeout: 5 });
    }
  });
});
