import { type Browser, expect, type Page, test } from "@playwright/test";
import { follow, tabTo, type } from "./keys";
import { join, joinAsOperator } from "./people";
import { openCohort, press, says, siteTime } from "./steps";

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name });
const link = (page: Page, name: string | RegExp) =>
  main(page).getByRole("link", { name, exact: typeof name === "string" });
const FIRST = "What have you made that did not work?";
const SECOND = "What would you try if money were no matter?";

/** Goes to a box by keys and ticks it. */
async function tick(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole("checkbox", { name }));
  await page.keyboard.press("Space");
}

test("by keyboard alone a student finds, compares and saves a cohort, applies, and sees what is missing; neither a lost connection nor a page that is left loses an answer", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const operator = await joinAsOperator(browser, { name: "Odil Tether", handle: "odil-tether" });
  const teacher = await join(browser, { name: "Tove Tether", handle: "tove-tether" });
  const student = await join(browser, { name: "Stina Tether", handle: "stina-tether" });
  const now = await siteTime(operator);
  const slug = await openCohort(teacher, "Tethers of hemp", now);
  const other = await openCohort(teacher, "Tethers of steel", now);
  const { page, context } = student;

  await test.step("she finds two by a word and lays them side by side", async () => {
    await page.goto("/cohorts");
    await type(page, "Title, skill, teacher or a word of what it is", "tether");
    await page.keyboard.press("Enter");
    await expect(main(page)).toContainText(/2 of \d+ cohorts/);
    await tick(page, "Compare Tethers of hemp");
    await tick(page, "Compare Tethers of steel");
    await follow(page, button(page, "Compare the chosen"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Compare cohorts");
    const table = main(page).getByRole("table", { name: "Cohorts side by side" });
    await expect(table.getByRole("row", { name: /^For your shares/ })).toContainText("1%");
    await follow(page, link(page, /^Show only the \d+ of \d+ lines that differ$/));
    await expect(table).not.toContainText("For your shares");
    await follow(page, link(page, /^Show all \d+ lines$/));
  });

  await test.step("she saves one, and has its deadline in a calendar", async () => {
    await follow(page, link(page, "Tethers of hemp").first());
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tethers of hemp");
    await follow(page, button(page, "Save this cohort"));
    await says(page, "The cohort is saved");
    await follow(page, link(page, "All that you saved"));
    await follow(page, button(page, "Make the address"));
    await says(page, "not shown again");
    const shown = await main(page).textContent();
    const path = /\/calendar\/[\w-]+\.ics/.exec(shown ?? "")?.[0] ?? "";
    const ics = (await page.request.get(path)).text();
    expect(await ics).toContain("SUMMARY:Applications close: Tethers of hemp");
  });

  await test.step("she writes while the connection is gone, and it is saved once it is back", async () => {
    await page.goto(`/cohorts/${slug}`);
    await follow(page, link(page, "Apply"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Apply to Tethers of hemp");
    await page.waitForLoadState("networkidle");
    await context.setOffline(true);
    await type(page, FIRST, "A tether of paper.");
    await says(page, "Not saved: there is no connection");
    await context.setOffline(false);
    await expect(main(page).getByText(/^Last saved/)).toBeVisible({ timeout: 15_000 });
  });

  await test.step("she leaves the page in the middle of a word, and nothing is lost", async () => {
    await type(page, SECOND, "Tie two");
    await page.goto("/applications");
    const row = main(page).getByRole("row", { name: /Tethers of hemp/ });
    await expect(row).toContainText("draft", { ignoreCase: true });
    await expect(async () => {
      await page.reload();
      await expect(row).toContainText("Submitting it", { timeout: 1_000 });
    }).toPass();
    await expect(main(page)).toContainText("Your profile says who you are in a line");
    await follow(page, link(page, "Submitting it"));
    await expect(page.getByLabel(FIRST)).toHaveValue("A tether of paper.");
    await expect(page.getByLabel(SECOND)).toHaveValue("Tie two");
    await follow(page, button(page, "Submit my application"));
    await says(page, "Your application is submitted");
    await page.goto("/applications");
    await expect(row).toContainText("Nothing");
  });

  await test.step("another does all of it without scripts, in two tabs at once", () =>
    withoutScripts(browser, slug));

  await test.step("a file that is too large is put away before it costs her what she typed", async () => {
    await page.goto("/profile/works");
    await page.waitForLoadState("networkidle");
    await page.getByLabel("Title").fill("A film of a tether");
    const buffer = Buffer.alloc(13_000_000, "a");
    const file = page.getByLabel("File", { exact: true });
    await file.setInputFiles({ name: "film.txt", mimeType: "text/plain", buffer });
    await expect(page.getByRole("alert")).toHaveText(/“film.txt” is larger than 10 MB/);
    await expect(file).toHaveValue("");
    await press(page, "Add the work");
    await says(page, "The work is in your collection.");
  });

  await test.step("what she has typed stays before her when the cohort ends under her hands", async () => {
    const [made, dreamt] = [page.getByLabel(FIRST), page.getByLabel(SECOND)];
    await page.goto(`/cohorts/${other}/apply`);
    await made.fill("A tether of glass.");
    await expect(main(page).getByText(/^Last saved/)).toBeVisible();
    await cancel(teacher.page, other);
    await dreamt.fill("Tie four.");
    await press(page, "Submit my application");
    await says(page, "This cohort is cancelled, so nothing can be sent.");
    await expect(made).toHaveValue("A tether of glass.");
    await expect(dreamt).toHaveValue("Tie four.");
  });

  // The connection was cut on purpose: whatever wanted to be fetched then says so.
  const cut = /ERR_INTERNET_DISCONNECTED|TypeError: Failed to fetch/;
  expect(student.problems.filter((one) => !cut.test(one))).toEqual([]);
});

async function cancel(page: Page, slug: string): Promise<void> {
  await page.goto(`/teach/cohorts/${slug}/cancel`);
  await page.getByLabel("Why it does not take place").fill("The steel is out.");
  await press(page, "Cancel the cohort");
  await says(page, "The cohort is cancelled, and everybody concerned is told.");
}

/** Finds, compares, saves, writes in two tabs, submits, withdraws and applies again, all by forms and addresses. */
async function withoutScripts(browser: Browser, slug: string): Promise<void> {
  const who = { name: "Noa Tether", handle: "noa-tether", javaScriptEnabled: false };
  const { page, context, problems } = await join(browser, who);
  await page.goto("/cohorts");
  await page.getByLabel("Title, skill, teacher or a word of what it is").fill("tether");
  await press(page, "Find cohorts");
  await expect(main(page)).toContainText(/2 of \d+ cohorts/);
  await page.getByRole("checkbox", { name: "Compare Tethers of hemp" }).check();
  await page.getByRole("checkbox", { name: "Compare Tethers of steel" }).check();
  await press(page, "Compare the chosen");
  await link(page, "Take away Tethers of steel").click();
  await expect(main(page).getByRole("columnheader")).toHaveText([/Tethers of hemp/]);
  await link(page, "Tethers of hemp").first().click();
  await press(page, "Save this cohort");
  await says(page, "The cohort is saved");
  await link(page, "All that you saved").click();
  await page.getByRole("checkbox", { name: "Compare Tethers of hemp" }).check();
  await press(page, "Make the address");
  await says(page, "not shown again");
  await press(page, "Take it out of what you saved");
  await says(page, "Tethers of hemp is no longer saved.");
  await press(page, "Save it again");
  await says(page, "The cohort is saved");
  await press(page, "Take it out of what you saved");
  await says(page, "You have saved nothing yet.");
  await page.goto(`/cohorts/${slug}`);
  await expect(button(page, "Save this cohort")).toBeVisible();
  await link(page, "Apply").click();
  await writeInTwoTabs(page, await context.newPage());
  await press(page, "Submit my application");
  await expect(page.getByRole("alert")).toContainText(`“${SECOND}”: Answer this question.`);
  await expect(page.getByLabel(FIRST)).toHaveValue("A tether of silk.");
  await page.getByLabel(SECOND).fill("Tie three.");
  await press(page, "Submit my application");
  await says(page, "Your application is submitted");
  await press(page, "Withdraw my application");
  await says(page, "You have withdrawn it.");
  await link(page, "Go on writing").click();
  await expect(page.getByLabel(SECOND)).toHaveValue("Tie three.");
  await press(page, "Submit my application");
  await says(page, "Your application is submitted");
  await says(page, "A tether of silk.");
  expect(problems).toEqual([]);
}

/** The same answer, saved in one tab, then in another that has not seen it: each way to settle it is taken once. */
async function writeInTwoTabs(page: Page, other: Page): Promise<void> {
  await other.goto(page.url());
  const write = async (tab: Page, text: string) => {
    await tab.getByLabel(FIRST).fill(text);
    await main(tab).getByRole("button", { name: "Save the draft" }).last().click();
  };
  await write(page, "A tether of hair.");
  await says(page, "Your draft is saved");
  await expect(main(page).getByText(/^Last saved/)).toBeVisible();
  await write(other, "A tether of silk.");
  await expect(other.getByRole("alert").last()).toContainText("A tether of hair.");
  await expect(other.getByLabel(FIRST)).toHaveValue("A tether of silk.");
  await button(other, "Take the one saved elsewhere").click();
  await expect(other.getByLabel(FIRST)).toHaveValue("A tether of hair.");
  await write(other, "A tether of silk.");
  await write(page, "A tether of wool.");
  await expect(page.getByRole("alert").last()).toContainText("A tether of silk.");
  await button(page, "Keep the text in the field").click();
  await expect(page.getByLabel(FIRST)).toHaveValue("A tether of wool.");
  await page.goto(page.url());
  await expect(page.getByLabel(FIRST)).toHaveValue("A tether of wool.");
  await write(page, "A tether of silk.");
}
