import { beforeAll, describe, expect, it } from "vitest";
import { makeKey, textOf } from "#tests/setup/log-world";
import { PEOPLE, VALUED } from "#tests/setup/rich-book";
import { annsParts, forged, richLog } from "#tests/setup/verify-world";
import noteVector from "#tests/vectors/note.json";
import { verifyEd25519 } from "~/ledger/log/crypto.server";
import { openNote, parseVkey } from "~/ledger/log/note";
import { browserTools, type Said, verifyAtSite } from "./verify-at-site";

const ASKED = {
  bundleUrl: "https://belay.test/teachers/ann/track-record.json",
  vkeyUrl: "https://belay.test/log/vkey",
};
let honest: string;
beforeAll(async () => {
  honest = await textOf(annsParts(richLog()));
});

/** What is said with these answers; a number is a status, null no network. */
async function said(bundle: string | number | null, vkey: string | number | null): Promise<Said[]> {
  const all: Said[] = [];
  const answer = async (url: string | URL | Request): Promise<Response> => {
    const found = url === ASKED.bundleUrl ? bundle : vkey;
    if (found === null) throw new TypeError("Failed to fetch");
    return typeof found === "number" ? new Response("no", { status: found }) : new Response(found);
  };
  await verifyAtSite(ASKED, (one) => all.push(one), answer);
  return all;
}
const vkey = `${makeKey("belay.test/log", 2).vkey}\n${makeKey().vkey}\n`;

describe("verifying in a browser", () => {
  it("tells how far it is, what it finds, and the end", async () => {
    const all = await said(honest, vkey);
    const length = new TextEncoder().encode(honest).length;
    expect(all[0]).toMatchObject({ kind: "read" });
    expect(all.filter(({ kind }) => kind === "read").at(-1)).toMatchObject({ bytes: length });
    expect(all).toContainEqual({ kind: "checked", done: 24, of: 24 });
    expect(all.filter(({ kind }) => kind === "found").length).toBeGreaterThan(20);
    expect(all.at(-1)).toEqual({ kind: "ended", verdict: "true" });
  });

  it("finds a lie, and trusts no key but the site's", async () => {
    const cut = forged(honest, ({ entries }) => entries.pop());
    expect((await said(cut, vkey)).at(-1)).toEqual({ kind: "ended", verdict: "lie" });
    const bobs = await textOf(richLog().partsOf(PEOPLE.bob, VALUED));
    expect((await said(bobs, vkey)).at(-1)).toEqual({ kind: "ended", verdict: "lie" });
    const other = makeKey("belay.test/log", 9).vkey;
    expect((await said(honest, other)).at(-1)).toEqual({ kind: "ended", verdict: "lie" });
  });

  it.each<[string, string | number | null, string | number | null, RegExp]>([
    ["no record", 404, vkey, /track-record.json could not be fetched \(status 404\)/],
    ["no key", "", 503, /vkey could not be fetched \(status 503\)/],
    ["no network", null, null, /vkey could not be fetched\. Try again/],
    ["a page in place of the key", "", "<!doctype html>\n", /gives no key of a log/],
  ])("proves nothing with %s", async (_, bundle, key, about) => {
    const last = (await said(bundle, key)).at(-1);
    expect(last).toMatchObject({ kind: "failed" });
    expect((last as { why: string }).why).toMatch(about);
  });
});

describe("hash and signature without Node", () => {
  it("open the published note as Node does, and no other", async () => {
    const key = parseVkey(browserTools.sha256, noteVector.vkey);
    if (!key) throw new Error("the published key is none");
    const note = `${noteVector.text}\n${noteVector.signatureLine}\n`;
    expect(await openNote(note, [key], browserTools.verifyEd25519)).toBe(noteVector.text);
    const changed = note.replace(noteVector.text[0] as string, "#");
    expect(await openNote(changed, [key], browserTools.verifyEd25519)).toBeNull();
  });

  it("refuse what is no key or no signature", () => {
    const message = new Uint8Array(3);
    for (const [key, signature] of [
      [new Uint8Array(32).fill(0xff), new Uint8Array(64)],
      [new Uint8Array(32).fill(2), new Uint8Array(64).fill(0xff)],
      [new Uint8Array(31), new Uint8Array(64)],
      [new Uint8Array(32), new Uint8Array(63)],
    ] as const)
      expect(browserTools.verifyEd25519(key, message, signature)).toBe(false);
    expect(verifyEd25519(new Uint8Array(32).fill(2), message, new Uint8Array(64))).toBe(false);
  });
});
