import { expect, type Locator, type Page } from "@playwright/test";

const MOST_TABS = 120;

/** Whatever has the focus shows it, and stands on the screen. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement;
    // Past the last of the page it is the browser's own turn, then the first one's.
    if (!focused || focused === document.body) return "";
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const { top, bottom, width, height } = focused.getBoundingClientRect();
    const what = `${focused.tagName} ${focused.textContent?.slice(0, 40)}`;
    if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2)
      return `${what}: no outline`;
    if (width < 1 || height < 1 || bottom < 0 || top > window.innerHeight)
      return `${what}: not on the screen`;
    return "";
  });
  expect(seen).toBe("");
}

/** Whether the target is what the keyboard speaks to. */
export const hasFocus = (target: Locator) =>
  target.evaluate((element) => element === document.activeElement);

/** Presses Tab until the target has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press("Tab");
    await expectVisibleFocus(page);
    if (await hasFocus(target)) return;
  }
  throw new Error(`${target} is not reached by Tab`);
}

/** Tabs to the target and presses Enter. */
export async function follow(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Tabs to the field of that label and types. */
export async function type(page: Page, label: string | RegExp, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: typeof label === "string" }));
  await page.keyboard.type(text);
}
