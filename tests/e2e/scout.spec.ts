import { expect, test } from "@playwright/test";
import { join, joinAsOperator, mailedLink, openBrowser, passDays } from "./people";
import {
  admitOnly,
  apply,
  deposit,
  openCohort,
  press,
  readAndPrepare,
  says,
  siteTime,
  verify,
  willSay,
} from "./steps";

test("a scout's referral, two teachers' offer, and what each of them holds in the end", async ({
  browser,
}) => {
  // Two authenticators, seven browsers.
  test.setTimeout(300_000);
  const operator = await joinAsOperator(browser, { name: "Ola Lund", handle: "ola-lund" });
  const second = await joinAsOperator(browser, { name: "Pia Lund", handle: "pia-lund" });
  const operators = [operator, second] as const;
  const teacher = await join(browser, { name: "Tomas Castro", handle: "tomas-castro" });
  const partner = await join(browser, { name: "Maya Berg", handle: "maya-berg" });
  const scout = await join(browser, { name: "Sam Okoye", handle: "sam-okoye" });
  const visitor = await openBrowser(browser);
  const email = "wen-tan@example.test";
  let plain = visitor;
  let slug = "";
  let offer = "";

  await test.step("two teachers: one opens a cohort with a finder's stake, the other accepts", async () => {
    for (const [investor, reference] of [
      [teacher, "CASTRO-1"],
      [partner, "BERG-1"],
    ] as const) {
      await verify(investor, operator);
      await deposit(investor, operators, "50,000.00", reference);
    }
    slug = await openCohort(teacher, "Small machines", await siteTime(operator), "5");
    const { page } = teacher;
    await page.goto(`/teach/cohorts/${slug}/people`);
    await page.getByLabel("Their e-mail address").fill(partner.email);
    await press(page, "Send the invitation");
    await says(page, `${partner.email}, asked on`);
    await partner.page.goto(await mailedLink(partner.page, partner.email, "/teach/invitation"));
    await press(partner.page, "Work on Small machines");
    await expect(partner.page).toHaveURL(new RegExp(`/teach/cohorts/${slug}$`));
    await visitor.page.goto(`/cohorts/${slug}`);
    await says(visitor.page, "Tomas Castro and Maya Berg");
    await says(visitor.page, "A finder’s stake of 5%");
  });

  await test.step("the scout refers somebody without an account; an empty form says what is missing", async () => {
    const { page } = scout;
    await page.goto("/refer");
    await press(page, "Refer this person");
    await expect(page.getByRole("alert")).toBeVisible();
    await page.getByLabel("Their name").fill("Wen Tan");
    await page.getByLabel("Their e-mail address").fill(email);
    await page.getByLabel("For which cohort").selectOption("Small machines (finder’s stake 5%)");
    await page.getByLabel("Your reasons").fill("She rebuilt our lathe and wrote down why.");
    await press(page, "Refer this person");
    await says(page, "Your referral is on its way");
    await says(page, /waits until/);
  });

  const student =
    await test.step("the talent opens the mailed link, signs up and confirms the scout by name", async () => {
      const { page } = visitor;
      await page.goto(await mailedLink(page, email, "/referral"));
      await says(page, "Sam Okoye has referred you");
      await says(page, "She rebuilt our lathe and wrote down why.");
      const joined = await join(browser, { name: "Wen Tan", handle: "wen-tan" });
      await joined.page.goto("/referrals");
      await press(joined.page, "Confirm my answer");
      await expect(joined.page.getByRole("alert")).toBeVisible();
      await joined.page.getByLabel(/^Sam Okoye/).check();
      await press(joined.page, "Confirm my answer");
      await says(joined.page, "You have confirmed who told you about Belay");
      return joined;
    });

  const byLink =
    await test.step("without client scripts: somebody follows a scout's link, signs up, and is back on it", async () => {
      const storageState = await scout.context.storageState();
      plain = await openBrowser(browser, { javaScriptEnabled: false, storageState });
      await plain.page.goto("/refer/links");
      await press(plain.page, "Make a link");
      const shown = await plain.page.getByRole("main").textContent();
      const path = /\/r\/[a-z0-9]+/.exec(shown ?? "")?.[0] ?? "";
      const mio = { name: "Mio Arai", handle: "mio-arai", javaScriptEnabled: false, from: path };
      const joined = await join(browser, mio);
      const { page } = joined;
      await expect(page).toHaveURL(new RegExp(`${path}$`));
      await press(page, "Confirm my answer");
      await expect(page.getByRole("alert")).toBeVisible();
      await page.getByLabel(/^Sam Okoye/).check();
      await press(page, "Confirm my answer");
      await says(page, "You have confirmed who told you about Belay");
      return joined;
    });

  await test.step("without client scripts: the scout writes down what they expect; nothing typed is lost", async () => {
    const { page } = plain;
    const claim = page.getByLabel("What Mio Arai will do");
    const dueOn = page.getByLabel("By which day it shows");
    await page.goto("/refer");
    await page.getByRole("link", { name: "Mio Arai" }).click();
    await claim.fill("Folds a spring out of paper.");
    await page.getByLabel("How sure you are").fill("100");
    const day = new Date((await siteTime(operator)).getTime() + 32 * 86_400_000);
    await dueOn.fill(day.toISOString().slice(0, 10));
    await press(page, "Write it down for good");
    await expect(page.getByRole("alert")).toContainText("Enter a whole number from 1 to 99.");
    await expect(claim).toHaveValue("Folds a spring out of paper.");
    await expect(dueOn).toHaveValue(day.toISOString().slice(0, 10));
    await page.getByLabel("How sure you are").fill("80");
    await press(page, "Write it down for good");
    await says(page, "80% sure on");
  });

  await test.step("she applies; the partner admits her; the teachers offer in two parts", async () => {
    await apply(student, slug);
    await partner.page.goto(`/teach/cohorts/${slug}`);
    await partner.page.getByRole("link", { name: "Wen Tan" }).click();
    await admitOnly(partner.page);
    const { page } = teacher;
    await page.goto(`/teach/cohorts/${slug}`);
    await page.getByRole("link", { name: "Wen Tan" }).click();
    await page.getByRole("link", { name: "Make an offer to Wen Tan" }).click();
    await page.getByLabel("Amount in dollars", { exact: true }).fill("33,333.34");
    await page.getByLabel("Percent of the token", { exact: true }).fill("0.5");
    await page.getByLabel("Amount of Maya Berg in dollars").fill("33,333.33");
    await press(page, "See what will move");
    await expect(page.getByRole("alert")).toBeVisible();
    await page.getByLabel("Percent of the token for Maya Berg").fill("0.5");
    await press(page, "See what will move");
    await says(page, "Maya Berg has 7 days to fund the rest");
    await says(page, "0.05% of the token (5,000 shares) go to the scout");
    await press(page, /^Offer \$66,666\.67/);
    await expect(page).toHaveURL(/\/offers\/[0-9a-f-]{36}$/);
    await says(page, "This offer is not out yet");
    offer = new URL(page.url()).pathname;
  });

  await test.step("it is out once the partner's part is funded; the student does not see it before", async () => {
    await student.page.goto("/offers");
    await says(student.page, "Nobody has made you an offer yet");
    await partner.page.goto(offer);
    await partner.page.getByRole("link", { name: "Look at your part" }).click();
    await says(partner.page, "$16,666.67");
    await press(partner.page, "Put $33,333.33 into escrow");
    await says(partner.page, "$66,666.67 waits in escrow");
  });

  await test.step("the student sees each part and the stake, and agrees to it before signing", async () => {
    const { page } = student;
    await page.goto(offer);
    await says(page, "Sam Okoye referred you, and you confirmed it");
    await says(page, "Maya Berg pays $33,333.33");
    await says(page, "Sam Okoye (scout, this offer)");
    await readAndPrepare(student, offer);
    await page.getByLabel(/public record/).check();
    await page.getByLabel("Your full legal name").fill("Wen Tan");
    await press(page, "Sign and reserve 100,000 shares");
    await expect(page.getByRole("alert")).toBeVisible();
    await page.getByLabel(/I agree that Sam Okoye/).check();
    await press(page, "Sign and reserve 100,000 shares");
    await says(page, /signed/i);
  });

  await test.step("it settles; the scout's page shows the hit and the stake, the student's page its holders", async () => {
    await passDays(operator, 8);
    const { page } = visitor;
    await expect(async () => {
      await page.goto("/scouts/sam-okoye");
      await says(page, "Wen Tan");
    }).toPass({ timeout: 60_000 });
    await says(page, "0.05%");
    await says(page, "not for sale before");
    await page.goto("/people/wen-tan");
    for (const holder of ["Tomas Castro", "Maya Berg", "Sam Okoye"]) await says(page, holder);
    await willSay(page, "/teachers/maya-berg", "$33,333.33");
    await student.page.goto("/wallet");
    await says(student.page, "$66,666.67");
  });

  await test.step("without client scripts: its day comes, the person says what came of it, and all can read it", async () => {
    await passDays(operator, 33);
    const { page } = byLink;
    await willSay(page, "/dev/mail", "Did it come true what Sam Okoye expected of you?");
    await page.goto("/hypotheses");
    await page.getByRole("link", { name: "Folds a spring out of paper." }).click();
    await press(page, "Record this for good");
    await expect(page.getByRole("alert")).toBeVisible();
    await page.getByLabel("It came true").check();
    await page.getByLabel("What shows it").fill("It lies on my desk.");
    await press(page, "Record this for good");
    await says(page, "It lies on my desk.");
    await plain.page.goto("/scouts/sam-okoye");
    await says(plain.page, "n = 1: too few to tell judgement from luck");
    await willSay(plain.page, "/dev/mail", "What you expected of Mio Arai: it came true");
  });

  expect(
    [operator, second, teacher, partner, scout, student, visitor, byLink, plain].flatMap(
      (one) => one.problems,
    ),
  ).toEqual([]);
});
