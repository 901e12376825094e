import { PASSWORD } from "./people";
import { admitOnly, press, says } from "./steps";
import {
  type Chapter,
  here,
  link,
  mail,
  NEW_ADDRESS,
  OPEN,
  pressing,
  type Stop,
  TALENT,
  TOUCH,
} from "./stops";
import { ALICE, LUKAS, NOOR } from "./tour-students";

const VISITOR: Stop[] = [
  here("/"),
  here("/cohorts"),
  here("/cohorts?q=machines&cap=none&from=2020-01-01", "narrowed"),
  here("/cohorts?q=nothing-of-that-name", "nothing found"),
  here("/cohorts/compare?c=machines-that-braid&c=machines-that-touch"),
  here("/cohorts/compare?c=no-such-cohort", "asked wrongly"),
  { route: "cohorts/:slug", go: OPEN },
  { route: "cohorts/:slug", go: TOUCH, state: "past" },
  here("/teachers"),
  here("/teachers?q=robotics&years=2&sort=median", "narrowed"),
  here("/teachers?q=nobody-of-that-name", "nothing found"),
  here("/compare?t=maya&t=elena&t=amara&t=lukas"),
  here("/compare?t=maya&t=maya&t=nobody-of-that-name", "asked wrongly"),
  here("/compare", "nobody chosen"),
  { route: "teachers/:handle", go: "/teachers/maya" },
  { route: "teachers/:handle/lines", go: "/teachers/maya/lines?of=dpi" },
  { route: "teachers/:handle/lines", go: "/teachers/maya/lines?of=median", state: "positions" },
  { route: "people/:handle", go: "/people/alice" },
  { route: "people/:handle", go: "/people/noor", state: "without a token" },
  { route: "scouts/:handle", go: "/scouts/yuki" },
  { route: "scouts/:handle", go: "/scouts/marek", state: "ten scored" },
  here("/rules"),
  here("/method"),
  here("/log"),
  here("/api"),
  { route: "log/entry/:index", go: "/log/entry/0" },
  {
    route: "log/entry/:index",
    state: "no entry",
    async go(page) {
      const checkpoint = await (await page.request.get("/log/checkpoint")).text();
      await page.goto(`/log/entry/${Number(checkpoint.split("\n")[1]) - 1}`);
    },
  },
  here("/search?q=ma"),
  here("/search?q=nobody-of-that-name", "nothing found"),
  here("/search", "nothing asked"),
  { route: "*", go: "/nothing/here", status: 404 },
  { route: "", go: "/%00", state: "unreadable address", status: 400 },
  here("/sign-up"),
  { route: "sign-up", ...pressing("Open my account", "e-mail"), state: "errors", refused: true },
  here("/sign-in"),
  {
    route: "sign-in/code",
    async go(page) {
      await page.getByLabel("E-mail address").fill("otto@belay.test");
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
      await page.getByLabel("Code", { exact: true }).waitFor();
    },
  },
  here("/forgot-password"),
  {
    route: "forgot-password",
    state: "sent",
    async go(page) {
      await page.getByLabel("E-mail address").fill("pavel@belay.test");
      await page.getByRole("main").getByRole("button").click();
      await says(page, /on its way|mail/i);
    },
  },
  { route: "reset-password", ...mail("pavel@belay.test", "/reset-password") },
  here("/reset-password", "no link"),
  here("/verify-email"),
  here("/dev/mail"),
  { route: "dev/mail", ...link("/dev/mail?message="), state: "message" },
  here("/dev/codes"),
  here("/dev/kit"),
];

const VISITOR_WITH_MAIL: Stop[] = [
  { route: "referral", ...mail(TALENT, "/referral") },
  { route: "unsubscribe", ...mail("noor@belay.test", "/unsubscribe") },
];

const TOMAS_ASKS: Stop[] = [
  {
    route: "invest/verification",
    state: "asked",
    async go(page) {
      await page.goto("/invest/verification");
      await page.getByLabel(/^Net worth/).check();
      await page.getByLabel("What shows it").fill("Statements of two banks, of last month.");
      await press(page, "Ask to be verified");
      await says(page, "waits for an operator");
    },
  },
];

const MAYA: Stop[] = [
  {
    route: "wallet/withdraw",
    state: "preview",
    async go(page) {
      await page.goto("/wallet/withdraw");
      await page.getByLabel("Amount in dollars").fill("100.00");
      await page.getByLabel("Account to pay to").fill("Maya Lindqvist, First Bank, 4411");
      await press(page, "Check what will move");
      await page.getByRole("button", { name: "Take out $100.00" }).waitFor();
    },
  },
  {
    route: "wallet",
    state: "withdrawal asked",
    async go(page) {
      await press(page, "Take out $100.00");
      await page.getByRole("heading", { level: 1, name: "Wallet" }).waitFor();
    },
  },
  here("/home"),
  here("/teach"),
  { route: "teach/cohorts/:slug", go: `/teach${OPEN}` },
  { route: "teach/cohorts/:slug/setup", go: `/teach${OPEN}/setup` },
  {
    route: "teach/cohorts/:slug/setup",
    ...pressing("Save these changes", "The cohort is changed."),
    state: "saved",
  },
  { route: "teach/cohorts/:slug/questions", go: `/teach${OPEN}/questions` },
  { route: "teach/cohorts/:slug/questions", go: `/teach${OPEN}/questions?add=one`, state: "add" },
  {
    route: "teach/cohorts/:slug/questions",
    ...pressing("Add this question", "Write the question."),
    state: "errors",
    refused: true,
  },
  {
    route: "teach/cohorts/:slug/questions",
    state: "not in force",
    async go(page) {
      await page.getByLabel("Question").fill("How much time have you?");
      await page.getByLabel("Choices").fill("Little\nMuch");
      await press(page, "Add this question");
      await says(page, "These changes are not in force yet.");
    },
  },
  { route: "teach/cohorts/:slug/rubric", go: `/teach${OPEN}/rubric` },
  { route: "teach/cohorts/:slug/rubric", go: `/teach${OPEN}/rubric?add`, state: "add" },
  { route: "teach/cohorts/:slug/preview", go: `/teach${OPEN}/preview` },
  { route: "teach/cohorts/:slug/late", go: `/teach${OPEN}/late` },
  {
    route: "teach/cohorts/:slug/late",
    ...pressing("Make the code", "Write for whom it is."),
    state: "errors",
    refused: true,
  },
  { route: "teach/cohorts/:slug/cancel", go: `/teach${OPEN}/cancel` },
  { route: "teach/cohorts/:slug/people/import", go: `/teach${OPEN}/people/import` },
  {
    route: "teach/cohorts/:slug/people/import",
    state: "lines to change",
    refused: true,
    async go(page) {
      await page.getByLabel("Or paste the lines here").fill("email\nno address");
      await press(page, "Check the lines");
      await says(page, "Nobody is asked yet");
    },
  },
  { route: "teach/cohorts/:slug/people", go: `/teach${OPEN}/people` },
  {
    route: "teach/cohorts/:slug/people",
    state: "invited",
    async go(page) {
      await page.getByLabel("Their e-mail address").fill("tomas@belay.test");
      await press(page, "Send the invitation");
      await says(page, "tomas@belay.test, asked on");
    },
  },
  {
    route: "teach/cohorts/:slug/people",
    ...link(`/teach${OPEN}/people?partner=`),
    state: "partner",
  },
  { route: "teach/cohorts/:slug", go: `/teach${OPEN}?sort=score&tag=none`, state: "narrowed" },
  { route: "teach/cohorts/:slug/review", go: `/teach${OPEN}/review` },
  here("/hypotheses", "teacher"),
  { route: "hypotheses/:id", ...link("/hypotheses/"), state: "due" },
  {
    route: "hypotheses/:id",
    ...pressing("Record this for good", "Write what shows it."),
    state: "errors",
    refused: true,
  },
  {
    route: "hypotheses",
    state: "scored",
    async go(page) {
      await page.getByLabel("It did not come true").check();
      await page.getByLabel("What shows it").fill("She has stopped, and told me so.");
      await press(page, "Record this for good");
      await says(page, "Recorded.");
    },
  },
  { route: "teach/cohorts/:slug/decisions", go: `/teach${OPEN}/decisions` },
  {
    route: "teach/cohorts/:slug/decisions",
    ...pressing("Keep this decision", "Choose at least one application."),
    state: "nobody chosen",
    refused: true,
  },
  { route: "teach/cohorts/:slug/waitlist", go: `/teach${OPEN}/waitlist`, state: "nobody" },
  { route: "teach/cohorts/:slug/release", go: `/teach${OPEN}/release`, state: "nothing pending" },
  here("/teach/cohorts/new"),
  here("/teach/cohorts/new?from=-studio", "from a template"),
  { route: "cohorts/:slug/space", go: `${OPEN}/space`, state: "teacher" },
  { route: "cohorts/:slug/space/announce", go: `${OPEN}/space/announce` },
  {
    route: "cohorts/:slug/space",
    state: "announced",
    async go(page) {
      await page.getByLabel("Title").fill("The first lab");
      await page.getByLabel("What you want to say").fill("Bring **rope**.");
      await press(page, "Tell everybody in the cohort");
      await says(page, "The first lab");
    },
  },
  { route: "cohorts/:slug/space/hours", go: `${OPEN}/space/hours` },
  {
    route: "cohorts/:slug/space/students/:handle",
    go: `${OPEN}/space/students/noor`,
    state: "teacher",
  },
  {
    route: "cohorts/:slug/space/updates/:id",
    ...link(`${OPEN}/space/updates/`),
    state: "teacher",
  },
  here("/offers"),
  { route: "offers/:id", ...link("/offers/"), state: "teacher" },
];

const INES: Stop[] = [
  here("/desk"),
  { route: "desk/verifications/:id", ...link("/desk/verifications/") },
  {
    route: "desk",
    state: "decided",
    async go(page) {
      await page.getByLabel(/^Yes/).check();
      await page.getByLabel("Reason").fill("Both statements seen: over $1 million.");
      await press(page, /^Decide and tell/);
      await page.getByRole("heading", { level: 1, name: "Desk" }).waitFor();
    },
  },
  { route: "desk/deposits/:id", ...link("/desk/deposits/") },
  {
    route: "desk/deposits/:id",
    state: "preview",
    async go(page) {
      await page.getByLabel(/^Yes/).check();
      await page.getByLabel("What has arrived, in dollars").fill("1,000.00");
      await press(page, "Check this decision");
      await page.getByRole("heading", { name: "Check what will move" }).waitFor();
    },
  },
  {
    route: "desk/withdrawals/:id",
    async go(page) {
      await page.goto("/desk");
      await link("/desk/withdrawals/").go(page);
    },
  },
  {
    route: "desk/gains/:id",
    async go(page) {
      await page.goto("/desk");
      await link("/desk/gains/").go(page);
    },
  },
  here("/desk/audit"),
  here("/desk/openings"),
  {
    route: "desk/openings",
    state: "errors",
    refused: true,
    async go(page) {
      await page.getByLabel("The entry’s id in the log").fill("none");
      await press(page, "Check what will happen");
      await page.getByRole("alert").waitFor();
    },
  },
  {
    route: "desk/openings",
    state: "preview",
    async go(page) {
      const entry = await page.request.get("/log/open/0");
      const { body } = (await entry.json()) as { body: string };
      const { id } = JSON.parse(Buffer.from(body, "base64").toString()) as { id: string };
      await page.getByLabel("The entry’s id in the log").fill(id);
      await page.getByLabel("Why must it not be read?").fill("An order of a court.");
      await press(page, "Check what will happen");
      await page.getByRole("button", { name: "Ask for it to be taken away" }).waitFor();
    },
  },
  {
    route: "desk/openings",
    state: "asked",
    ...pressing("Ask for it to be taken away", "waits for another operator"),
  },
  {
    route: "desk/openings",
    state: "taken back",
    ...pressing("Take my request back", "No opening was ever taken away"),
  },
  here("/dev/clock"),
  here("/home"),
];

const TOMAS_JOINS: Stop[] = [
  { route: "teach/invitation", ...mail("tomas@belay.test", "/teach/invitation") },
  {
    route: "teach/cohorts/:slug",
    state: "joined",
    async go(page) {
      await press(page, "Work on Machines that braid");
      await says(page, "You work on this cohort now.");
    },
  },
];

const MAYA_OFFERS: Stop[] = [
  {
    route: "teach/applications/:id",
    async go(page) {
      await page.goto(`/teach${OPEN}`);
      await page.getByRole("link", { name: "Lukas Steiner" }).click();
      await says(page, "Braids.");
    },
  },
  {
    route: "teach/applications/:id/offer",
    async go(page) {
      await admitOnly(page);
      await page.getByRole("link", { name: "Make an offer to Lukas Steiner" }).click();
      await page.getByRole("button", { name: "See what will move" }).waitFor();
    },
  },
  {
    route: "teach/applications/:id/offer",
    state: "preview",
    async go(page) {
      await page.getByLabel("Amount in dollars", { exact: true }).fill("10,000");
      await page.getByLabel("Percent of the token", { exact: true }).fill("0.5");
      await page.getByLabel("Amount of Tomás Rivera in dollars").fill("10,000");
      await page.getByLabel("Percent of the token for Tomás Rivera").fill("0.5");
      await press(page, "See what will move");
      await page.getByRole("button", { name: /^Offer \$/ }).waitFor();
    },
  },
  {
    route: "offers/:id",
    state: "waits for a part",
    async go(page) {
      await press(page, /^Offer \$/);
      await says(page, "This offer is not out yet");
    },
  },
];

const TOMAS_FUNDS: Stop[] = [
  {
    route: "offers/:id/fund",
    async go(page) {
      await page.goto("/offers");
      await link("/offers/").go(page);
      await page.getByRole("link", { name: "Look at your part" }).click();
      await page.getByRole("button", { name: /into escrow$/ }).waitFor();
    },
  },
];

const YUKI: Stop[] = [
  here("/home"),
  here("/refer"),
  {
    route: "refer",
    state: "sent",
    async go(page) {
      await page.getByLabel("Their name").fill("Tove Toured");
      await page.getByLabel("Their e-mail address").fill(TALENT);
      await page.getByLabel("Your reasons").fill("She rebuilt our lathe and wrote down why.");
      await press(page, "Refer this person");
      await says(page, "Your referral is on its way");
    },
  },
  { route: "refer/:id", ...link("/refer/", ':not([href="/refer/links"])') },
  {
    route: "refer/:id",
    ...pressing("Write it down for good", "Write what you expect."),
    state: "errors",
    refused: true,
  },
  {
    route: "refer/:id",
    state: "said",
    async go(page) {
      const due = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
      await page.getByLabel(/^What Tove Toured will do/).fill("Has woven a rope of glass.");
      await page.getByLabel("How sure you are, in percent").fill("35");
      await page.getByLabel("By which day it shows").fill(due);
      await press(page, "Write it down for good");
      await says(page, "Written down.");
    },
  },
  here("/refer/links"),
  {
    route: "refer/links",
    ...pressing("Make a link", "Your link is made."),
    state: "made",
  },
  {
    route: "r/:code",
    state: "own",
    async go(page) {
      const text = (await page.locator("main").textContent()) ?? "";
      await page.goto(/\/r\/[a-z0-9]{12}/.exec(text)?.[0] ?? "");
    },
  },
  { route: "scouts/:handle", go: "/scouts/yuki", state: "own" },
  {
    route: "account/email",
    state: "asked",
    async go(page) {
      await page.goto("/account/email");
      await page.getByLabel("New e-mail address").fill(NEW_ADDRESS);
      await press(page, "Send a link to this address");
      await says(page, "A link is on its way");
    },
  },
  { route: "account/email/confirm", ...mail(NEW_ADDRESS, "/account/email/confirm") },
];

/** Came by a scout's link, who expects something of him. */
const MIO: Stop[] = [here("/hypotheses"), { route: "hypotheses/:id", ...link("/hypotheses/") }];

/** Every page of the demo world, by who sees it. Needs a world that nobody has touched. */
export const TOUR: Chapter[] = [
  { who: null, stops: VISITOR },
  { who: "noor@belay.test", stops: NOOR },
  { who: "alice@belay.test", stops: ALICE },
  { who: "lukas@belay.test", stops: LUKAS },
  { who: "tomas@belay.test", stops: TOMAS_ASKS },
  { who: "maya@belay.test", stops: MAYA },
  { who: "tomas@belay.test", stops: TOMAS_JOINS },
  { who: "ines@belay.test", stops: INES },
  { who: "maya@belay.test", stops: MAYA_OFFERS },
  { who: "tomas@belay.test", stops: TOMAS_FUNDS },
  { who: "yuki@belay.test", stops: YUKI },
  { who: "mio@belay.test", stops: MIO },
  { who: null, stops: VISITOR_WITH_MAIL },
];
