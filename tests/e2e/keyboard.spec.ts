import { expect, type Page, test } from "@playwright/test";
import { choose, expectVisibleFocus, follow, tabTo, type } from "./keys";
import { join, joinAsOperator, openBrowser, PASSWORD } from "./people";
import { admitAndOffer, deposit, openCohort, says, siteTime, verify } from "./steps";

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name });
const place = (page: Page, name: string) =>
  page.getByRole("banner").getByRole("link", { name, exact: true });
const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

test("the first key leads past the head; Tab walks the whole page in its order and out again", async ({
  browser,
}) => {
  const { page, problems } = await openBrowser(browser);
  await page.goto("/sign-up");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the page" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(main(page)).toBeFocused();
  await page.keyboard.press("Tab");
  expect(await main(page).evaluate((it) => it.contains(document.activeElement))).toBe(true);

  await page.goto("/sign-up");
  const order = await page.evaluate(() => {
    const all = [
      ...document.querySelectorAll<HTMLElement>("a[href], button, input, select, summary"),
    ];
    const shown = all.filter((it) => it.checkVisibility() && it.getAttribute("type") !== "hidden");
    for (const [index, it] of shown.entries()) it.dataset.order = String(index);
    return shown.length;
  });
  expect(order).toBeGreaterThan(15);
  for (let expected = 0; expected < order; expected++) {
    await page.keyboard.press("Tab");
    await expectVisibleFocus(page);
    const reached = await page.evaluate(
      () => (document.activeElement as HTMLElement | null)?.dataset.order,
    );
    // A date has parts that are stepped through one by one.
    if (reached === String(expected - 1)) expected -= 1;
    else expect(reached).toBe(String(expected));
  }
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  expect(problems).toEqual([]);
});

test("on a phone Enter opens the menu, and Escape closes it and leaves the focus there", async ({
  browser,
}) => {
  const { page, problems } = await openBrowser(browser);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/rules", { waitUntil: "networkidle" });
  const menu = page.getByTestId("menu").locator("summary");
  await follow(page, menu);
  await expect(place(page, "Teachers")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(place(page, "Teachers")).toBeHidden();
  await expect(menu).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, place(page, "Teachers"));
  await page.keyboard.press("Escape");
  await expect(place(page, "Teachers")).toBeHidden();
  await expect(menu).toBeFocused();
  await page.keyboard.press("Enter");
  await follow(page, place(page, "Teachers"));
  await heading(page, "Teachers");
  await expect(place(page, "Teachers")).toBeHidden();
  expect(problems).toEqual([]);
});

test("by keyboard alone: sign in, apply, read an offer, answer, make the token and sign", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const operator = await joinAsOperator(browser, { name: "Kaja Berg", handle: "kaja-berg" });
  const second = await joinAsOperator(browser, { name: "Knut Berg", handle: "knut-berg" });
  const teacher = await join(browser, { name: "Tessa Keys", handle: "tessa-keys" });
  const student = await join(browser, { name: "Sam Keys", handle: "sam-keys" });
  await verify(teacher, operator);
  await deposit(teacher, [operator, second], "70,000.00", "KEYS-1");
  const slug = await openCohort(teacher, "Locks and keys", await siteTime(operator));
  await student.context.clearCookies();
  const { page } = student;

  await test.step("she signs in and finds the cohort", async () => {
    await page.goto("/");
    await follow(page, place(page, "Sign in"));
    await heading(page, "Sign in");
    await type(page, "E-mail address", student.email);
    await type(page, "Password", PASSWORD);
    await page.keyboard.press("Enter");
    await heading(page, /^Hello/);
    await follow(page, place(page, "Cohorts"));
    await heading(page, "Cohorts");
    await follow(page, main(page).getByRole("link", { name: "Locks and keys" }));
    await heading(page, "Locks and keys");
  });

  await test.step("she applies; what is missing is said, and leads to its field", async () => {
    await follow(page, main(page).getByRole("link", { name: /apply/i }));
    await heading(page, /^Apply/);
    await type(page, "What have you made that did not work?", "A hand of cardboard.");
    await follow(page, button(page, /submit/i));
    const summary = page.getByRole("alert");
    await expect(summary).toBeFocused();
    await follow(page, summary.getByRole("link").first());
    await expect(page.getByLabel("What would you try if money were no matter?")).toBeFocused();
    await page.keyboard.type("Locks of rope.");
    await follow(page, button(page, /submit/i));
    await heading(page, /^Your application/);
  });

  await admitAndOffer(teacher, student, slug);

  await test.step("she reads the offer and answers the three questions", async () => {
    await follow(page, place(page, "Offers"));
    await heading(page, "Your offers");
    await follow(page, main(page).locator('a[href^="/offers/"]').first());
    await heading(page, /offers you/);
    await follow(page, button(page, "I have read this"));
    await heading(page, "Three questions");
    await choose(page, "$10,000.00");
    await choose(page, "Nothing");
    await choose(page, /^Possibly on the whole gain/);
    await follow(page, button(page, "Check my answers"));
  });

  await test.step("she makes the token and signs", async () => {
    await expect(button(page, "Sign and make my token")).toBeVisible();
    await type(page, "Your full legal name", student.name);
    await follow(page, button(page, "Sign and make my token"));
    await expect(button(page, /^Sign and reserve/)).toBeVisible();
    await tabTo(page, page.getByRole("checkbox"));
    await page.keyboard.press("Space");
    await type(page, "Your full legal name", student.name);
    await follow(page, button(page, "Sign and reserve 100,000 shares"));
    await says(page, "You have signed");
  });

  expect(student.problems).toEqual([]);
});
