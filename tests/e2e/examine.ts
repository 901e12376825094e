import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { Seen } from "./walk";

const WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];
const LANDMARKS = ["landmark-one-main", "landmark-unique", "page-has-heading-one", "region"];
export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

/**
 * What axe finds wrong with the page as it stands: rule, then where. There are no frames, so that the legacy mode sees all and
 * needs no second page; and what is right is not listed, which takes long on a long page.
 */
async function violations(page: Page, options: object): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ ...options, resultTypes: ["violations"] })
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} at ${node.target}`));
}

async function tooWide(page: Page): Promise<string[]> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return beyond > 0
    ? [`${beyond} pixels wider than a window of ${page.viewportSize()?.width}`]
    : [];
}

const address = (route: string): RegExp =>
  new RegExp(`^/${route.replace(/^\/|\*$/g, "").replace(/:\w+/g, "[^/]+")}`);

/**
 * Adds to a stop's problems what is wrong with the page: another answer or address than was said, not one first heading and
 * one of each landmark, wider than the window, anything that axe finds (wide in light, narrow in dark).
 */
export async function examine({ stop, page, status, problems }: Seen): Promise<void> {
  const { pathname } = new URL(page.url());
  if (status !== 0 && status !== (stop.status ?? 200)) problems.push(`answered ${status}`);
  if (!address(stop.route).test(pathname)) problems.push(`leads to ${pathname}`);
  const ofServer = stop.route === "";
  const landmarks = { banner: 1, main: 1, contentinfo: ofServer ? 0 : 1 } as const;
  for (const [role, count] of Object.entries(landmarks))
    if ((await page.getByRole(role as "main").count()) !== count) problems.push(`not one ${role}`);
  const headings = await page.getByRole("heading", { level: 1 }).count();
  if (headings !== 1) problems.push(`${headings} first headings`);
  await page.emulateMedia({ colorScheme: "light" });
  const rules = Object.fromEntries(LANDMARKS.map((rule) => [rule, { enabled: true }]));
  problems.push(...(await violations(page, { runOnly: WCAG, rules })));
  problems.push(...(await tooWide(page)));
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: "dark" });
  problems.push(...(await violations(page, { runOnly: WCAG })));
  problems.push(...(await tooWide(page)));
  await page.setViewportSize(WIDE);
}
