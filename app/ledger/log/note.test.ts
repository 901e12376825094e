import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromBase64, toBase64 } from "./base64";
import { formatCheckpoint, formatTlogProof, parseCheckpoint, parseTlogProof } from "./checkpoint";
import { sha256, signText, verifierOf, verifyEd25519 } from "./crypto.server";
import {
  formatNote,
  formatSigningKey,
  formatVkey,
  openNote,
  parseNote,
  parseSigningKey,
  parseVkey,
  type SignerKey,
} from "./note";

const vector = JSON.parse(
  readFileSync(new URL("../../../tests/vectors/note.json", import.meta.url), "utf8"),
) as { vkey: string; skey: string; text: string; signatureLine: string };

const signer = (): SignerKey => {
  const key = parseSigningKey(vector.skey);
  if (!key) throw new Error("the published key is none");
  return key;
};
const published = `${vector.text}\n${vector.signatureLine}\n`;
const verifier = verifierOf(signer());
const open = (note: string, keys = [verifier]) => openNote(note, keys, verifyEd25519);

describe("the published note", () => {
  it("has the key that belongs to its private one", () => {
    expect(formatVkey(verifier)).toBe(vector.vkey);
    expect(parseVkey(sha256, vector.vkey)).toEqual(verifier);
    expect(formatSigningKey(signer())).toBe(vector.skey);
  });

  it("is made again to the byte, and opens", async () => {
    const signatures = [signText(signer(), vector.text)];
    expect(formatNote({ text: vector.text, signatures })).toBe(published);
    expect(await open(published)).toBe(vector.text);
  });

  it("opens beside the lines of strangers, with a key twice, and with a text that has blank lines", async () => {
    const stranger = verifierOf({ name: "someone.example", seed: new Uint8Array(32).fill(7) });
    const line = signText(
      { name: stranger.name, keyId: stranger.keyId, seed: new Uint8Array(32).fill(7) },
      vector.text,
    );
    const own = signText(signer(), vector.text);
    const signatures = [line, own, own];
    expect(await open(formatNote({ text: vector.text, signatures }))).toBe(vector.text);
    const text = "one\n\n\ntwo\n";
    const note = formatNote({ text, signatures: [signText(signer(), text)] });
    expect(await open(note)).toBe(text);
  });
});

describe("what is refused", () => {
  const { text, signatureLine } = vector;
  const other = signatureLine.replace("x08go/ZJ", "x08go/ZK");
  it.each([
    ["a changed text", published.replace("crypto", "krypto")],
    ["a changed signature", published.replace(signatureLine, other)],
    ["a wrong signature of a known key beside a right one", `${published}${other}\n`],
    ["no signature", `${text}\n`],
    ["no blank line", `${text}${signatureLine}\n`],
    ["no last newline", published.slice(0, -1)],
    ["a hyphen for the dash", published.replace("—", "-")],
    ["loose base64", published.replace("=\n", "\n")],
    ["spare bits", published.replace("AM=\n", "AN=\n")],
    ["two spaces", published.replace("— ", "—  ")],
    ["a control character", published.replace("crypto", "cry\u0007pto")],
    ["a carriage return", published.replaceAll("\n", "\r\n")],
    ["something after the signature", published.replace("=\n", "= x\n")],
    ["a short signature", `${text}\n— PeterNeumann ${toBase64(new Uint8Array(20))}\n`],
    ["nothing", ""],
  ])("%s", async (_, note) => {
    expect(await open(note)).toBeNull();
  });

  it("another key under the same name", async () => {
    const key = verifierOf({ name: verifier.name, seed: new Uint8Array(32).fill(1) });
    expect(await open(published, [key])).toBeNull();
    expect(await open(published, [{ ...key, keyId: verifier.keyId }])).toBeNull();
  });

  it.each([
    ["an id that is not its own", vector.vkey.replace("c74f20a3", "c74f20a4")],
    ["capitals in the id", vector.vkey.replace("c74f20a3", "C74F20A3")],
    ["another algorithm", vector.vkey.replace("+ARpc", "+BRpc")],
    ["a name with a space", vector.vkey.replace("Peter", "Peter ")],
    ["no name", vector.vkey.replace("PeterNeumann", "")],
    ["a short key", vector.vkey.slice(0, -4)],
  ])("a vkey with %s", (_, text) => {
    expect(parseVkey(sha256, text)).toBeNull();
  });

  it("a text that no note can hold", () => {
    for (const bad of ["no newline", "a tab\t\n", "\ud800\n"])
      expect(() => formatNote({ text: bad, signatures: [] })).toThrow(RangeError);
    expect(parseNote("a\n\nb\n")).toBeNull();
  });
});

describe("checkpoints", () => {
  const checkpoint = { origin: "belay.example/log", size: 70_000, root: sha256(new Uint8Array()) };
  const text = "belay.example/log\n70000\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

  it("are three lines", () => {
    expect(formatCheckpoint(checkpoint)).toBe(text);
    expect(parseCheckpoint(text)).toEqual({ ...checkpoint, root: new Uint8Array(checkpoint.root) });
    expect(parseCheckpoint(`${text}an extension\n`)?.size).toBe(70_000);
  });

  it.each([
    text.replace("70000", "070000"),
    text.replace("70000", "-1"),
    text.replace("70000", "99999999999999999"),
    text.replace("70000", "1e3"),
    text.replace("uFU=", "uFU"),
    text.replace("47DE", ""),
    text.slice(0, -1),
    `${text}\nafter a blank line\n`,
    "\n0\n\n",
  ])("refuse %j", (bad) => {
    expect(parseCheckpoint(bad)).toBeNull();
  });

  it("stand in a proof that can be read back", () => {
    const proof = {
      extra: Uint8Array.of(1, 2, 3),
      index: 3,
      hashes: [checkpoint.root, checkpoint.root].map((hash) => new Uint8Array(hash)),
      checkpoint: `${text}\n— belay.example/log AAAA\n`,
    };
    expect(formatTlogProof(proof)).toBe(
      `c2sp.org/tlog-proof@v1\nextra AQID\nindex 3\n${`${toBase64(checkpoint.root)}\n`.repeat(2)}\n${proof.checkpoint}`,
    );
    expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof);
    const bare = { ...proof, extra: null, hashes: [] };
    expect(parseTlogProof(formatTlogProof(bare))).toEqual(bare);
    for (const bad of ["index 03", "index", "extra ****\nindex 3"])
      expect(parseTlogProof(`c2sp.org/tlog-proof@v1\n${bad}\n\n${text}`)).toBeNull();
  });
});

describe("base64", () => {
  it.each(["QQ", "QR==", "QQ=", "Q Q=", "QQ==\n", "-_8=", "QQ==QQ=="])("refuses %j", (text) => {
    expect(fromBase64(text)).toBeNull();
  });
  it("reads what it writes, of any length", () => {
    for (const length of [0, 1, 2, 3, 100, 20_000]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) & 255);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }
  });
});
