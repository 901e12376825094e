import { expect, type Page, test } from "@playwright/test";
import { join } from "./people";
import { press, says } from "./steps";

const STUDIO = ["What would you make", "Where can we see", "What have you made", "How much time"];
const inOrder = async (page: Page, beginnings: readonly string[]) =>
  expect(
    page.getByRole("list", { name: "Questions in order" }).getByRole("listitem"),
  ).toContainText([...beginnings]);
const handle = (page: Page, name: RegExp) => page.getByRole("button", { name });

test("a cohort is set up from a template: its questions are put in order by keys, by pointer and without scripts", async ({
  browser,
}) => {
  const teacher = await join(browser, { name: "Ilse Brandt", handle: "ilse-brandt" });
  const { page, context } = teacher;
  await page.goto("/teach/cohorts/new");
  await page.getByRole("link", { name: "Studio" }).click();
  await press(page, "Keep as a draft");
  await expect(page.getByRole("alert")).toContainText("Write a title.");
  await page.getByLabel("Title").fill("Weaving by machine");
  await page.getByLabel("Skill that you teach").fill("Weaving");
  await page.getByLabel("Amount in dollars").fill("20,000");
  await page.getByLabel("Percent of the token").fill("1");
  await press(page, "Keep as a draft");
  await says(page, "Only you and your partners see this.");
  await page.getByRole("link", { name: "Questions" }).click();

  await test.step("by keys alone", async () => {
    await handle(page, /^Place of What have you made/).focus();
    for (const key of ["Space", "ArrowDown", "ArrowDown", "Space"]) {
      await page.keyboard.press(key);
      // The list moves under the keys for a moment; a person sees it and waits.
      await page.waitForTimeout(300);
    }
    await inOrder(page, STUDIO);
    await expect(page.getByText("is put down at place 3")).toBeAttached();
    await expect(handle(page, /^Place of What have you made/)).toBeFocused();
    await page.reload();
    await inOrder(page, STUDIO);
  });

  await test.step("by pointer", async () => {
    const from = await handle(page, /^Place of How much time/).boundingBox();
    const to = await handle(page, /^Place of What would you make/).boundingBox();
    if (!from || !to) throw new Error("no handles");
    await page.mouse.move(from.x + 20, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, from.y - 30, { steps: 5 });
    await page.mouse.move(to.x + 20, to.y + 5, { steps: 10 });
    await page.mouse.up();
    const [first, second, third, last] = STUDIO;
    await inOrder(page, [`${last}`, `${first}`, `${second}`, `${third}`]);
  });

  await test.step("as a student sees it, with the words counted", async () => {
    await page.goto(page.url().replace("/questions", "/preview"));
    await page.getByLabel(/^What would you make/).fill("one two three");
    await says(page, "3 of 400 words");
    await page.getByLabel(/^What would you make/).fill("word ".repeat(402));
    await says(page, "2 words too many");
    await page.goto(page.url().replace("/preview", "/setup"));
    await press(page, "Publish the cohort");
    await says(page, "Your cohort is public.");
  });

  await test.step("without scripts, and cancelled", async () => {
    const plain = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await context.storageState(),
    });
    const bare = await plain.newPage();
    await bare.goto(page.url().replace("/setup", "/questions"));
    await press(bare, /^Move How much time.* down$/);
    await says(bare, "These changes are not in force yet.");
    const [first, second, third, last] = STUDIO;
    await inOrder(bare, [`${first}`, `${last}`, `${second}`, `${third}`]);
    await press(bare, "Put these questions in force");
    await says(bare, "The questions are in force");
    await bare.goto(page.url().replace("/setup", "/cancel"));
    await bare.getByLabel("Why it does not take place").fill("The looms are sold.");
    await press(bare, "Cancel the cohort");
    await says(bare, "The cohort is cancelled");
    await bare.goto("/cohorts/weaving-by-machine");
    await says(bare, "The looms are sold.");
    await plain.close();
  });
  expect(teacher.problems).toEqual([]);
});
