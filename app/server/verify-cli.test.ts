import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeKey, type TestLog, textOf } from "#tests/setup/log-world";
import { idOf, PEOPLE, richBook } from "#tests/setup/rich-book";
import { annsParts, type Forgery, forged, richLog } from "#tests/setup/verify-world";

type Run = { code: number; lines: string[]; stderr: string };
const PATIENCE_MS = 60_000;

/** The command as anyone runs it. */
const verify = (...args: string[]): Promise<Run> =>
  new Promise((done) => {
    const command = ["app/server/launch.mjs", "verify", ...args];
    execFile(process.execPath, command, { timeout: PATIENCE_MS }, (error, stdout, stderr) => {
      const code = error ? Number(error.code ?? -1) : 0;
      done({ code, lines: stdout.split("\n").filter((line) => line !== ""), stderr });
    });
  });

const vkey = makeKey().vkey;
const scratch = mkdtempSync(join(tmpdir(), "belay-verify-"));
const save = (name: string, text: string): string => {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
};

/** A later log that begins as the first one, and one that was written anew. */
function logs(): { then: TestLog; now: TestLog; other: TestLog } {
  const extend = (log: TestLog) => {
    for (let i = 0; i < 300; i++) log.append({ ...pen.keep("2024-03-01"), id: idOf(5000 + i) });
    return log.sign();
  };
  const pen = richBook();
  const then = richLog(pen);
  const now = extend(richLog(richBook()));
  const changed = richBook();
  const kept = changed.bodies.findIndex(({ kind }) => kind === "deposit");
  changed.bodies[kept] = { ...changed.bodies[kept], about: idOf(4999) } as never;
  return { then, now, other: extend(richLog(changed)) };
}

let world: ReturnType<typeof logs>;
let served: Record<string, string | Uint8Array | number>;
let tileLog: TestLog;
let server: Server;
let site: string;
let old: string;
let fresh: string;

beforeAll(async () => {
  world = logs();
  tileLog = world.now;
  old = await textOf(annsParts(world.then));
  fresh = await textOf(annsParts(world.now));
  server = createServer((request, response) => {
    const path = request.url ?? "";
    const tile = path.startsWith("/log/tile/") ? tileLog.tile(path.slice("/log/".length)) : null;
    const found = served[path.replace(/\?.*/, "")] ?? tile ?? 404;
    response.statusCode = typeof found === "number" ? found : 200;
    response.end(typeof found === "number" ? "" : found);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  served = { "/ann.json": fresh, "/log/vkey": `${vkey}\n`, "/broken.json": 500 };
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  rmSync(scratch, { recursive: true });
});

describe("npm run verify", () => {
  it("says of a true file what is recomputed and what is stated, and exits 0", async () => {
    const { code, lines, stderr } = await verify(save("ann.json", old), "--vkey", vkey);
    expect(stderr).not.toContain("Nothing is proven");
    expect(lines[0]).toBe(`trusted: the key that you gave, ${vkey}`);
    expect(lines).toContain(
      "recomputed: position dan, gross: paid in $11,500.00, back $7,000.00, unconfirmed $0.00, early $0.00, carried $1,289.06, DPI 0.61×, RVPI 0.11×, TVPI 0.72×, IRR −36.3% a year",
    );
    expect(lines.filter((line) => line.startsWith("stated by the operator: "))).toHaveLength(3);
    expect(lines.at(-1)).toMatch(/^true: /);
    expect(lines.some((line) => line.startsWith("LIE"))).toBe(false);
    expect(code).toBe(0);
  });

  it("trusts the key of a URL's own site, and says so", async () => {
    const { code, lines } = await verify(`${site}/ann.json`);
    expect(lines[0]).toBe(`trusted: the key that ${site}/log/vkey gives, ${vkey}`);
    expect(lines[1]).toMatch(/^not shown: .*--vkey/);
    expect(code).toBe(0);
  });

  it("never trusts the key that a bundle names itself", async () => {
    const key = makeKey("belay.test/log", 9);
    const text = await textOf(annsParts(richLog(richBook(), key)));
    const { code, lines } = await verify(save("own-key.json", text), "--vkey", vkey);
    expect(lines.at(-1)).toMatch(/^LIE: .*not signed by a key that you trust/);
    expect(code).toBe(1);
    served["/own-key.json"] = text;
    expect((await verify(`${site}/own-key.json`)).code).toBe(1);
    expect((await verify(`${site}/own-key.json`, "--vkey", key.vkey)).code).toBe(0);
  });

  it("finds another's record at a teacher's address", async () => {
    served["/teachers/ann/track-record.json"] = fresh;
    served["/teachers/bob/track-record.json"] = fresh;
    expect((await verify(`${site}/teachers/ann/track-record.json?download`)).code).toBe(0);
    expect((await verify(`${site}/teachers/ann/?from=search#record`)).code).toBe(0);
    const { code, lines } = await verify(`${site}/teachers/bob/track-record.json`);
    expect(lines.at(-1)).toBe("LIE: this is the record of ann, not of bob");
    expect(code).toBe(1);
  });

  const LIARS: [string, (bundle: Forgery) => unknown][] = [
    ["the newest loss left out", (b) => b.entries.pop()],
    ["a number of the summary", (b) => Object.assign(b.summary.gross, { dpi: "9.0000" })],
    ["the handle", (b) => Object.assign(b, { handle: "bob" })],
    ["an empty stranger", (b) => Object.assign(b, { person: idOf(9), entries: [], others: [] })],
    ["steering the terminal", (b) => Object.assign(b.summary, { students: "\u001b[2J" })],
  ];
  it.each(LIARS)("finds the lie: %s", async (_, change) => {
    const { code, lines } = await verify(save("liar.json", forged(old, change)), "--vkey", vkey);
    expect(lines.at(-1)).toMatch(/^LIE: [\x20-\x7e]+$/);
    expect(code).toBe(1);
  });

  it("finds no bundle in a page or in nothing", async () => {
    for (const text of ["<!doctype html>", "", "{}"]) {
      const { code, lines } = await verify(save("page.json", text), "--vkey", vkey);
      expect(lines.at(-1)).toMatch(/^LIE: this is no bundle/);
      expect(code).toBe(1);
    }
  });

  it("says how much is withheld, and exits 2", async () => {
    const pen = richBook();
    const { id, people } = pen.bodies.find(({ kind }) => kind === "evidence") ?? {
      id: "",
      people: [],
    };
    pen.write("withheld", "2024-02-05", id, {}, { people });
    const log = richLog(pen);
    const parts = annsParts(log);
    log.withhold(pen.bodies.findIndex((body) => body.id === id));
    const withheld = { ...parts, entries: log.chainOf(PEOPLE.ann).entries };
    const { code, lines } = await verify(save("part.json", await textOf(withheld)), "--vkey", vkey);
    expect(lines.at(-1)).toBe("incomplete: 1 of 23");
    expect(code).toBe(2);
  });
});

describe("npm run verify -- --since", () => {
  it("proves that nothing earlier changed; with a URL, that the whole log only grew", async () => {
    const earlier = save("old.json", old);
    const file = await verify(save("new.json", fresh), "--vkey", vkey, "--since", earlier);
    expect(file.lines).toContain("recomputed: nothing of the 24 earlier entries has changed");
    expect(file.lines.find((line) => line.startsWith("not shown: "))).toContain("the bundle's URL");
    expect(file.code).toBe(0);
    const url = await verify(`${site}/ann.json`, "--since", earlier);
    expect(url.lines).toContain("recomputed: the log of 38 leaves is the beginning of that of 339");
    expect(url.code).toBe(0);
  });

  it("finds a log that was written anew", async () => {
    tileLog = world.other;
    served["/ann.json"] = await textOf(annsParts(world.other));
    const { code, lines } = await verify(`${site}/ann.json`, "--since", save("old.json", old));
    served["/ann.json"] = fresh;
    tileLog = world.now;
    expect(lines.at(-1)).toMatch(/^LIE: the log's tiles do not prove/);
    expect(code).toBe(1);
  });

  it("finds an earlier bundle that holds more", async () => {
    const args = ["--vkey", vkey, "--since", save("new.json", fresh)];
    const { code, lines } = await verify(save("old.json", old), ...args);
    expect(lines.at(-1)).toMatch(/^LIE: the log had 339 leaves and now has 38/);
    expect(code).toBe(1);
  });
});

describe("what proves nothing exits 2 and says what to do", () => {
  it.each<[string, () => string[], RegExp]>([
    ["a file without a key", () => [save("ann.json", old)], /--vkey KEY/],
    ["a key that is none", () => [save("ann.json", old), "--vkey", "belay"], /no key of a log/],
    ["a file that is not there", () => [join(scratch, "none"), "--vkey", vkey], /cannot be read/],
    ["a folder", () => [scratch, "--vkey", vkey], /cannot be read/],
    ["an address where nothing is", () => [`${site}/none.json`], /there is nothing/],
    ["a server that fails", () => [`${site}/broken.json`], /status 500/],
    ["no server", () => ["http://127.0.0.1:1/ann.json"], /cannot be fetched/],
    ["no address", () => ["http://"], /no address/],
    [
      "an earlier file that is not there",
      () => [`${site}/ann.json`, "--since", join(scratch, "none")],
      /cannot be read/,
    ],
    ["nothing", () => [], /Name one bundle/],
    ["two bundles", () => ["a", "b"], /Name one bundle/],
    ["an unknown option", () => ["a", "--key", "b"], /--help/],
  ])("%s", async (_, args, about) => {
    const { code, lines, stderr } = await verify(...args());
    expect(stderr).toMatch(about);
    expect(stderr).toContain("Nothing is proven");
    expect(stderr).not.toContain("Unexpected failure");
    expect(lines.some((line) => /^(LIE|true)/.test(line))).toBe(false);
    expect(code).toBe(2);
  });

  it("a site without a key", async () => {
    delete served["/log/vkey"];
    const { code, stderr } = await verify(`${site}/ann.json`);
    served["/log/vkey"] = `${vkey}\n`;
    expect(stderr).toContain("/log/vkey gives no key");
    expect(code).toBe(2);
  });

  it("a log whose tiles cannot be had", async () => {
    const tile = "/log/tile/0/000";
    const earlier = save("old.json", old);
    served[tile] = 503;
    const { code, stderr } = await verify(`${site}/ann.json`, "--since", earlier);
    delete served[tile];
    expect(stderr).toContain(`${site}${tile} cannot be fetched: status 503`);
    expect(code).toBe(2);
  });

  it("--help says all of it", async () => {
    const { code, lines } = await verify("--help");
    const help = lines.join("\n");
    for (const word of ["FILE|URL", "--vkey", "--since", "LIE", "incomplete"])
      expect(help).toContain(word);
    expect(code).toBe(0);
  });
});
