// `npm run shots`: every page of the demo world as pictures, at 390 and 1280, light and dark.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright";
import { CHROMIUM_ARGS, findChromium } from "./find-chromium.mjs";
import { withDemoSite } from "./site.mjs";

const HELP = `npm run shots [-- FOLDER]   pictures of every page, at 390 and 1280 pixels, light and dark (default: test-results/shots)
  Ends with the pages that answered an error, were wider than the window, or logged an error.
`;
const WIDTHS = [390, 1280];
const THEMES = ["light", "dark"];
const PASSWORD = "a rope of eight strands";

/** Pages by who looks at them; a link's beginning stands for the first page on the one before it that has it. */
const PAGES = {
  visitor: [
    "/",
    "/cohorts",
    "/cohorts/machines-that-braid",
    "/teachers",
    "/teachers/maya",
    "/people/alice",
    "/people/noor",
    "/sign-up",
    "/sign-in",
    "/forgot-password",
    "/verify-email",
    "/rules",
    "/search?q=ma",
    "/nothing-here",
    "/search?q=nobody-here",
    "/dev/mail",
    "/dev/kit",
  ],
  "noor@belay.test": [
    "/home",
    "/profile",
    "/account",
    "/applications",
    "→/applications/",
    "/offers",
    "→/offers/",
    "/wallet",
    "/wallet/deposit",
    "/wallet/withdraw",
  ],
  "alice@belay.test": [
    "/home",
    "/gains",
    "→/gains/",
    "/gains/new",
    "/wallet",
    "/cohorts/machines-that-braid/apply",
  ],
  "maya@belay.test": [
    "/home",
    "/teach",
    "→/teach/cohorts/",
    "→/teach/applications/",
    "/teach/cohorts/new",
    "/invest/verification",
    "/offers",
    "→/offers/",
    "/wallet",
  ],
};

async function signIn(page, base, email) {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

async function shoot(page, base, folder, look, who, findings) {
  let errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  for (const path of PAGES[who]) {
    errors = [];
    const beginning = path.startsWith("→") ? path.slice(1) : null;
    const href = beginning
      ? await page
          .locator(`main a[href^="${beginning}"]`)
          .first()
          .getAttribute("href")
          .catch(() => null)
      : path;
    if (!href) {
      findings.push(`${who} ${path}: no such link on ${page.url()}`);
      continue;
    }
    const answer = await page.goto(base + href);
    const name = `${who.split("@")[0]}-${(beginning ? `${beginning}one` : href).replace(/[^a-z0-9]+/gi, "_").replace(/^_|_$/g, "") || "front"}-${look}.png`;
    await page.screenshot({ path: join(folder, name), fullPage: true });
    const width = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    const status = answer?.status() ?? 0;
    const missing = href === "/nothing-here";
    if (status >= 400 && !missing) findings.push(`${name}: answered ${status}`);
    if (width > 0) findings.push(`${name}: ${width} pixels too wide`);
    if (errors.length > 0 && !missing) findings.push(`${name}: ${errors[0]}`);
  }
}

async function main(folder) {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error("No Chromium was found: npm test installs one.");
  mkdirSync(folder, { recursive: true });
  const findings = [];
  await withDemoSite(async (base) => {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
    for (const who of Object.keys(PAGES)) {
      const first = await browser.newContext();
      if (who !== "visitor") await signIn(await first.newPage(), base, who);
      const storageState = await first.storageState();
      for (const width of WIDTHS) {
        for (const theme of THEMES) {
          const context = await browser.newContext({
            storageState,
            viewport: { width, height: 900 },
            colorScheme: theme,
          });
          process.stdout.write(`${who}, ${width} wide, ${theme}\n`);
          await shoot(await context.newPage(), base, folder, `${width}-${theme}`, who, findings);
          await context.close();
        }
      }
    }
    await browser.close();
  });
  process.stdout.write(
    findings.length > 0
      ? `${findings.join("\n")}\n`
      : `Nothing amiss. The pictures are in ${folder}\n`,
  );
  process.exitCode = findings.length > 0 ? 1 : 0;
}

if (process.argv.includes("--help")) process.stdout.write(HELP);
else await main(resolve(process.argv[2] ?? "test-results/shots"));
