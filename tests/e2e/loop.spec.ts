import { expect, test } from "@playwright/test";
import { forged } from "../setup/verify-world";
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
  willSay,
  withdraw,
} from "./steps";

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
    await willSay(visitor.page, "/teachers/maya", "$66,666.67");
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
    await willSay(page, "/teachers/maya", "$30,000 of unconfirmed cash");
    await says(page, /Of \$66,667 paid in, \$0/);
    await openCase(operator, "gains", student);
    await operator.page.getByLabel(/counterparty/i).check();
    await operator.page
      .getByLabel("What it rests on")
      .fill("The buyer's counsel confirmed the closing.");
    await press(operator.page, "Set the grade");
    await expect(operator.page).toHaveURL(/\/desk$/);
    await willSay(page, "/teachers/maya", "0.45×");
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

  await test.step("a visitor opens DPI to its lines, a line to its entry in the log, and verifies it all", async () => {
    const { page } = visitor;
    await page.goto("/teachers/maya");
    await page.getByTestId("dpi").getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("DPI: 0.45×");
    await says(page, "$30,000.00 ÷ $66,666.67 = 0.4500");
    const paid = page.getByRole("table", { name: "Paid in, line by line" });
    await expect(paid.getByRole("row").nth(1)).toContainText("Alice Moreau");
    await says(page, "Sum of 1 line: $66,666.67");
    await paid.getByRole("link", { name: /^Leaf \d+ of the public log$/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Leaf [\d,]+: investment$/);
    await says(page, '"paidCents": "6666667"');
    const opened = page.getByRole("link", { name: "the bytes and the salt" });
    const answer = await page.request.get((await opened.getAttribute("href")) ?? "");
    const { body } = (await answer.json()) as { body: string };
    expect(Buffer.from(body, "base64").toString()).toContain('"tokenHandle":"alice"');
    await page.goto("/teachers/maya");
    await press(page, "Verify this record");
    await says(page, "This record agrees with the log");
    await says(page, /\d+ lines: \d+ recomputed, \d+ stated by the operator/);
    const found = page.getByRole("region", { name: "What was found, line by line" });
    await found.focus();
    await expect(found).toBeFocused();
    const { height } = (await found.boundingBox()) ?? { height: Number.POSITIVE_INFINITY };
    expect(height).toBeLessThan(400);
    await page.route("**/teachers/maya/track-record.json", async (route) => {
      const honest = await (await route.fetch()).text();
      await route.fulfill({
        body: forged(honest, (bundle) => Object.assign(bundle.summary.gross, { dpi: "4.5000" })),
      });
    });
    await press(page, "Verify again");
    await says(page, "This record is false");
    await expect(found).toContainText("gross.dpi is stated as 4.5000; the entries give 0.4500");
  });

  await test.step("without scripts every figure opens as well", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto("/teachers/maya");
    await page
      .getByRole("link", { name: /: TVPI, gross, its ledger lines$/ })
      .first()
      .click();
    await says(page, "($30,000.00 + $66,666.67) ÷ $66,666.67 = 1.4500");
    await context.close();
  });

  expect([
    ...operator.problems,
    ...second.problems,
    ...teacher.problems,
    ...student.problems,
    ...visitor.problems,
  ]).toEqual([]);
});
