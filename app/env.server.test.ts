import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EnvError, readEnv } from "./env.server";

function problems(source: Record<string, string>): string[] {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.problems.map((line) => line.split(":")[0] ?? "");
    throw error;
  }
  return [];
}

const production = {
  DATABASE_URL: "postgres://web@db.example/belay",
  APP_URL: "https://belay.example/",
  RESEND_API_KEY: "re_123",
  MAIL_FROM: "Belay <hello@belay.example>",
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  LOG_ORIGIN: "belay.example/log",
  LOG_SIGNING_KEY: "PRIVATE+KEY+belay.example/log+00000000+AAAA",
};

describe("readEnv", () => {
  it("needs nothing at home", () => {
    const env = readEnv({});
    expect(env).toMatchObject({
      production: false,
      HOST: "127.0.0.1",
      PORT: 3000,
      DATA_DIR: ".data",
      TRUST_PROXY: 0,
    });
    expect(env.appUrl).toBe("http://localhost:3000");
    expect(env.DEMO).toBeUndefined();
  });

  it("takes empty values for absent ones", () => {
    expect(readEnv({ DATABASE_URL: "", PORT: "", DEMO: "" })).toMatchObject({
      production: false,
      PORT: 3000,
    });
  });

  it("is production exactly when a database is given", () => {
    expect(readEnv({ NODE_ENV: "production" }).production).toBe(false);
    expect(readEnv({ ...production, NODE_ENV: "development" }).production).toBe(true);
    expect(readEnv(production).appUrl).toBe("https://belay.example");
  });

  it("takes the owner's login alone for both", () => {
    const { DATABASE_URL, ...rest } = production;
    const env = readEnv({ ...rest, MIGRATE_DATABASE_URL: DATABASE_URL });
    expect(env).toMatchObject({
      production: true,
      DATABASE_URL,
      MIGRATE_DATABASE_URL: DATABASE_URL,
    });
  });

  it("names everything that production lacks at once", () => {
    expect(problems({ DATABASE_URL: production.DATABASE_URL })).toEqual([
      "APP_URL",
      "RESEND_API_KEY",
      "MAIL_FROM",
      "ENCRYPTION_KEY",
      "LOG_ORIGIN",
      "LOG_SIGNING_KEY",
    ]);
  });

  it.each([
    ["PORT", "80a"],
    ["PORT", "65536"],
    ["DATABASE_URL", "mysql://db.example/belay"],
    ["APP_URL", "belay.example"],
    ["DATABASE_ROLE", 'a"; drop role b'],
    ["ENCRYPTION_KEY", "a word"],
    ["ENCRYPTION_KEY", Buffer.alloc(31).toString("base64")],
    ["ENCRYPTION_KEY", Buffer.alloc(33).toString("base64")],
    ["LOG_ORIGIN", "https://belay.example/log"],
    ["LOG_ORIGIN", "belay.example/log/"],
    ["LOG_SIGNING_KEY", "a word"],
    ["TRUST_PROXY", "yes"],
    ["DEMO", "true"],
    ["LOG_LEVEL", "loud"],
  ])("refuses %s=%s", (name, value) => {
    expect(problems({ ...production, [name]: value })).toEqual([name]);
  });
});

it("every variable is in the README and in .env.example", () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
  const names = [...read("./env.server.ts").matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(
    (found) => found[1] ?? "",
  );
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    expect(read("../README.md"), name).toContain(`\`${name}\``);
    if (name !== "NODE_ENV")
      expect(read("../.env.example"), name).toMatch(new RegExp(`^${name}=`, "m"));
  }
});
