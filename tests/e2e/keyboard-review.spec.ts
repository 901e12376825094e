import { expect, type Page, test } from "@playwright/test";
import { choose, follow, tabTo, type } from "./keys";
import { join, joinAsOperator, mailedLink } from "./people";
import { apply, openCohort, press, says, siteTime } from "./steps";

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name });
const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

/** Chooses applications by their names on the page of decisions, and keeps one decision about them. */
async function decideAbout(page: Page, names: readonly string[], kind: string): Promise<void> {
  for (const name of names) {
    const box = page.getByRole("checkbox", { name: new RegExp(name) });
    await tabTo(page, box);
    await page.keyboard.press("Space");
    await expect(box).toBeChecked();
  }
  await choose(page, kind);
  await follow(page, button(page, "Keep this decision"));
  await says(page, "Nobody is told until you release it.");
}

test("by keyboard alone: a reviewer reads, scores and discusses; a teacher decides, releases and orders the waitlist; a place is given back", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const operator = await joinAsOperator(browser, { name: "Kai Berg", handle: "kai-berg" });
  const teacher = await join(browser, { name: "Thea Keys", handle: "thea-keys" });
  const reviewer = await join(browser, { name: "Rosa Keys", handle: "rosa-keys" });
  const slug = await openCohort(teacher, "Rope and ring", await siteTime(operator));
  await teacher.page.goto(`/teach/cohorts/${slug}/people`);
  await teacher.page.getByLabel("Their e-mail address").fill(reviewer.email);
  await teacher.page.getByRole("radio", { name: /^Reviewer/ }).check();
  await press(teacher.page, "Send the invitation");
  await says(teacher.page, `${reviewer.email}, asked on`);
  await reviewer.page.goto(await mailedLink(reviewer.page, reviewer.email, "/teach/invitation"));
  await press(reviewer.page, "Work on Rope and ring");
  const students = [];
  for (const name of ["Ada", "Ben", "Cleo"]) {
    const student = await join(browser, {
      name: `${name} Rope`,
      handle: `${name}-rope`.toLowerCase(),
    });
    await apply(student, slug);
    students.push(student);
  }
  const [ada, , cleo] = students;
  if (!ada || !cleo) throw new Error("nobody applied");

  await test.step("the reviewer goes through the list with j and Enter, and from one application to the next", async () => {
    const { page } = reviewer;
    await page.goto(`/teach/cohorts/${slug}`, { waitUntil: "networkidle" });
    await page.keyboard.press("j");
    await expect(main(page).getByRole("link", { name: "Ada Rope" })).toBeFocused();
    await page.keyboard.press("Enter");
    await heading(page, "Ada Rope");
    await expect(main(page)).toContainText("j goes to the next application");
    await page.keyboard.press("j");
    await heading(page, "Ben Rope");
    await page.keyboard.press("k");
    await heading(page, "Ada Rope");
  });

  await test.step("scores by the rubric, which saves itself, and sees the others after that", async () => {
    const { page } = reviewer;
    await says(page, "once you have handed in");
    await choose(page, /^4/);
    await says(page, "Saved at");
    await follow(page, button(page, "Hand in this score"));
    await says(page, "Your score is kept.");
    await type(page, "Your comment", "Ask her about the cardboard.");
    await follow(page, button(page, "Say it"));
    await says(page, "Ask her about the cardboard.");
  });

  await test.step("the teacher keeps a text, starts from it, and changes it for one person", async () => {
    const { page } = teacher;
    await page.goto(`/teach/cohorts/${slug}/setup`, { waitUntil: "networkidle" });
    await page.getByLabel("Days to confirm a place").fill("2");
    await press(page, "Save these changes");
    await page.goto(`/teach/cohorts/${slug}/decisions`, { waitUntil: "networkidle" });
    await follow(page, page.locator("summary").filter({ hasText: "Admit" }));
    await tabTo(page, page.locator("#name-admit-new"));
    await page.keyboard.type("Warm");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Bring your hand, {name}.");
    await follow(page, button(page, "Keep this text").nth(1));
    await says(page, "Warm (admit)");
    await page.goto(`/teach/cohorts/${slug}`);
    await page.getByRole("link", { name: "Ada Rope" }).click();
    await follow(page, main(page).getByRole("link", { name: "Warm (admit)" }));
    const message = page.getByLabel("Message", { exact: true });
    await expect(message).toHaveValue("Bring your hand, {name}.");
    await expect(page.getByRole("radio", { name: "Admit", exact: true })).toBeChecked();
    await tabTo(page, message);
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" And your loom.");
    await follow(page, button(page, "Keep this decision"));
    await says(page, "Nobody is told until you release it.");
  });

  await test.step("decides about several, and nobody knows", async () => {
    const { page } = teacher;
    await page.goto(`/teach/cohorts/${slug}/decisions`, { waitUntil: "networkidle" });
    await decideAbout(page, ["Ben Rope", "Cleo Rope"], "Put on the waitlist");
    await ada.page.goto("/applications");
    await expect(main(ada.page)).not.toContainText("admitted");
  });

  await test.step("reads the preview and releases", async () => {
    const { page } = teacher;
    await follow(page, main(page).getByRole("link", { name: "See what would go out" }));
    await heading(page, "Release decisions");
    await says(page, "2 put on the waitlist");
    await says(page, "Bring your hand, Ada Rope. And your loom.");
    await follow(page, button(page, "Tell 3 applicants now"));
    await says(page, /The last release was done on/);
    await expect(async () => {
      await ada.page.goto("/dev/mail");
      const newest = ada.page.getByRole("row").filter({ hasText: ada.email }).first();
      await newest.getByRole("link").click({ timeout: 2_000 });
      await expect(main(ada.page)).toContainText("Bring your hand, Ada Rope. And your loom.", {
        timeout: 2_000,
      });
    }).toPass({ timeout: 30_000 });
  });

  await test.step("moves the last of the waitlist up with the space bar and the arrow", async () => {
    const { page } = teacher;
    await page.goto(`/teach/cohorts/${slug}/waitlist`, { waitUntil: "networkidle" });
    const rows = page.getByRole("list", { name: "Waitlist, the next first" }).getByRole("listitem");
    await expect(rows.first()).toContainText("Ben Rope");
    await tabTo(page, page.getByRole("button", { name: "Place of Cleo Rope" }));
    await page.keyboard.press("Space");
    await page.waitForTimeout(300);
    await page.keyboard.press("ArrowUp");
    await page.waitForTimeout(300);
    await page.keyboard.press("Space");
    await expect(rows.first()).toContainText("1. Cleo Rope");
    await cleo.page.goto("/applications");
    await cleo.page
      .getByRole("link", { name: /Rope and ring/ })
      .first()
      .click();
    await says(cleo.page, "at place 1 now");
  });

  await test.step("Ada confirms her place, then gives it back, and the waitlist moves up", async () => {
    const { page } = ada;
    await page.goto("/applications");
    await follow(
      page,
      main(page)
        .getByRole("link", { name: /Rope and ring/ })
        .first(),
    );
    await says(page, "Confirm your place by");
    await says(page, "Bring your hand, Ada Rope. And your loom.");
    await follow(page, button(page, "Confirm my place"));
    await says(page, "This place is yours.");
    await follow(page, button(page, "Give my place back"));
    await says(page, "You gave this place back.");
    await cleo.page.reload();
    await says(cleo.page, "Thea Keys has admitted you.");
  });
  expect([operator, teacher, reviewer, ...students].flatMap(({ problems }) => problems)).toEqual(
    [],
  );
});
