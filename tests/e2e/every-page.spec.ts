import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { startDemoSite } from "../setup/site.mjs";
import { examine, PHONE, WIDE } from "./examine";
import { TOUR } from "./tour";
import { beginWalk, type Walk } from "./walk";

const root = fileURLToPath(new URL("../..", import.meta.url));

const MOST_A_CHAPTER_MS = 60_000;
const MOST_A_STOP_MS = 20_000;

let site: { base: string; stop(): Promise<void> };
test.beforeAll(async () => {
  test.setTimeout(600_000);
  site = await startDemoSite({ quiet: true });
});
test.afterAll(() => site?.stop());

type Route = { path?: string; file: string; children?: Route[] };
/** Every route that shows a page, which is its module's default export; files and buttons' targets have none. */
function listRoutes(): string[] {
  const program = "node_modules/@remix-run/dev/dist/cli.js";
  const printed = execFileSync("node", [program, "routes", "--json"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [shell] = JSON.parse(printed) as Route[];
  const shows = ({ file }: Route) =>
    readFileSync(`${root}/app/${file}`, "utf8").includes("export default");
  return (shell?.children ?? [])
    .filter(shows)
    .map(({ path }) => path ?? "/")
    .sort();
}

test("the tour leads to every route that there is", () => {
  const toured = TOUR.flatMap(({ stops }) => stops.map(({ route }) => route)).filter(Boolean);
  expect([...new Set(toured)].sort(), "tests/e2e/tour.ts beside `remix routes`").toEqual(
    listRoutes(),
  );
});

test.describe
  .serial("every page in light and dark, wide and narrow: nothing for axe, no error, nothing refused by the policy", () => {
    let way: Walk;
    test.beforeAll(({ browser }) => {
      way = beginWalk(browser, { baseURL: site.base, width: WIDE.width }, examine);
    });
    test.afterAll(() => way?.end());

    TOUR.forEach((chapter, i) => {
      const { who, stops } = chapter;
      test(`chapter ${i + 1}: ${who ?? "visitor"}, ${stops.length} stops`, async () => {
        test.setTimeout(MOST_A_CHAPTER_MS + stops.length * MOST_A_STOP_MS);
        expect(await way.go(chapter)).toEqual([]);
      });
    });
  });

/** What visitors open. */
const PUBLIC = [
  "/",
  "/cohorts",
  "/cohorts/machines-that-braid",
  "/teachers",
  "/teachers/maya",
  "/people/alice",
  "/scouts/yuki",
  "/rules",
  "/search?q=ma",
  "/sign-in",
  "/sign-up",
  "/nothing/here",
];
const FONTS_LATE_MS = 800;
const MOST_SHIFT = 0.02;
/** What the Web Vitals call good: where the fonts come late, a line may break at another word. */
const MOST_SHIFT_OF_FONTS = 0.1;
type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };

async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[])
        if (!entry.hadRecentInput) seen.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift);
}

/**
 * How far things move (Layout Instability API) while the page loads into an empty cache, before the fonts have come and
 * because of them.
 */
async function loadSlowly(browser: Browser, viewport: typeof PHONE, path: string) {
  const context = await browser.newContext({ baseURL: site.base, viewport });
  const page = await context.newPage();
  const shiftSoFar = await watchShifts(page);
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  let fonts = 0;
  await page.route("**/*.woff2", async (route) => {
    fonts += 1;
    await released;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "domcontentloaded" });
  await page.waitForTimeout(FONTS_LATE_MS);
  const before = await shiftSoFar();
  release();
  await page.waitForLoadState("networkidle");
  const arrived = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter(({ status }) => status === "loaded").length;
  });
  // What the last fonts moved is told with the frame after.
  await page.waitForTimeout(200);
  const ofFonts = (await shiftSoFar()) - before;
  await context.close();
  return { before, ofFonts, fonts: Math.min(fonts, arrived) };
}

test("nothing moves on public pages while they load, and little when fonts come late", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const moved: string[] = [];
  const look = async (path: string, viewport: typeof PHONE) => {
    const { before, ofFonts, fonts } = await loadSlowly(browser, viewport, path);
    expect(fonts, path).toBeGreaterThan(0);
    if (before > MOST_SHIFT || ofFonts > MOST_SHIFT_OF_FONTS)
      moved.push(`${path} at ${viewport.width}: ${before.toFixed(4)}, fonts ${ofFonts.toFixed(4)}`);
  };
  // Most of the time is spent waiting.
  for (const path of PUBLIC) await Promise.all([look(path, PHONE), look(path, WIDE)]);
  expect(moved).toEqual([]);
});
