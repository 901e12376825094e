import { expect, test } from "@playwright/test";
import { join, joinAsOperator, openBrowser } from "./people";
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

test("two browsers pressing the same button: one wins, the other is told why", async ({
  browser,
}) => {
  const operator = await joinAsOperator(browser, { name: "Olga Petrova", handle: "olga" });
  const second = await joinAsOperator(browser, { name: "Otto Brandt", handle: "otto-races" });
  const operators = [operator, second] as const;
  const teacher = await join(browser, { name: "Tomás Rivera", handle: "tomas" });
  const student = await join(browser, { name: "Emil Novak", handle: "emil" });
  await verify(teacher, operator);
  await deposit(teacher, operators, "200,000.00", "TOMAS-1");
  const slug = await openCohort(teacher, "Systems, slowly", await siteTime(operator));
  await apply(student, slug);
  const offer = await admitAndOffer(teacher, student, slug);

  await test.step("the signature", async () => {
    await readAndPrepare(student, offer);
    const second = await student.context.newPage();
    await second.goto(`${offer}/sign`);
    await second.getByRole("checkbox").check();
    await second.getByLabel("Your full legal name").fill(student.name);
    await Promise.all([sign(student), press(second, "Sign and reserve 100,000 shares")]);
    // Whoever comes second is told beside the form, or, where the form came back as a page, on the offer's own.
    const pages = [student.page, second];
    await expect(async () => {
      const onOffer = pages.filter((page) => new URL(page.url()).pathname === offer);
      expect(onOffer.length).toBeGreaterThan(0);
      const told = await Promise.all(
        pages.map(async (page) => {
          const beside = await page.getByRole("alert").allInnerTexts();
          const above = await page.getByRole("status").allInnerTexts();
          return [...beside, ...above].join(" ");
        }),
      );
      // Both tabs share the cookie that carries what is said once.
      expect(told.join(" ")).toMatch(/signed already|answered first/);
    }).toPass({ timeout: 15_000 });
    await second.close();
  });

  await test.step("leaving, both sides at once: everything returns, once", async () => {
    const path = `${offer}/leave`;
    await Promise.all([student.page.goto(path), teacher.page.goto(path)]);
    await Promise.all([
      press(student.page, "Leave and return everything"),
      press(teacher.page, "Leave and return everything"),
    ]);
    await expect(async () => {
      await teacher.page.goto("/wallet");
      await says(teacher.page, "$200,000.00");
    }).toPass({ timeout: 15_000 });
    const visitor = await openBrowser(browser);
    await visitor.page.goto("/people/emil");
    await expect(visitor.page.getByRole("main")).not.toContainText("Tomás Rivera holds");
    await student.page.goto(offer);
    await says(student.page, /left/i);
  });

  await test.step("a withdrawal: the balance lasts for one", async () => {
    const second = await teacher.context.newPage();
    const pages = [teacher.page, second];
    for (const page of pages) {
      await page.goto("/wallet/withdraw");
      await page.getByLabel("Amount in dollars").fill("150,000.00");
      await page.getByLabel("Account to pay to").fill("Tomás Rivera, First Bank, 4411");
      await press(page, "Check what will move");
      await expect(page.getByRole("button", { name: "Take out $150,000.00" })).toBeVisible();
    }
    await Promise.all(pages.map((page) => press(page, "Take out $150,000.00")));
    await expect(async () => {
      const refused = await Promise.all(pages.map((page) => page.getByRole("alert").count()));
      expect(refused.filter((count) => count > 0)).toHaveLength(1);
    }).toPass({ timeout: 15_000 });
    await teacher.page.goto("/wallet");
    await says(teacher.page, "$50,000.00");
  });

  expect([
    ...operator.problems,
    ...second.problems,
    ...teacher.problems,
    ...student.problems,
  ]).toEqual([]);
});
