import { expect, type Page, test } from "@playwright/test";
import { makeKey, textOf } from "../setup/log-world";
import { annsParts, forged, richLog } from "../setup/verify-world";
import { join, openBrowser } from "./people";

const PAGE = "/dev/kit";
let honest: string;
test.beforeAll(async () => {
  honest = await textOf(annsParts(richLog()));
});

/** The page with the button, where the site answers with this record and this key. */
async function open(page: Page, record: string | null, vkey = makeKey().vkey): Promise<void> {
  await page.route("**/track-record.json", (route) =>
    record === null
      ? route.fulfill({ status: 503, body: "" })
      : route.fulfill({ contentType: "application/json", body: record }),
  );
  await page.route("**/log/vkey", (route) => route.fulfill({ body: `${vkey}\n` }));
  await page.goto(PAGE);
  await page.getByRole("button", { name: "Verify this record" }).click();
}

const lines = (page: Page) =>
  page.getByRole("list", { name: "What was found" }).getByRole("listitem");

test("a visitor verifies a record in the browser, line by line", async ({ browser }) => {
  const { page, problems } = await openBrowser(browser);
  await open(page, honest);
  await expect(
    page.getByText("This record agrees with the log: nothing is left out"),
  ).toBeVisible();
  await expect(lines(page).first()).toHaveText(
    "Recomputed: signed by belay.test/log: a log of 38 leaves",
  );
  await expect(
    lines(page).filter({ hasText: "Recomputed: position dan, gross: paid in $11,500.00" }),
  ).toHaveCount(1);
  await expect(lines(page).filter({ hasText: "Stated by the operator" })).toHaveCount(3);
  await expect(
    page.getByText(/npm run verify -- http.*track-record\.json --vkey KEY/),
  ).toBeVisible();
  await page.getByRole("button", { name: "Verify again" }).click();
  await expect(page.getByText("This record agrees with the log")).toBeVisible();
  expect(problems).toEqual([]);
  await page.context().close();
});

test("a record that was changed is false, and the line says where", async ({ browser }) => {
  const { page } = await openBrowser(browser);
  await open(
    page,
    forged(honest, (bundle) => Object.assign(bundle.summary.gross, { dpi: "9.0000" })),
  );
  await expect(page.getByText("This record is false")).toBeVisible();
  await expect(lines(page).filter({ hasText: "False" })).toHaveText(
    "False: gross.dpi is stated as 9.0000; the entries give 0.9000",
  );
  await page.context().close();
});

test("a loss that was left out, and another key, are found", async ({ browser }) => {
  const { page } = await openBrowser(browser);
  await open(
    page,
    forged(honest, ({ entries }) => entries.pop()),
  );
  await expect(lines(page).last()).toContainText("entries are left out");
  await open(page, honest, makeKey("belay.test/log", 9).vkey);
  await expect(lines(page).last()).toContainText("not signed by a key that you trust");
  await page.context().close();
});

test("a record that cannot be fetched proves nothing, and says what to do", async ({ browser }) => {
  const { page } = await openBrowser(browser);
  await open(page, null);
  await expect(page.getByText("could not be fetched (status 503). Try again")).toBeVisible();
  await expect(lines(page)).toHaveCount(0);
  await page.context().close();
});

test("on a teacher's page the site's own record is true; what is changed on its way is not", async ({
  browser,
}) => {
  const teacher = await join(browser, { name: "Vita Verified", handle: "vita-verified" });
  const record = "/teachers/vita-verified/track-record.json";
  await expect.poll(async () => (await teacher.page.request.get(record)).status()).toBe(200);
  const { page, problems } = await openBrowser(browser);
  await page.goto("/teachers/vita-verified");
  await page.getByRole("button", { name: "Verify this record" }).click();
  await expect(page.getByText("This record agrees with the log")).toBeVisible();
  await expect(lines(page).nth(1)).toContainText("vita-verified: 1 entry, each in the log");
  await page.route(`**${record}`, async (route) => {
    const honest = await (await route.fetch()).text();
    await route.fulfill({
      body: forged(honest, (bundle) => Object.assign(bundle.summary, { students: 7 })),
    });
  });
  await page.getByRole("button", { name: "Verify again" }).click();
  await expect(page.getByText("This record is false")).toBeVisible();
  await expect(lines(page).last()).toHaveText("False: students is stated as 7; the entries give 0");
  expect(problems).toEqual([]);
});

test("without scripts the command is there, and no button", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(PAGE);
  await expect(page.getByText(/npm run verify -- http/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Verify this record" })).toHaveCount(0);
  await context.close();
});
