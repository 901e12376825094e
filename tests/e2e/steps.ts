import { expect, type Page } from "@playwright/test";
import { type Operator, proveIfAsked, type Visitor } from "./people";

/** A document whose content says what it is. */
export const STATEMENT = {
  name: "closing-statement.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.4\n% closing\n%%EOF\n"),
};

/** Presses the button of that name. */
export const press = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name }).click();

/** The page says this, somewhere in its main part. */
export const says = (page: Page, text: string | RegExp) =>
  expect(page.getByRole("main")).toContainText(text);

/** A public page says this once the log's next tree is signed: it is opened until it does. */
export const willSay = (page: Page, path: string, text: string | RegExp) =>
  expect(async () => {
    await page.goto(path);
    await expect(page.getByRole("main")).toContainText(text, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });

/** The queue's newest case of that person on the operator's desk. */
export async function openCase(operator: Visitor, path: string, who: Visitor): Promise<void> {
  await operator.page.goto("/desk");
  await operator.page
    .locator(`a[href^="/desk/${path}/"]`)
    .filter({ hasText: who.name })
    .first()
    .click();
  await expect(operator.page).toHaveURL(new RegExp(`/desk/${path}/`));
}

/** Somebody asks to be verified, and an operator approves. */
export async function verify(investor: Visitor, operator: Operator): Promise<void> {
  const { page } = investor;
  await page.goto("/invest/verification");
  await page.getByLabel(/^Net worth/).check();
  await page.getByLabel("What shows it").fill("Statements of two banks, of last month.");
  await press(page, "Ask to be verified");
  await says(page, "waits for an operator");
  await openCase(operator, "verifications", investor);
  await operator.page.getByLabel(/^Yes/).check();
  await operator.page.getByLabel("Reason").fill("Both statements seen: over $1 million.");
  await act(operator, `Decide and tell ${investor.name}`);
}

/** An operator presses the last button of a case, proves who they are where that is asked, and is back at the desk. */
async function act(operator: Operator, name: string): Promise<void> {
  await press(operator.page, name);
  await expect(
    operator.page.getByRole("heading", { name: /^(Desk|Prove that it is you)$/ }),
  ).toBeVisible();
  await proveIfAsked(operator);
  await expect(operator.page).toHaveURL(/\/desk$/);
}

/** The operator opens a person's case of money, says yes and looks at what will move. */
async function sayYes(
  operator: Operator,
  path: "deposits" | "withdrawals",
  person: Visitor,
  arrived?: string,
): Promise<void> {
  await openCase(operator, path, person);
  const { page } = operator;
  await page.getByLabel(/^Yes/).check();
  if (arrived) await page.getByLabel("What has arrived, in dollars").fill(arrived);
  await press(page, "Check this decision");
  await expect(
    page.getByRole("heading", { name: /^(Check what will move|Prove that it is you)$/ }),
  ).toBeVisible();
  await proveIfAsked(operator);
}

/** Money in and out takes two operators. */
export type Operators = readonly [first: Operator, second: Operator];

/** Somebody says what they sent. */
export async function announce(person: Visitor, amount: string, reference: string): Promise<void> {
  const { page } = person;
  await page.goto("/wallet/deposit");
  await page.getByLabel("Amount in dollars").fill(amount);
  await page.getByLabel("Reference of the bank transfer").fill(reference);
  await press(page, "Check this deposit");
  await press(page, `Announce $${amount}`);
  await expect(page).toHaveURL(/\/wallet$/);
}

/** Somebody announces a deposit; one operator records what arrived, the other confirms it. */
export async function deposit(
  person: Visitor,
  [first, second]: Operators,
  amount: string,
  reference: string,
): Promise<void> {
  await announce(person, amount, reference);
  await sayYes(first, "deposits", person, amount);
  await act(first, `Record that $${amount} has arrived`);
  await sayYes(second, "deposits", person, amount);
  await act(second, `Add $${amount} to ${person.name}’s balance`);
}

/** Somebody takes money out; one operator pays it, the other confirms that it was paid. */
export async function withdraw(
  person: Visitor,
  [first, second]: Operators,
  amount: string,
): Promise<void> {
  const { page } = person;
  await page.goto("/wallet/withdraw");
  await page.getByLabel("Amount in dollars").fill(amount);
  await page.getByLabel("Account to pay to").fill(`${person.name}, First Bank, 4411`);
  await press(page, "Check what will move");
  await press(page, `Take out $${amount}`);
  await expect(page).toHaveURL(/\/wallet$/);
  await sayYes(first, "withdrawals", person);
  await act(first, `I have paid $${amount}`);
  await sayYes(second, "withdrawals", person);
  await act(second, `Confirm that $${amount} was paid`);
}

/** What the site's clock shows: other tests may have moved it. */
export async function siteTime(operator: Visitor): Promise<Date> {
  await operator.page.goto("/dev/clock");
  return firstTimeOn(operator.page);
}

/** The site's present time for who is no operator: when the newest message was sent. */
export async function timeOfMail(somebody: Visitor): Promise<Date> {
  await somebody.page.goto("/dev/mail");
  return firstTimeOn(somebody.page);
}

async function firstTimeOn(page: Page): Promise<Date> {
  const shown = await page.getByRole("main").textContent();
  const time = /\d{1,2} \w{3} \d{4}, \d{2}:\d{2} UTC/.exec(shown ?? "")?.[0];
  expect(time).toBeDefined();
  return new Date(`${time}`.replace(",", ""));
}

/** A teacher opens a cohort that takes applications now, which is `now` on the site's clock. */
export async function openCohort(
  teacher: Visitor,
  title: string,
  now = new Date(),
  finderStake = "0",
): Promise<string> {
  const { page } = teacher;
  const day = (fromNow: number) =>
    new Date(now.getTime() + fromNow * 86_400_000).toISOString().slice(0, 10);
  await page.goto("/teach/cohorts/new?from=-blank");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Skill that you teach").fill("Robotics");
  await page.getByLabel("Pitch").fill("Twelve weeks to build **one machine**.");
  await page.getByLabel("Places").fill("6");
  await page.getByLabel("Time zone of all these times").selectOption("Europe/Paris");
  await page.getByLabel("Applications open").fill(`${day(-1)}T09:00`);
  await page.getByLabel("Applications close").fill(`${day(10)}T18:00`);
  await page.getByLabel("Applicants hear by").fill(`${day(15)}T18:00`);
  await page.getByLabel("The cohort begins").fill(`${day(20)}T09:00`);
  await page.getByLabel("The cohort ends").fill(`${day(100)}T18:00`);
  await page.getByLabel("Amount in dollars").fill("66,666.67");
  await page.getByLabel("Percent of the token").fill("1");
  await page.getByLabel("Finder’s stake in percent").fill(finderStake);
  await press(page, "Keep as a draft");
  await expect(page).toHaveURL(/\/teach\/cohorts\/[a-z0-9-]+\/setup$/);
  await press(page, "Publish the cohort");
  await says(page, "Your cohort is public.");
  return new URL(page.url()).pathname.split("/").at(-2) ?? "";
}

/** A student answers both questions and submits; an incomplete form loses nothing typed. */
export async function apply({ page }: Visitor, slug: string): Promise<void> {
  const [failed, dreamt] = questionsOf(page);
  await page.goto(`/cohorts/${slug}`);
  await page.getByRole("link", { name: /apply/i }).click();
  await failed.fill("A hand of cardboard.");
  await press(page, /draft/i);
  await says(page, "Your draft is saved");
  await press(page, /submit/i);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(failed).toHaveValue("A hand of cardboard.");
  await dreamt.fill("Gripping wet cloth.");
  await press(page, /submit/i);
  await expect(page).toHaveURL(/\/applications\//);
}

const questionsOf = (page: Page) =>
  [
    page.getByLabel("What have you made that did not work?"),
    page.getByLabel("What would you try if money were no matter?"),
  ] as const;

/** The same over a slow line: what is typed stays, while a refusal is on its way and before the page's scripts are there. */
export async function applySlowly({ page }: Visitor, slug: string): Promise<void> {
  const [failed, dreamt] = questionsOf(page);
  let late = 0;
  await page.route(/\.(js|data)(\?|$)/, async (route) => {
    await new Promise((go) => setTimeout(go, late));
    await route.continue();
  });
  await page.goto(`/cohorts/${slug}/apply`);
  await page.waitForLoadState("networkidle");
  late = 700;
  await press(page, /submit/i);
  await failed.fill("A hand");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(failed).toHaveValue("A hand");
  await failed.fill("A hand of");
  await page.waitForLoadState("networkidle");
  await expect(failed).toHaveValue("A hand of");
  await says(page, "Last saved");
  late = 1_500;
  await page.goto(`/cohorts/${slug}/apply`);
  await failed.fill("A hand of cardboard.");
  await press(page, /submit/i);
  await expect(page.getByRole("alert")).toBeVisible();
  await dreamt.fill("Gripping wet cloth.");
  await page.waitForLoadState("networkidle");
  await expect(dreamt).toHaveValue("Gripping wet cloth.");
  await page.unroute(/\.(js|data)(\?|$)/);
  await press(page, /submit/i);
  await expect(page).toHaveURL(/\/applications\//);
}

/** On an application's page: decides to admit, releases all that is pending, and comes back to the page. */
export async function admitOnly(page: Page): Promise<void> {
  const { pathname } = new URL(page.url());
  await page.getByLabel("Admit", { exact: true }).check();
  await press(page, "Keep this decision");
  await says(page, "Nobody is told until you release it.");
  await page.getByRole("link", { name: "release all decisions" }).click();
  await press(page, "Tell 1 applicant now");
  // The page may tell of an earlier release until this one has begun.
  await says(page, "The decisions are going out.");
  await willSay(page, new URL(page.url()).pathname, /The last release was done on/);
  await page.goto(pathname);
}

/** The teacher reads, scores and admits, then offers the standard terms. Answers the offer's path. */
export async function admitAndOffer(
  teacher: Visitor,
  student: Visitor,
  slug: string,
): Promise<string> {
  const { page } = teacher;
  await page.goto(`/teach/cohorts/${slug}`);
  await page.getByRole("link", { name: student.name }).click();
  await says(page, "A hand of cardboard.");
  await page.getByLabel(/^5:/).check();
  await press(page, "Hand in this score");
  await says(page, "Your score is kept.");
  await expect(page.getByLabel(/^5:/)).toBeChecked();
  await admitOnly(page);
  await page.getByRole("link", { name: `Make an offer to ${student.name}` }).click();
  await press(page, "See what will move");
  await says(page, "$66,666.67 leaves your balance now and waits in escrow");
  await press(page, /66,666\.67/);
  await expect(page).toHaveURL(/\/offers\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** The student reads, sees the simulator, answers, makes the token and stands before the last button. */
export async function readAndPrepare(student: Visitor, offer: string): Promise<void> {
  const { page } = student;
  await page.goto(offer);
  await says(page, "Tax, before you decide");
  await says(page, /nothing, and you owe nothing/i);
  await press(page, "I have read this");
  await page.getByLabel("Nothing", { exact: true }).check();
  await page.getByLabel(/^All of it/).check();
  await page.getByLabel(/^Possibly on the whole gain/).check();
  await press(page, "Check my answers");
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel("$10,000.00", { exact: true }).check();
  await press(page, "Check my answers");
  await expect(page).toHaveURL(/\/token$/);
  await page.getByLabel("Your full legal name").fill("Somebody Else");
  await press(page, "Sign and make my token");
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel("Your full legal name").fill(student.name);
  await press(page, "Sign and make my token");
  await expect(page).toHaveURL(/\/sign$/);
}

/** The last button: consent, legal name, signature. */
export async function sign(student: Visitor): Promise<void> {
  const { page } = student;
  await page.getByRole("checkbox").check();
  await page.getByLabel("Your full legal name").fill(student.name);
  await press(page, "Sign and reserve 100,000 shares");
}
