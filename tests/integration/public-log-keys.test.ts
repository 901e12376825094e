import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getDb } from "#db/client.server";
import { SYSTEM } from "~/auth/actor";
import { announceKey } from "~/features/public-log/announce-key.server";
import { formatSigningKey, parseNote } from "~/ledger/log/note";
import { getLogPlace, keepNewKey, makeSigningKey } from "~/ledger/log/place.server";
import { getPublished } from "~/ledger/log/published.server";
import { LogStopped, Sequencer } from "~/ledger/log/sequencer.server";
import { giveCash, makeBarePerson, newKey, START } from "../setup/book";
import { useDatabase } from "../setup/database";
import { askLog, changeEnv } from "../setup/log-place";
import { keysOf } from "../setup/verify-world";

useDatabase();
const DAY_MS = 86_400_000;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "belay-log-"));
  changeEnv({ LOG_STATE_DIR: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dayAfter = (days: number) => new Date(START.getTime() + days * DAY_MS);
const text = async (path: string) => (await askLog(path)).text();

/** Posts something and publishes it on that day; answers the ids of the keys that signed. */
async function signersOn(day: number): Promise<string[]> {
  await giveCash(await makeBarePerson(), 100n);
  await new Sequencer({ place: getLogPlace, now: () => dayAfter(day) }).drain();
  const note = parseNote((await getPublished(getDb()))?.note ?? "");
  return (note?.signatures ?? []).map(({ keyId }) => Buffer.from(keyId).toString("hex"));
}
const idOf = (vkey: string) =>
  keysOf(vkey).map(({ keyId }) => Buffer.from(keyId).toString("hex"))[0] as string;
const announce = (vkey: string, day: number) =>
  announceKey({ actor: SYSTEM, input: { vkey }, idempotencyKey: newKey(), now: dayAfter(day) });

test("a key is made once, for its owner's eyes alone", async () => {
  const [first] = getLogPlace().keys;
  expect(getLogPlace().keys[0]?.vkey).toBe(first?.vkey);
  expect(statSync(join(folder, "signing-keys")).mode & 0o077).toBe(0);
  expect(first?.name).toMatch(/^localhost\/log-[0-9a-f]{8}$/);
  expect(await signersOn(0)).toEqual([idOf(first?.vkey ?? "")]);
});

test("a new key signs from its announcement on, for 90 days beside the one before", async () => {
  const place = getLogPlace();
  const old = place.keys[0]?.vkey ?? "";
  const next = makeSigningKey(place.origin);
  keepNewKey(place, next);
  // Not before it is announced.
  expect(await signersOn(1)).toEqual([idOf(old)]);
  expect((await announce(next.vkey, 2)).ok).toBe(true);
  expect((await announce(next.vkey, 3)).ok).toBe(true);
  expect(await signersOn(3)).toEqual([idOf(next.vkey), idOf(old)]);
  expect((await text("vkey")).trim().split("\n")).toEqual([next.vkey, old]);
  expect(await signersOn(91)).toEqual([idOf(next.vkey), idOf(old)]);
  expect(await signersOn(92)).toEqual([idOf(next.vkey)]);
});

test("the announcement is in nobody's chain and open to all", async () => {
  for (let index = 0; ; index++) {
    const response = await askLog(`open/${index}`);
    if (response.status !== 200) {
      expect(index).toBeLessThan(100);
      continue;
    }
    const { body } = (await response.json()) as { body: string };
    const opened = JSON.parse(Buffer.from(body, "base64").toString());
    if (opened.kind !== "key_changed") continue;
    expect(opened.people).toEqual([]);
    expect(opened.data.vkey).toBe(getLogPlace().keys[0]?.vkey);
    return;
  }
});

test("a key that was never announced signs nothing, and another log's is refused", async () => {
  const { origin } = getLogPlace();
  const stranger = makeSigningKey(origin);
  changeEnv({ LOG_SIGNING_KEY: formatSigningKey(stranger), LOG_ORIGIN: origin });
  await expect(signersOn(100)).rejects.toThrow(LogStopped);
  changeEnv({ LOG_SIGNING_KEY: formatSigningKey(makeSigningKey("other.example/log")) });
  expect(() => getLogPlace()).toThrow("a log's key bears its name");
  changeEnv({ LOG_SIGNING_KEY: "PRIVATE+KEY+nothing+00000000+AAAA" });
  expect(() => getLogPlace()).toThrow("cannot be read");
});
