import { type Browser, expect, type Page, test } from "@playwright/test";
import { join, openBrowser, type Visitor } from "./people";
import { openCohort, press, says, timeOfMail } from "./steps";

const COHORT = "Bridges for visitors";
let teacher: Visitor;
let slug: string;

/** A teacher with a profile that everybody reads in part, and a cohort that is open. */
async function makeAWorldToVisit(browser: Browser): Promise<void> {
  teacher = await join(browser, { name: "Vera Visited", handle: "vera-visited" });
  slug = await openCohort(teacher, COHORT, await timeOfMail(teacher));
  const { page } = teacher;
  await page.goto("/profile");
  await page.getByLabel("In one line").fill("Bridges that hold");
  await page.getByLabel("Your work").fill("Three **bridges**.");
  await page.getByLabel("Exploration plan").fill("A bridge of ice.");
  await page
    .getByRole("group", { name: "Who reads your exploration plan" })
    .getByLabel("Whoever has signed in here")
    .check();
  await press(page, "Save my profile");
  await expect(page.getByRole("status")).toContainText("Your profile is saved.");
  await page.reload();
  await expect(page.getByRole("status")).toHaveText("");
  await expect(page.getByLabel("Whoever has signed in here").nth(1)).toBeChecked();
}

const search = async (page: Page, typed: string) => {
  await page.getByRole("searchbox").first().fill(typed);
  await page.getByRole("searchbox").first().press("Enter");
};

test.beforeAll(({ browser }) => makeAWorldToVisit(browser));

test("a visitor reads: landing, cohort, people, record, rules, search", async ({ browser }) => {
  const { page, problems } = await openBrowser(browser);
  await page.goto("/");
  for (const who of ["You want to learn", "You teach", "You know somebody good", "You doubt"])
    await says(page, who);

  await page.getByRole("link", { name: "Find a cohort" }).click();
  // The front page names the cohort too, and twice.
  await expect(page).toHaveURL(/\/cohorts$/);
  await page.getByRole("link", { name: COHORT }).click();
  await says(page, "Vera Visited");

  await search(page, "vera");
  await expect(page).toHaveURL(/\/search\?q=vera$/);
  await says(page, "Bridges that hold");
  await expect(page.getByRole("link", { name: COHORT })).toBeVisible();
  await search(page, "nobody-of-that-name");
  await says(page, "Nobody and no cohort is found for “nobody-of-that-name”");
  await search(page, "vera");

  await page.getByRole("link", { name: "Vera Visited", exact: true }).click();
  await says(page, "Three bridges.");
  await says(page, "shows this to whoever has signed in only");
  await expect(page.getByText("A bridge of ice.")).toHaveCount(0);
  await page.getByRole("link", { name: /record as a teacher/ }).click();
  await says(page, "has not invested in a student yet");

  await page.getByRole("link", { name: "The rules and why" }).click();
  await says(page, "At most 20% of a token");
  await says(page, "Why: Time to read, ask and sleep on it before an offer lapses.");
  await page.getByRole("link", { name: "Scouts" }).click();
  await expect(page).toHaveURL(/\/rules#scout$/);
  expect(problems).toEqual([]);
});

test("an address that leads nowhere helps on", async ({ browser }) => {
  const { page, problems } = await openBrowser(browser);
  const response = await page.goto("/no/such/page");
  expect(response?.status()).toBe(404);
  await says(page, "There is nothing here");
  await page.getByRole("main").getByRole("searchbox").fill("bridges");
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await says(page, COHORT);
  expect(problems).toEqual([]);
});

test("on paper there are words, and nothing to press", async ({ browser }) => {
  const { page } = await openBrowser(browser);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const path of [
    `/cohorts/${slug}`,
    "/people/vera-visited",
    "/teachers/vera-visited",
    "/rules",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("banner")).toBeHidden();
    await expect(page.getByRole("contentinfo")).toBeHidden();
    await expect(page.getByRole("button")).toHaveCount(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe("rgb(0, 0, 0)");
  }
});

test("on a phone the menu opens without scripts, with the same places and search", async ({
  browser,
}) => {
  const { page } = await openBrowser(browser, { javaScriptEnabled: false });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Teachers", exact: true })).toBeHidden();
  await page.getByText("Menu", { exact: true }).click();
  const places = page.getByRole("navigation", { name: "Main" }).getByRole("link");
  await expect(places).toHaveText(["Cohorts", "Teachers", "Rules", "Sign in", "Sign up"]);
  await search(page, "bridges");
  await says(page, COHORT);
  await page.getByText("Menu", { exact: true }).click();
  await page.getByRole("link", { name: "Rules", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The rules and why");
});

test("whoever has signed in reads what is kept for them, and has a home", async ({ browser }) => {
  const reader = await join(browser, { name: "Rita Reader", handle: "rita-reader" });
  await reader.page.goto("/people/vera-visited");
  await says(reader.page, "A bridge of ice.");
  await reader.page.goto("/home");
  await says(reader.page, "Write your profile");
  await teacher.page.goto("/home");
  await says(teacher.page, "Ask to be verified as an investor");
  await teacher.page.getByRole("link", { name: "Teach", exact: true }).click();
  await says(teacher.page, COHORT);
  expect([...reader.problems, ...teacher.problems]).toEqual([]);
});
