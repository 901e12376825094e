import { announce, press, STATEMENT, says } from "./steps";
import { here, link, OPEN, pressing, type Stop, TOUCH } from "./stops";

/** Has a place, and an offer to answer. */
export const NOOR: Stop[] = [
  here("/account/second-step"),
  {
    route: "account/second-step",
    ...pressing("Set up a second step", "Code"),
    state: "being set up",
  },
  here("/account"),
  here("/account/password"),
  here("/account/email"),
  here("/account/mail"),
  here("/account/sessions"),
  here("/account/data"),
  here("/home"),
  here("/profile"),
  here("/applications"),
  { route: "applications/:id", ...link("/applications/") },
  { route: "cohorts/:slug/space", go: `${OPEN}/space` },
  { route: "cohorts/:slug/space/updates/:id", ...link(`${OPEN}/space/updates/`) },
  { route: "cohorts/:slug/space/update", go: `${OPEN}/space/update` },
  { route: "cohorts/:slug/space/work", go: `${OPEN}/space/work` },
  here("/wallet"),
  here("/wallet/deposit"),
  here("/wallet/withdraw"),
  here("/referrals"),
  here("/refer"),
  here("/invest/verification"),
  here("/offers"),
  { route: "offers/:id", ...link("/offers/") },
  { route: "offers/:id/decline", ...link("/offers/", '[href$="/decline"]') },
  {
    route: "offers/:id/questions",
    async go(page) {
      await page.goBack();
      await press(page, "I have read this");
      await page.getByRole("button", { name: "Check my answers" }).waitFor();
    },
  },
  {
    route: "offers/:id/questions",
    ...pressing("Check my answers", "Only gains"),
    state: "errors",
    refused: true,
  },
  {
    route: "offers/:id/token",
    async go(page) {
      await page.getByLabel("$15,000.00", { exact: true }).check();
      await page.getByLabel("Nothing", { exact: true }).check();
      await page.getByLabel(/^Possibly on the whole gain/).check();
      await press(page, "Check my answers");
      await page.getByRole("button", { name: "Sign and make my token" }).waitFor();
    },
  },
  {
    route: "offers/:id/sign",
    async go(page) {
      await page.getByLabel("Your full legal name").fill("Noor van Dijk");
      await press(page, "Sign and make my token");
      await page.getByRole("button", { name: /^Sign and reserve/ }).waitFor();
    },
  },
  {
    route: "offers/:id/sign",
    state: "errors",
    refused: true,
    async go(page) {
      await press(page, /^Sign and reserve/);
      await page.getByRole("alert").waitFor();
    },
  },
  {
    route: "offers/:id",
    state: "signed",
    async go(page) {
      await page.getByRole("checkbox").check();
      await page.getByLabel("Your full legal name").fill("Noor van Dijk");
      await press(page, /^Sign and reserve/);
      await says(page, "You have signed");
    },
  },
  { route: "offers/:id/leave", ...link("/offers/", '[href$="/leave"]') },
];

/** Has sold a company, and applies again. */
export const ALICE: Stop[] = [
  here("/home"),
  here("/gains"),
  { route: "gains/:id", ...link("/gains/") },
  here("/gains/new"),
  {
    route: "gains/new",
    state: "preview",
    async go(page) {
      const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
      await page.getByLabel("Company").fill("Grasp Two");
      await page.getByLabel("Closing date").fill(yesterday);
      await page.getByLabel("Proceeds in dollars").fill("100,000");
      await page.getByLabel("Basis in dollars").fill("0");
      await page.getByLabel("Direct costs in dollars").fill("0");
      await page.getByLabel("Document").setInputFiles(STATEMENT);
      await press(page, "See who gets what");
      await page.getByRole("button", { name: /^Declare:/ }).waitFor();
    },
  },
  {
    route: "gains/:id",
    state: "declared",
    async go(page) {
      await press(page, /^Declare:/);
      await page.getByRole("link", { name: /^Check and pay/ }).waitFor();
    },
  },
  {
    route: "gains/:id",
    state: "before paying",
    async go(page) {
      await page.getByRole("link", { name: /^Check and pay/ }).click();
      await page.getByRole("button", { name: /^Pay \$/ }).waitFor();
    },
  },
  { route: "wallet", go: "/wallet" },
  {
    route: "wallet/deposit",
    state: "preview",
    async go(page) {
      await page.goto("/wallet/deposit");
      await page.getByLabel("Amount in dollars").fill("1,000.00");
      await page.getByLabel("Reference of the bank transfer").fill("ALICE-TOUR");
      await press(page, "Check this deposit");
      await page.getByRole("button", { name: "Announce $1,000.00" }).waitFor();
    },
  },
  { route: "cohorts/:slug/space", go: `${TOUCH}/space`, state: "past" },
  {
    route: "cohorts/:slug/space/works/:id",
    ...link(`${TOUCH}/space/works/`),
  },
  {
    route: "cohorts/:slug/space/students/:handle",
    go: `${TOUCH}/space/students/alice`,
  },
  here("/profile/works"),
  {
    route: "profile/works",
    state: "one more",
    async go(page) {
      await page.getByLabel("Title", { exact: true }).fill("A hand of cardboard");
      await press(page, "Add the work");
      await says(page, "The work is in your collection");
    },
  },
  { route: "profile/works/:id", ...link("/profile/works/") },
  here("/saved", "nothing saved"),
  {
    route: "cohorts/:slug",
    state: "saved",
    async go(page) {
      await page.goto(OPEN);
      await press(page, "Save this cohort");
      await says(page, "The cohort is saved");
    },
  },
  here("/saved"),
  { route: "saved", ...pressing("Make the address", "not shown again"), state: "calendar" },
  { route: "cohorts/:slug/late", go: `${OPEN}/late` },
  { route: "cohorts/:slug/apply", go: `${OPEN}/apply` },
  {
    route: "cohorts/:slug/apply",
    ...pressing(/submit/i, "missing, or not as the question asks"),
    state: "errors",
    refused: true,
  },
  {
    route: "applications/:id",
    state: "submitted",
    async go(page) {
      for (const answer of await page.locator("main textarea").all()) await answer.fill("Braids.");
      await press(page, /submit/i);
      await page.waitForURL("**/applications/*");
      await announce({ page } as Parameters<typeof announce>[0], "1,000.00", "ALICE-TOUR");
      await page.goto("/applications");
      await link("/applications/").go(page);
    },
  },
];

/** Of whom Maya holds no shares: she may read it. */
export const LUKAS: Stop[] = [
  {
    route: "applications/:id",
    state: "just submitted",
    async go(page) {
      await page.goto(`${OPEN}/apply`);
      for (const answer of await page.locator("main textarea").all()) await answer.fill("Braids.");
      await press(page, /submit/i);
      await page.waitForURL("**/applications/*");
    },
  },
];
