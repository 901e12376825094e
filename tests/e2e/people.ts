import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";

export const PASSWORD = "a rope of eight strands";
const root = fileURLToPath(new URL("../..", import.meta.url));

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
  options: { javaScriptEnabled?: boolean } = {},
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

/** Somebody signs up through the form, opens the mailed link and confirms. */
export async function join(
  browser: Browser,
  who: { name: string; handle: string; birth?: string; javaScriptEnabled?: boolean },
): Promise<Visitor> {
  const opened = await openBrowser(browser, { javaScriptEnabled: who.javaScriptEnabled ?? true });
  const { page } = opened;
  const email = `${who.handle}@example.test`;
  await page.goto("/sign-up");
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
    await page
      .getByRole("row")
      .filter({ hasText: email })
      .first()
      .getByRole("link")
      .first()
      .click({ timeout: 2_000 });
    const body = (await page.locator("main").innerHTML()).replaceAll("&amp;", "&");
    found = new RegExp(`${path}\\?[^"'\\s<]+`).exec(body)?.[0] ?? "";
    expect(found).not.toBe("");
  }).toPass({ timeout: 20_000 });
  return found;
}

/** Makes someone an operator, from the command line. */
export function grantOperator(email: string): void {
  execFileSync("node", ["app/server/launch.mjs", "operator", "grant", email], {
    cwd: root,
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR ?? ".data/e2e", DEMO: "0" },
    stdio: "pipe",
  });
}

/** An operator moves the site's clock forward by days. */
export async function passDays(operator: Visitor, days: number): Promise<void> {
  await operator.page.goto("/dev/clock");
  await operator.page.getByLabel("Days").fill(String(days));
  await operator.page.getByRole("button", { name: "Move forward by these days" }).click();
  await expect(operator.page.getByRole("heading", { name: "Clock" })).toBeVisible();
}
