import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import {
  join,
  joinAsOperator,
  letProofLapse,
  mailedLink,
  nextCode,
  type Operator,
  PASSWORD,
  proveIfAsked,
  resetSecondStep,
} from "./people";
import { announce, deposit, openCase, press, says, withdraw } from "./steps";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

/** Nothing for axe on the page as it stands. */
async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** Signs out, and in again with the password and a second step. */
async function signInAgain(operator: Operator, typed: string): Promise<void> {
  const { page } = operator;
  await press(page, "Sign out");
  await expect(page.getByRole("button", { name: "Sign out" })).toHaveCount(0);
  await page.goto("/sign-in?next=%2Fdesk");
  await page.getByLabel("E-mail address").fill(operator.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await press(page, "Sign in");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Now the code");
  await page.getByLabel("Code", { exact: true }).fill(typed);
  await press(page, "Sign in");
}

test("an operator's day: the second step, two operators, the proof, the audit trail", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const first = await joinAsOperator(browser, { name: "Ingrid Dahl", handle: "ingrid" });
  const second = await joinAsOperator(browser, { name: "Oskar Lund", handle: "oskar" });
  const person = await join(browser, { name: "Pia Winter", handle: "pia-winter" });
  const operators = [first, second] as const;
  const { page } = first;

  await test.step("signing in asks for a code, takes each once, and a recovery code in its place", async () => {
    const code = await nextCode(first);
    await signInAgain(first, code);
    await expect(page).toHaveURL(/\/desk$/);
    await signInAgain(first, code);
    await says(page, "wrong, or was used already");
    await accessible(page);
    await page.getByLabel("Code", { exact: true }).fill(first.recoveryCodes[0] ?? "");
    await press(page, "Sign in");
    await expect(page).toHaveURL(/\/desk$/);
    await page.goto("/account/second-step");
    await says(page, "9");
    await accessible(page);
  });

  await test.step("a deposit takes both; one alone moves nothing, twice neither", async () => {
    await deposit(person, operators, "1,000.00", "PIA-1");
    await person.page.goto("/wallet");
    await says(person.page, "$1,000.00");
    await announce(person, "50.00", "PIA-2");
    for (const again of [false, true]) {
      await openCase(first, "deposits", person);
      if (again) await says(page, "Another operator must confirm it");
      await page.getByLabel(/^Yes/).check();
      await press(page, "Check this decision");
      await press(page, "Record that $50.00 has arrived");
      await expect(
        again ? page.getByRole("alert") : page.getByRole("heading", { name: "Desk" }),
      ).toBeVisible();
    }
    await openCase(second, "deposits", person);
    await second.page.getByLabel(/^Yes/).check();
    await second.page.getByLabel("What has arrived, in dollars").fill("49.00");
    await press(second.page, "Check this decision");
    await press(second.page, "Add $49.00 to Pia Winter’s balance");
    await says(second.page, "The first operator recorded another amount");
    await person.page.goto("/wallet");
    await expect(person.page.getByRole("main")).not.toContainText("$1,050.00");
  });

  await test.step("a withdrawal takes both", async () => {
    await withdraw(person, operators, "200.00");
    await person.page.goto("/wallet");
    await says(person.page, "$800.00");
  });

  await test.step("after five minutes money waits for a proof, and nothing typed is lost", async () => {
    await openCase(second, "deposits", person);
    const other = second.page;
    await other.getByLabel(/^No/).check();
    await other.getByLabel("Reason, if you refuse it").fill("Only $49.00 came: announce that.");
    await letProofLapse(second.email);
    await press(other, "Check this decision");
    await says(other, "Prove that it is you");
    await accessible(other);
    await other.getByLabel("Your password").fill("not the password");
    await other.getByLabel("Code", { exact: true }).fill("000000");
    await press(other, "Go on");
    await expect(other.getByRole("alert")).toBeVisible();
    await proveIfAsked(second);
    await says(other, "Only $49.00 came");
    await press(other, "Refuse this deposit");
    await expect(other).toHaveURL(/\/desk$/);
  });

  await test.step("the audit trail finds who did what", async () => {
    await page.goto("/desk/audit");
    await page.getByLabel("Handle of who did it").fill("oskar");
    await page.getByLabel("Did what").selectOption("decide-deposit");
    await press(page, "Show these events");
    await expect(page).toHaveURL(/who=oskar/);
    await expect(page.getByRole("row").filter({ hasText: "Oskar Lund" })).toHaveCount(2);
    await expect(page.getByRole("main")).not.toContainText("Ingrid Dahl");
    await accessible(page);
    await page.goto("/desk");
    await accessible(page);
  });

  await test.step("a person moves to another address: withdrawals are held, browsers signed out", async () => {
    const mine = person.page;
    await mine.goto("/account/password");
    await proveIfAsked(person);
    await mine.goto("/account/email");
    await mine.getByLabel("New e-mail address").fill("pia-new@example.test");
    await press(mine, "Send a link to this address");
    await says(mine, "A link is on its way");
    const link = await mailedLink(mine, "pia-new@example.test", "/account/email/confirm");
    await mine.goto(link);
    await press(mine, "Use pia-new@example.test");
    await expect(mine).toHaveURL(/\/account$/);
    await says(mine, "pia-new@example.test");
    await mine.goto("/wallet/withdraw");
    await says(mine, "Nothing can be taken out until");
    await accessible(mine);
    await mine.goto("/account/sessions");
    await says(mine, "This browser");
    await mine.goto("/account/password");
    await mine.getByLabel("New password").fill("nine strands of hemp");
    await press(mine, "Change my password");
    await expect(mine).toHaveURL(/\/account$/);
    await accessible(mine);
  });

  await test.step("a lost second step is reset from the command line; the desk waits for a new one", async () => {
    expect(resetSecondStep(first.email)).toContain("The second step of ingrid is off");
    await page.goto("/sign-in?next=%2Fdesk");
    await page.getByLabel("E-mail address").fill(first.email);
    await page.getByLabel("Password").fill(PASSWORD);
    await press(page, "Sign in");
    await expect(page).toHaveURL(/\/account\/second-step/);
    await expect(page.getByRole("button", { name: "Set up a second step" })).toBeVisible();
  });

  expect([...first.problems, ...second.problems, ...person.problems]).toEqual([]);
});
