import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
} from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import postgres from "postgres";

export const PASSWORD = "a rope of eight strands";
const root = fileURLToPath(new URL("../..", import.meta.url));

const STEP_MS = 30_000;

/** A person with a browser of their own, and everything that went wrong in it. */
export type Visitor = {
  page: Page;
  context: BrowserContext;
  problems: string[];
  handle: string;
  name: string;
  email: string;
};

/** Opens a browser context that remembers page errors and refused scripts or styles. */
export async function openBrowser(
  browser: Browser,
  options: Pick<BrowserContextOptions, "javaScriptEnabled" | "storageState"> = {},
): Promise<Pick<Visitor, "page" | "context" | "problems">> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    // Refusals answer 4xx on purpose; leaving a page ends what it was still reading.
    if (message.type() !== "error" || /status of 4\d\d|^AbortError/.test(text)) return;
    problems.push(`${page.url()}: ${text}`);
  });
  return { context, page, problems };
}

/** Somebody signs up through the form, opens the mailed link and confirms; they come from `from`, by its link to the form. */
export async function join(
  browser: Browser,
  who: {
    name: string;
    handle: string;
    birth?: string;
    javaScriptEnabled?: boolean;
    from?: string;
  },
): Promise<Visitor> {
  const opened = await openBrowser(browser, { javaScriptEnabled: who.javaScriptEnabled ?? true });
  const { page } = opened;
  const email = `${who.handle}@example.test`;
  await page.goto(who.from ?? "/sign-up");
  if (who.from) await page.getByRole("main").getByRole("link", { name: "Open an account" }).click();
  await page.getByLabel("Name", { exact: true }).fill(who.name);
  await page.getByLabel("Handle").fill(who.handle);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel("Legal name").fill(who.name);
  await page.getByLabel("Date of birth").fill(who.birth ?? "1996-05-20");
  await page.getByLabel("Country you live in").selectOption("US");
  await page.getByRole("button", { name: "Open my account" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/mail/i);
  const link = await mailedLink(page, email, "/verify-email");
  await page.goto(link);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirm my address and sign in" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  return { ...opened, handle: who.handle, name: who.name, email };
}

/** The path of a link in the newest message to that address. */
export async function mailedLink(page: Page, email: string, path: string): Promise<string> {
  let found = "";
  await expect(async () => {
    await page.goto("/dev/mail");
    const message = page.getByRole("row").filter({ hasText: email }).first().getByRole("link");
    await page.goto((await message.first().getAttribute("href", { timeout: 2_000 })) ?? "");
    const body = (await page.locator("main").innerHTML()).replaceAll("&amp;", "&");
    found = new RegExp(`${path}\\?[^"'\\s<]+`).exec(body)?.[0] ?? "";
    expect(found).not.toBe("");
  }).toPass({ timeout: 60_000 });
  return found;
}

/** A command line of the site under test; answers what it prints. */
function commandLine(...args: string[]): string {
  return execFileSync("node", ["app/server/launch.mjs", ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR ?? ".data/e2e", DEMO: "0" },
    stdio: "pipe",
    encoding: "utf8",
  });
}

/** Makes someone an operator, from the command line. */
export function grantOperator(email: string): void {
  commandLine("operator", "grant", email);
}

/** Turns somebody's lost second step off, from the command line; answers what it prints. */
export const resetSecondStep = (email: string): string =>
  commandLine("operator", "reset-second-step", email);

/** Makes the proof of who they are, which lasts five minutes, older than that in all of a person's browsers. */
export async function letProofLapse(email: string): Promise<void> {
  const sql = postgres(commandLine("db", "url").trim().split("\n").at(-1) ?? "", { max: 1 });
  try {
    await sql`update sessions set proved_at = now() - interval '6 minutes' where user_id = (select id from persons where email = ${email})`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** An operator, with the authenticator that the desk asks for. */
export type Operator = Visitor & { secret: string; lastStep: number; recoveryCodes: string[] };

/**
 * The next code of an operator's authenticator that was not used yet; waits for one where it must. Never the code of the
 * step before the present one: it might be two steps old when it arrives.
 */
export async function nextCode(operator: Operator): Promise<string> {
  const stepNow = () => Math.floor(Date.now() / STEP_MS);
  const step = Math.max(operator.lastStep + 1, stepNow());
  while (step > stepNow() + 1) await operator.page.waitForTimeout(500);
  operator.lastStep = step;
  return new TOTP({ secret: Secret.fromBase32(operator.secret) }).generate({
    timestamp: step * STEP_MS,
  });
}

/** Somebody signs up, is made an operator, and is led to set up the second step before the desk opens. */
export async function joinAsOperator(
  browser: Browser,
  who: Parameters<typeof join>[1],
): Promise<Operator> {
  const visitor = await join(browser, who);
  grantOperator(visitor.email);
  const { page } = visitor;
  await page.goto("/desk");
  await expect(page).toHaveURL(/\/account\/second-step/);
  await page.getByRole("button", { name: "Set up a second step" }).click();
  const secret = (await page.getByTestId("secret").innerText()).trim();
  const operator: Operator = { ...visitor, secret, lastStep: 0, recoveryCodes: [] };
  await page.getByLabel("Code", { exact: true }).fill(await nextCode(operator));
  await page.getByRole("button", { name: "Turn the second step on" }).click();
  const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  operator.recoveryCodes = await codes.allInnerTexts();
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Desk");
  return operator;
}

/** Gives the proof where the page asks for one; an act within five minutes of another is not asked. */
export async function proveIfAsked(who: Visitor | Operator): Promise<void> {
  const { page } = who;
  const asked = page.getByRole("heading", { name: "Prove that it is you" });
  if (!(await asked.isVisible())) return;
  await page.getByLabel("Your password").fill(PASSWORD);
  if ("secret" in who) await page.getByLabel("Code", { exact: true }).fill(await nextCode(who));
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(asked).toHaveCount(0);
}

/** An operator moves the site's clock forward by days. */
export async function passDays(operator: Visitor, days: number): Promise<void> {
  await operator.page.goto("/dev/clock");
  await operator.page.getByLabel("Days").fill(String(days));
  await operator.page.getByRole("button", { name: "Move forward by these days" }).click();
  await expect(operator.page.getByRole("heading", { name: "Clock" })).toBeVisible();
}
