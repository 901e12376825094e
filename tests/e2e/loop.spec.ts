import { expect, type Page, test } from "@playwright/test";
import { join, joinAsOperator, openBrowser, passDays } from "./people";
import {
  admitAndOffer,
  apply,
  deposit,
  openCase,
  openCohort,
  press,
  readAndPrepare,
  STATEMENT,
  says,
  sign,
  verify,
  withdraw,
} from "./steps";

/** Maya's record says this, once the log has been signed again: what is public stands as of that. */
const recordSays = (page: Page, text: string) =>
  expect(async () => {
    await page.goto("/teachers/maya");
    await expect(page.getByRole("main")).toContainText(text, { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });

test("the loop: from an open cohort to the teacher's public record", async ({ browser }) => {
  const operator = await joinAsOperator(browser, { name: "Ines Okafor", handle: "ines" });
  const second = await joinAsOperator(browser, { name: "Otto Brandt", handle: "otto-loop" });
  const operators = [operator, second] as const;
  const teacher = await join(browser, { name: "Maya Lindqvist", handle: "maya" });
  const student = await join(browser, { name: "Alice Moreau", handle: "alice" });
  const visitor = await openBrowser(browser);
  let offer = "";

  await test.step("a teacher without a record has an empty page, not an error", async () => {
    await visitor.page.goto("/teachers/maya");
    await expect(visitor.page.getByRole("heading", { level: 1 })).toHaveText("Maya Lindqvist");
  });

  await test.step("the teacher is verified and deposits; the operator confirms what arrived", async () => {
    await verify(teacher, operator);
    await deposit(teacher, operators, "100,000.00", "MAYA-1");
    await teacher.page.goto("/wallet");
    await says(teacher.page, "$100,000.00");
  });

  await test.step("the teacher opens a cohort, the student applies, is admitted, and gets an offer", async () => {
    const slug = await openCohort(teacher, "Machines that touch");
    await apply(student, slug);
    offer = await admitAndOffer(teacher, student, slug);
    await teacher.page.goto("/wallet");
    await says(teacher.page, "$33,333.33");
  });

  await test.step("the student reads, answers, makes the token, signs; shares are reserved", async () => {
    await readAndPrepare(student, offer);
    await sign(student);
    await says(student.page, /signed/i);
    await visitor.page.goto("/people/alice");
    await expect(visitor.page.getByRole("heading", { level: 1 })).toHaveText("Alice Moreau");
  });

  await test.step("after the cooling-off period it settles", async () => {
    await passDays(operator, 8);
    await expect(async () => {
      await student.page.goto("/wallet");
      await says(student.page, "$66,666.67");
    }).toPass({ timeout: 60_000 });
    await visitor.page.goto("/people/alice");
    await says(visitor.page, "Maya Lindqvist");
    await says(visitor.page, "1%");
    await recordSays(visitor.page, "$66,666.67");
  });

  await test.step("the student takes cash out", async () => {
    await withdraw(student, operators, "60,000.00");
    await student.page.goto("/wallet");
    await says(student.page, "$6,666.67");
  });

  await test.step("the student sells a company, sees each lot's part, declares, deposits and pays", async () => {
    await passDays(operator, 200);
    const { page } = student;
    await page.goto("/gains/new");
    await page.getByLabel("Company").fill("Grasp Robotics");
    await page
      .getByLabel("Closing date")
      .fill(new Date(Date.now() + 205 * 86_400_000).toISOString().slice(0, 10));
    await page.getByLabel("Proceeds in dollars").fill("3,100,000");
    await page.getByLabel("Basis in dollars").fill("40,000");
    await page.getByLabel("Direct costs in dollars").fill("60,000");
    await page.getByLabel("Document").setInputFiles(STATEMENT);
    await press(page, "See who gets what");
    await says(page, "$30,000.00");
    await says(page, "$2,970,000.00");
    await press(page, /^Declare: \$30,000\.00 to 1 holder/);
    await expect(page).toHaveURL(/\/gains\/[0-9a-f-]{36}/);
    const gain = page.url();
    await says(page, "$23,333.33");
    await deposit(student, operators, "23,333.33", "ALICE-1");
    await page.goto(gain);
    await page.getByRole("link", { name: "Check and pay $30,000.00" }).click();
    await press(page, /^Pay \$30,000\.00/);
    await says(page, /paid \d{1,2} \w{3} \d{4}/);
    await teacher.page.goto("/wallet");
    await says(teacher.page, "$63,333.33");
  });

  await test.step("the record shows it as unconfirmed, then, once an operator has seen the contract, as confirmed", async () => {
    const { page } = visitor;
    await recordSays(page, "$30,000 of unconfirmed cash");
    await says(page, /Of \$66,667 paid in, \$0/);
    await openCase(operator, "gains", student);
    await operator.page.getByLabel(/counterparty/i).check();
    await operator.page
      .getByLabel("What it rests on")
      .fill("The buyer's counsel confirmed the closing.");
    await press(operator.page, "Set the grade");
    await expect(operator.page).toHaveURL(/\/desk$/);
    await recordSays(page, "0.45×");
    await says(page, /Of \$66,667 paid in, \$30,000 has come back in confirmed cash/);
    const row = page
      .getByRole("row")
      .filter({ hasText: "Alice Moreau" })
      .filter({ hasText: "$66,666.67" });
    await expect(row.first()).toContainText("$30,000.00");
    await expect(row.first()).toContainText("confirmed by the counterparty");
    await page.goto("/teachers");
    await says(page, "Maya Lindqvist");
  });

  expect([
    ...operator.problems,
    ...second.problems,
    ...teacher.problems,
    ...student.problems,
    ...visitor.problems,
  ]).toEqual([]);
});
