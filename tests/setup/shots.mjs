// `npm run shots`: every page of the demo world as pictures, at 390 and 1280, light and dark.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright";
import { build, install, loadTypeScript } from "../../app/server/launch.mjs";
import { CHROMIUM_ARGS, findChromium } from "./find-chromium.mjs";
import { withDemoSite } from "./site.mjs";

const HELP = `npm run shots [-- FOLDER]   pictures of every page, at 390 and 1280 pixels, light and dark (default: test-results/shots)
  Ends with the pages that could not be reached, answered an error, were wider than the window, or logged an error.
`;
const WIDTHS = [1280, 390];
const THEMES = ["light", "dark"];

const nameOf = (number, who, { route, state }) =>
  [String(number).padStart(3, "0"), who.split("@")[0], route, state]
    .filter(Boolean)
    .join(" ")
    .replace(/[^a-z0-9]+/gi, "-")
    .replace(/-$/, "");

async function shoot(folder, name, { page, stop, status, problems }) {
  if (status !== 0 && status !== (stop.status ?? 200)) problems.push(`answered ${status}`);
  await page.waitForLoadState("networkidle");
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      const path = join(folder, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true, animations: "disabled" });
    }
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (beyond > 0) problems.push(`${beyond} pixels wider than a window of ${width}`);
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
}

async function main(folder) {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error("No Chromium was found: npm test installs one.");
  await install();
  await build();
  await loadTypeScript();
  const { walk } = await import("../e2e/walk.ts");
  mkdirSync(folder, { recursive: true });
  let number = 0;
  const found = await withDemoSite(async (baseURL) => {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
    const found = await walk(browser, { baseURL, width: WIDTHS[0] }, async (seen) => {
      number += 1;
      const name = nameOf(number, seen.who, seen.stop);
      process.stdout.write(`${name}\n`);
      await shoot(folder, name, seen);
    });
    await browser.close();
    return found;
  });
  const end = `${number} pages, ${number * WIDTHS.length * THEMES.length} pictures in ${folder}`;
  process.stdout.write(`${[...found, end].join("\n")}\n`);
  process.exitCode = found.length > 0 ? 1 : 0;
}

if (process.argv.includes("--help")) process.stdout.write(HELP);
else await main(resolve(process.argv[2] ?? "test-results/shots"));
