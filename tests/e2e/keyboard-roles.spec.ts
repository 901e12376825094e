import { expect, type Page, test } from "@playwright/test";
import { choose, follow, pick, tabTo, type, typeDay } from "./keys";
import { join, joinAsOperator } from "./people";
import { says, siteTime } from "./steps";

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name });
const link = (page: Page, name: string | RegExp) =>
  main(page)
    .getByRole("link", { name, exact: typeof name === "string" })
    .first();
const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
const DAY_MS = 86_400_000;

test("by keyboard alone: a teacher sets a cohort up, from a template to its publication", async ({
  browser,
}) => {
  const teacher = await join(browser, { name: "Tara Keys", handle: "tara-keys" });
  const { page } = teacher;

  await test.step("a draft from a template; what is missing is said", async () => {
    await page.goto("/teach/cohorts/new");
    await follow(page, link(page, "Studio"));
    await heading(page, /Studio/);
    await follow(page, button(page, "Keep as a draft"));
    await expect(page.getByRole("alert")).toBeFocused();
    await follow(page, page.getByRole("alert").getByRole("link", { name: "Write a title." }));
    await page.keyboard.type("Knots by key");
    await type(page, "Skill that you teach", "Knots");
    await type(page, "Amount in dollars", "20,000");
    await type(page, "Percent of the token", "1");
    await follow(page, button(page, "Keep as a draft"));
    await says(page, "Only you and your partners see this.");
  });

  await test.step("a question more, moved to the front with the space bar and the arrows", async () => {
    await follow(page, link(page, "Questions"));
    await heading(page, "Questions");
    await follow(page, link(page, "Short text, one line"));
    await type(page, "Question", "Which knot do you trust?");
    await follow(page, button(page, /^Add this question/));
    await says(page, "The question is added.");
    // Reading goes on where the question now stands.
    await expect(page.getByRole("listitem").filter({ hasText: "Which knot" })).toBeFocused();
    const handle = page.getByRole("button", { name: /^Place of Which knot/ });
    await tabTo(page, handle);
    await page.keyboard.press("Space");
    const rows = page.getByRole("list", { name: "Questions in order" }).getByRole("listitem");
    const last = await rows.count();
    for (let moves = 1; moves < last; moves++) {
      await page.waitForTimeout(300);
      await page.keyboard.press("ArrowUp");
    }
    await page.waitForTimeout(300);
    await page.keyboard.press("Space");
    await expect(rows.first()).toContainText("Which knot do you trust?");
    await expect(handle).toBeFocused();
    // One place down, and up again to the end of the list, by its buttons: the focus stays.
    for (const way of ["down", "up"]) {
      const arrow = page.getByRole("button", { name: `Move Which knot do you trust? ${way}` });
      if (way === "down") await follow(page, arrow);
      else {
        await page.keyboard.press("Shift+Tab");
        await page.keyboard.press("Enter");
      }
      await expect(rows.nth(way === "down" ? 1 : 0)).toContainText("Which knot do you trust?");
      await expect(arrow).toBeFocused();
    }
    await follow(page, link(page, "Which knot do you trust?"));
    await heading(page, "Change a question");
    await follow(page, link(page, "Back without saving"));
    await heading(page, "Questions");
  });

  await test.step("a criterion with its anchors in words", async () => {
    await follow(page, link(page, "Rubric"));
    await heading(page, "Rubric");
    await follow(page, link(page, "Add a criterion"));
    await type(page, "Criterion", "Ties it blind");
    await type(page, "1", "With both eyes");
    await type(page, "5", "In the dark, wet");
    await follow(page, button(page, /^Add this criterion/));
    await says(page, "5: In the dark, wet");
    await expect(
      page.getByRole("listitem").filter({ hasText: "Ties it blind" }).first(),
    ).toBeFocused();
  });

  await test.step("somebody is asked to read with them", async () => {
    await follow(page, link(page, "People"));
    await heading(page, "People");
    await type(page, "Their e-mail address", "reader@example.test");
    await choose(page, /^Reviewer/);
    await follow(page, button(page, "Send the invitation"));
    await says(page, "reader@example.test, asked on");
  });

  await test.step("the preview, and it is public", async () => {
    await follow(page, link(page, "Preview"));
    await heading(page, "Knots by key");
    await type(page, /^Which knot do you trust/, "The figure eight");
    await follow(page, link(page, "Overview"));
    await follow(page, button(page, "Publish the cohort"));
    await says(page, "Your cohort is public.");
  });
  expect(teacher.problems).toEqual([]);
});

test("by keyboard alone: a scout's link, the talent who confirms, and what the scout expects", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const operator = await joinAsOperator(browser, { name: "Kris Berg", handle: "kris-berg" });
  const scout = await join(browser, { name: "Skye Keys", handle: "skye-keys" });
  const talent = await join(browser, { name: "Tom Keys", handle: "tom-keys" });
  let path = "";

  await test.step("the scout makes a link", async () => {
    const { page } = scout;
    await page.goto("/refer");
    await follow(page, link(page, "Links to give to people"));
    await heading(page, "Your links");
    await pick(page, "For which cohort", "Any cohort");
    await follow(page, button(page, "Make a link"));
    await says(page, "Your link is made.");
    const text =
      (await main(page)
        .getByText(/\/r\/[a-z0-9]{12}/)
        .textContent()) ?? "";
    path = /\/r\/[a-z0-9]{12}/.exec(text)?.[0] ?? "";
    await page.goto(path);
    await says(page, "This is your own link.");
  });

  await test.step("the talent follows it, and nothing counts until they say who told them", async () => {
    const { page } = talent;
    await page.goto(path);
    await says(page, "proves nothing");
    await follow(page, button(page, "Confirm my answer"));
    await expect(page.getByRole("alert")).toBeFocused();
    await choose(page, /^Skye Keys/);
    await follow(page, button(page, "Confirm my answer"));
    await says(page, "You have confirmed who told you about Belay.");
  });

  await test.step("the scout writes down what they expect", async () => {
    const { page } = scout;
    await page.goto("/refer");
    await follow(page, link(page, "Tom Keys"));
    await heading(page, "Tom Keys");
    await says(page, "Came by your link");
    await type(page, /^What Tom Keys will do/, "Has tied a bowline on stage.");
    await type(page, "How sure you are, in percent", "70");
    const due = new Date((await siteTime(operator)).getTime() + 40 * DAY_MS);
    await typeDay(page, "By which day it shows", due.toISOString().slice(0, 10));
    await follow(page, button(page, "Write it down for good"));
    await says(page, "Has tied a bowline on stage.");
    await says(page, "not due yet");
  });

  await test.step("the talent reads it; the public page counts it, and names nobody", async () => {
    await talent.page.goto("/hypotheses");
    await follow(talent.page, link(talent.page, "Has tied a bowline on stage."));
    await says(talent.page, "Its day has not come");
    const { page } = scout;
    await page.goto("/refer");
    await follow(page, link(page, "Your public page as a scout"));
    await heading(page, "Skye Keys");
    await says(page, "Of somebody who is not named");
    await expect(main(page)).not.toContainText("bowline");
  });
  expect([scout, talent, operator].flatMap(({ problems }) => problems)).toEqual([]);
});
