import { afterAll, beforeAll, expect, test } from "vitest";
import { readEnv } from "~/env.server";
import { FLASHES } from "~/lib/flash";
import { clearSingleton, setSingleton } from "~/lib/singleton.server";
import { redirectSaying, takeFlash } from "./flash.server";

beforeAll(() => setSingleton("env", readEnv({ NODE_ENV: "test", PORT: "3000" })));
afterAll(() => clearSingleton("env"));

const asking = (cookie: string) => new Request("http://localhost:3000/x", { headers: { cookie } });

test("what went well is said on the next page, and once", async () => {
  const response = (await redirectSaying("/profile", "profile-saved")) as unknown as Response;
  expect(response.headers.get("location")).toBe("/profile");
  const set = response.headers.get("set-cookie") ?? "";
  expect(set).toContain("HttpOnly");
  const taken = await takeFlash(asking(set.split(";")[0] ?? ""));
  expect(taken?.said).toBe(FLASHES["profile-saved"]);
  expect(taken?.clear).toContain("Max-Age=0");
});

test.each([
  "",
  "belay_flash=",
  `belay_flash=${btoa(JSON.stringify("toString"))}`,
  `belay_flash=${btoa(JSON.stringify("You have won"))}`,
  "belay_flash=%%%",
])("nothing is said that is not ours to say: %j", async (cookie) =>
  expect(await takeFlash(asking(cookie))).toBeNull(),
);
