import { expect, type Page, test } from "@playwright/test";
import { join, openBrowser } from "./people";

/** What the server says of a page to somebody who has this version of it. */
const ask = async (page: Page, path: string, tag = "") => {
  const answer = await page.request.get(path, tag ? { headers: { "if-none-match": tag } } : {});
  const headers = answer.headers();
  return { status: answer.status(), tag: headers.etag ?? "", headers };
};

/** Scripts ran: the router has this page's modules. */
const runs = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => "__remixRouteModules" in window && document.readyState))
    .toBe("complete");

/** Comes to a page again and again, its scripts running each time; answers what the server said, by what came over the wire. */
async function comeAgain(page: Page, path: string) {
  const statuses: number[] = [];
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  const asked = new Map<string, string>();
  wire.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
    if (type === "Document") asked.set(requestId, new URL(request.url).pathname);
  });
  wire.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode }) => {
    if (asked.get(requestId) === path) statuses.push(statusCode);
  });
  await page.goto(path);
  // From now on the browser says in which time zone its reader is, which the page depends on.
  await page.waitForFunction(() => document.cookie !== "");
  for (let n = 0; n < 3; n++) {
    await page.goto("/sign-in");
    await page.goto(path);
    await runs(page);
  }
  await page.reload();
  await runs(page);
  return statuses;
}

test("a visitor's page is kept, asked for again, and its scripts still run", async ({
  browser,
}) => {
  const { page, context, problems } = await openBrowser(browser);
  const path = "/cohorts";
  expect(await comeAgain(page, path)).toEqual([200, 200, 304, 304, 304]);
  const first = await ask(page, path);
  // Kept for everybody: its own scripts run by their digests, for a nonce would be everybody's too.
  expect(first.headers["content-security-policy"]).toMatch(/script-src 'self' 'sha256-[^;]*;/);
  expect(first.headers["content-security-policy"]).not.toContain("nonce");
  expect(first.headers["cache-control"]).toBe("public, no-cache");
  expect(first.headers.vary).toContain("Cookie");
  const again = await ask(page, path, first.tag);
  expect([again.status, again.headers["content-security-policy"]]).toEqual([304, undefined]);
  // A link that only scripts follow without loading the page anew.
  await page.evaluate(() => Object.assign(window, { stays: true }));
  await page.getByRole("contentinfo").getByRole("link", { name: "The public log" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The public log");
  expect(await page.evaluate(() => "stays" in window)).toBe(true);
  expect(problems).toEqual([]);
  await context.close();
});

test("whoever signs in gets their own page, and nobody keeps it", async ({ browser }) => {
  const opened = await openBrowser(browser);
  const visitor = await ask(opened.page, "/rules");
  expect(visitor.tag).not.toBe("");
  const { page, context, problems } = await join(browser, {
    name: "Kim Kept",
    handle: "kim-kept",
  });
  const own = await ask(page, "/rules", visitor.tag);
  expect([own.status, own.tag, own.headers["cache-control"]]).toEqual([
    200,
    "",
    "private, no-cache",
  ]);
  expect(own.headers["content-security-policy"]).toContain("'nonce-");
  await page.goto("/rules");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  await page.goto("/rules");
  await expect(page.getByRole("button", { name: "Sign out" })).toHaveCount(0);
  expect(problems).toEqual([]);
  await context.close();
  await opened.context.close();
});
