import { expect, type Page, test } from "@playwright/test";
import { follow, tabTo } from "./keys";
import { join, openBrowser } from "./people";
import { openCohort, says, timeOfMail } from "./steps";

const [FENNA, GORM] = ["Fenna Findable", "Gorm Findable"];

test.beforeAll(async ({ browser }) => {
  for (const [name, handle, cohort] of [
    [FENNA, "fenna-findable", "Kites to be found"],
    [GORM, "gorm-findable", "Boats to be found"],
  ] as const) {
    const teacher = await join(browser, { name, handle });
    await openCohort(teacher, cohort, await timeOfMail(teacher));
    await teacher.context.close();
  }
});

const teachers = (page: Page) => page.getByRole("rowheader");
const compared = (page: Page) => page.getByRole("list", { name: "Compared" }).getByRole("listitem");
const field = (page: Page) => page.getByLabel("Name, skill or a word of what they do");

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`a visitor finds teachers and compares them, ${how} scripts, on a phone`, async ({
    browser,
  }) => {
    const { page, problems } = await openBrowser(browser, { javaScriptEnabled });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/teachers");
    await expect(page.getByLabel("Record of")).toBeHidden();
    await page.getByText("Filter and sort").click();
    await page.getByLabel("In order of").selectOption("Name");
    await page.getByLabel("Open for applications").check();
    await field(page).fill("findable");
    await page.getByRole("button", { name: "Find teachers" }).click();
    await expect(page).toHaveURL(/q=findable.*sort=name.*open=1/);
    await says(page, /2 of \d+ teachers, in order of name\./);
    await expect(teachers(page)).toHaveText([new RegExp(FENNA), new RegExp(GORM)]);
    await says(page, "Boats to be found");
    // What was asked stays in the form.
    await expect(page.getByLabel("In order of")).toHaveValue("name");
    await expect(page.getByLabel("Open for applications")).toBeChecked();

    await field(page).fill("findable kites");
    await page.getByRole("button", { name: "Find teachers" }).click();
    await expect(teachers(page)).toHaveText([new RegExp(FENNA)]);
    await field(page).fill("findable nowhere");
    await page.getByRole("button", { name: "Find teachers" }).click();
    await says(page, "No teacher is found.");
    await page.getByRole("link", { name: "Show all teachers" }).click();
    await field(page).fill("findable");
    await page.getByRole("button", { name: "Find teachers" }).click();

    await page.getByLabel(`Compare ${FENNA}`).check();
    await page.getByLabel(`Compare ${GORM}`).check();
    await page.getByRole("button", { name: "Compare the chosen" }).click();
    await expect(compared(page)).toHaveCount(2);
    await says(page, "Not ranked");
    await page.getByRole("link", { name: `Take away ${GORM}` }).click();
    await expect(compared(page)).toHaveCount(1);
    await page.getByLabel("Handle of a teacher").fill("nobody-of-that-name");
    await page.getByRole("button", { name: "Add to the comparison" }).click();
    await says(page, "“nobody-of-that-name” is no teacher here");
    await page.getByLabel("Handle of a teacher").fill("@gorm-findable");
    await page.getByRole("button", { name: "Add to the comparison" }).click();
    await expect(compared(page)).toHaveCount(2);

    await page.getByRole("main").getByRole("link", { name: "the method" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("How a record is computed");
    await says(page, /DPI = \$[\d,.]+ confirmed ÷ \$[\d,.]+ paid in = [\d.]+×/);
    expect(problems).toEqual([]);
  });
}

test("by keyboard alone: find two, compare them, take one away", async ({ browser }) => {
  const { page, problems } = await openBrowser(browser);
  await page.goto("/teachers");
  await tabTo(page, field(page));
  await page.keyboard.type("findable");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=findable/);
  for (const name of [FENNA, GORM]) {
    await tabTo(page, page.getByLabel(`Compare ${name}`));
    await page.keyboard.press("Space");
  }
  await follow(page, page.getByRole("button", { name: "Compare the chosen" }));
  await expect(compared(page)).toHaveCount(2);
  await follow(page, page.getByRole("link", { name: `Take away ${FENNA}` }));
  await expect(compared(page)).toHaveCount(1);
  await expect(compared(page)).toContainText(GORM);
  expect(problems).toEqual([]);
});

test("a record’s files for other sites are there, and lead back", async ({ browser }) => {
  const { page, problems } = await openBrowser(browser);
  await page.goto("/teachers/fenna-findable");
  const head = (selector: string) => page.locator(`head ${selector}`);
  for (const [selector, type] of [
    ['link[type="application/atom+xml"]', "application/atom+xml"],
    ['link[type="application/json+oembed"]', "application/json"],
  ] as const) {
    const found = await page.request.get((await head(selector).getAttribute("href")) ?? "");
    expect(found.status(), selector).toBe(200);
    expect(found.headers()["content-type"]).toContain(type);
  }
  const card = await head('meta[property="og:image"]').getAttribute("content");
  expect((await page.request.get(card ?? "")).headers()["content-type"]).toBe("image/png");
  const about = await head('script[type="application/ld+json"]').textContent();
  expect(JSON.parse(about ?? "")).toMatchObject({ mainEntity: { name: FENNA } });
  await page.goto("/teachers/fenna-findable/badge.svg");
  await expect(page.locator("svg")).toContainText(FENNA);
  const map = await page.request.get("/sitemap.xml");
  expect(await map.text()).toContain("/teachers/fenna-findable</loc>");
  expect(problems).toEqual([]);
});
