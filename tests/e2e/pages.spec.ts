import { type Browser, expect, test } from "@playwright/test";
import { join, joinAsOperator, openBrowser, type Visitor } from "./people";
import {
  admitAndOffer,
  apply,
  deposit,
  openCohort,
  press,
  readAndPrepare,
  says,
  sign,
  siteTime,
  verify,
} from "./steps";

const SCRIPTED = [true, false];
for (const javaScriptEnabled of SCRIPTED) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`a sign-up with every field wrong keeps what was typed, ${how} scripts`, async ({
    browser,
  }) => {
    const { page, problems } = await openBrowser(browser, { javaScriptEnabled });
    await page.goto("/sign-up");
    const wrong = {
      Name: " ",
      Handle: "Not A Handle!",
      "E-mail address": "nowhere",
      "Legal name": " ",
      "Date of birth": "",
    };
    for (const [label, typed] of Object.entries(wrong))
      await page.getByLabel(label, { exact: true }).fill(typed);
    await page.getByLabel("Password").fill("short");
    await press(page, "Open my account");
    const summary = page.getByRole("alert");
    await expect(summary).toBeVisible();
    if (javaScriptEnabled) await expect(summary).toBeFocused();
    for (const label of [...Object.keys(wrong), "Password", "Country you live in"]) {
      const field = page.getByLabel(label, { exact: true });
      await expect(field, label).toHaveAttribute("aria-invalid", "true");
      await expect(field, label).toHaveAccessibleDescription(/\w/);
    }
    await expect(page.getByLabel("Handle")).toHaveValue(wrong.Handle);
    await expect(page.getByLabel("E-mail address")).toHaveValue(wrong["E-mail address"]);
    if (!javaScriptEnabled) await expect(page.getByLabel("Password")).toHaveValue("");
    await expect(summary.getByRole("link")).toHaveCount(7);
    await summary.getByRole("link").first().click();
    await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
    expect(problems).toEqual([]);
  });
}

test("a chart's table is folded on the screen and printed", async ({ browser }) => {
  const { page, problems } = await openBrowser(browser, { javaScriptEnabled: false });
  await page.goto("/method");
  const table = page.locator("figure details table").first();
  await expect(table).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(table).toBeVisible();
  await expect(page.locator("figure summary").first()).toBeHidden();
  expect(problems).toEqual([]);
});

test("from the sign-up to the signature without scripts", async ({ browser }) => {
  const operator = await operatorPlainly(browser, { name: "Otto Plain", handle: "nojs-operator" });
  const second = await operatorPlainly(browser, { name: "Olga Plain", handle: "nojs-second" });
  const teacher = await joinPlainly(browser, { name: "Tilda Plain", handle: "nojs-teacher" });
  const student = await joinPlainly(browser, { name: "Sami Plain", handle: "nojs-student" });
  let offer = "";

  await test.step("the teacher is verified, funded and opens a cohort", async () => {
    await verify(teacher, operator);
    await deposit(teacher, [operator, second], "70,000.00", "NOJS-1");
    const slug = await openCohort(teacher, "Machines without scripts", await siteTime(operator));
    await apply(student, slug);
    offer = await admitAndOffer(teacher, student, slug);
  });

  await test.step("the student reads, answers, makes the token and signs", async () => {
    await readAndPrepare(student, offer);
    await press(student.page, /^Sign and reserve/);
    await expect(student.page.getByRole("alert")).toBeVisible();
    await sign(student);
    await says(student.page, "You have signed. 1% of the token (100,000 shares) are reserved");
    await student.page.getByRole("link", { name: "Leave this offer" }).click();
    await expect(student.page.getByRole("heading", { level: 1 })).toContainText(/leave/i);
  });

  await test.step("either sees it in the wallet and on the offer", async () => {
    await teacher.page.goto("/wallet");
    await says(teacher.page, "$3,333.33");
    await teacher.page.goto(offer);
    await says(teacher.page, "Sami Plain has signed");
  });
});

const operatorPlainly = (browser: Browser, who: { name: string; handle: string }) =>
  joinAsOperator(browser, { ...who, javaScriptEnabled: false });
const joinPlainly = (browser: Browser, who: { name: string; handle: string }): Promise<Visitor> =>
  join(browser, { ...who, javaScriptEnabled: false });
