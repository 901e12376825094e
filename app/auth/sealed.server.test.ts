import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgetEnv, readEnv } from "~/env.server";
import { setSingleton } from "~/lib/singleton.server";
import { seal, unseal } from "./sealed.server";

const OF = { purpose: "second-step", owner: "person-1" };
const key = () => randomBytes(32).toString("base64");
const useKey = (ENCRYPTION_KEY: string) => setSingleton("env", readEnv({ ENCRYPTION_KEY }));

beforeEach(() => useKey(key()));
afterEach(forgetEnv);

describe("a sealed text", () => {
  it("opens again, and shows nothing of itself, nor that two are alike", () => {
    const [one, two] = [seal("JBSWY3DPEHPK3PXP", OF), seal("JBSWY3DPEHPK3PXP", OF)];
    expect(unseal(one, OF)).toBe("JBSWY3DPEHPK3PXP");
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice(3), "base64url").toString("latin1")).not.toContain("JBSW");
    expect(unseal(seal("", OF), OF)).toBe("");
  });

  it("opens for no other owner, purpose or key", () => {
    const sealed = seal("secret", OF);
    expect(() => unseal(sealed, { ...OF, owner: "person-2" })).toThrow(/does not open/);
    expect(() => unseal(sealed, { ...OF, purpose: "mail" })).toThrow(/does not open/);
    useKey(key());
    expect(() => unseal(sealed, OF)).toThrow(/ENCRYPTION_KEY/);
  });

  it("does not open with any of its bytes changed, cut or bare", () => {
    const sealed = seal("secret", OF);
    const bytes = Buffer.from(sealed.slice(3), "base64url");
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => unseal(`v1.${changed.toString("base64url")}`, OF), String(at)).toThrow();
    }
    for (const cut of ["", "v1", "v1.", sealed.slice(0, 20), sealed.replace("v1", "v2"), "secret"])
      expect(() => unseal(cut, OF), cut).toThrow();
  });
});

it("without a key in the environment one is made beside the data, once, for its owner alone", () => {
  const place = mkdtempSync(join(tmpdir(), "belay-key-"));
  try {
    setSingleton("env", readEnv({ DATA_DIR: join(place, "data") }));
    const sealed = seal("secret", OF);
    const path = join(place, "data", "encryption-key");
    const made = readFileSync(path, "utf8");
    expect(Buffer.from(made, "base64")).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(unseal(sealed, OF)).toBe("secret");
    expect(readFileSync(path, "utf8")).toBe(made);
  } finally {
    rmSync(place, { recursive: true });
  }
});
